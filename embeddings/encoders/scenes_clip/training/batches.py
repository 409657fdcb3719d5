"""Training batches: pictures, captions and what is true of what, drawn as they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from embeddings.encoders.scenes_clip.digits import all_digits, training_rows
from embeddings.encoders.scenes_clip.model import image_side, tokenizer
from embeddings.encoders.scenes_clip.training.pictures import Pixels, digit_picture, picture
from embeddings.scenes.captions import say
from embeddings.scenes.sampling import edit, near_miss, part_of, random_colour, random_scene, spoken, turned
from embeddings.scenes.scene import Codes, Scene, Thing, codes, truth
from embeddings.scenes.things import COLOURS, DIGITS, SHAPES, shows_on

_DIGITS, _EDITS, _TWINS, _FREE = 10, 22, 24, 26
BATCH = _DIGITS + 2 * _EDITS + 2 * _TWINS + _FREE

_UNTIL_HARD = 900
_BESIDE = ("left of", "right of", "above", "below")


class Batch(NamedTuple):
    """What one step learns from.

    Attributes:
        pixels: B pictures, (B, side, side, 3).
        ids: token ids of T captions.
        claims: what the captions say, as numbers, (T, 13).
        shown: what the pictures show, as numbers, (B, 13).
        truth: whether caption t is true of picture b: 2 true, 1 unclear, 0 false, (T, B).
        same: whether two pictures show the same, (B, B).
        edits: picture, edited picture, caption to take away, caption to add; (K, 4).
    """

    pixels: Pixels
    ids: list[list[int]]
    claims: Codes
    shown: Codes
    truth: NDArray[np.int8]
    same: NDArray[np.bool_]
    edits: NDArray[np.int64]


class Batches(IterableDataset[Batch]):  # type: ignore[misc]
    """An endless row of batches, the same for the same seed and number of workers."""

    def __init__(self, seed: int, *, easy: float = 0.0) -> None:
        super().__init__()
        self._seed = seed
        self._easy = easy

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        rng = Random(self._seed * 1000 + (worker.id if worker else 0))
        for number in count():
            yield batch(rng, max(self._easy - number / _UNTIL_HARD, 0.0))


def loader(seed: int, *, easy: float = 0.0) -> Iterator[Batch]:
    """Batches made by another process while the model learns; at first a share of them shows easy scenes."""
    made = Batches(seed, easy=easy)
    return iter(DataLoader(made, batch_size=None, num_workers=1, prefetch_factor=6, collate_fn=_as_it_is))


def _as_it_is(made: Batch) -> Batch:
    return made


def batch(rng: Random, easy: float = 0.0) -> Batch:
    """One batch of `BATCH` pictures, a share of them easy."""
    edits = [(scene, edit(scene, rng)) for scene in (_scene(rng, easy) for _ in range(_EDITS))]
    scenes = [scene for before, after in edits for scene in (before, after.scene)]
    scenes += [scene for _ in range(_TWINS) for scene in _twins(rng, easy)]
    scenes += [_scene(rng, easy) for _ in range(_FREE)]
    pixels = [picture(scene, image_side(), rng) for scene in scenes]
    for row in rng.choices(training_rows().tolist(), k=_DIGITS):
        scenes.append(Scene(digit=DIGITS[all_digits().labels[row]]))
        pixels.append(digit_picture(all_digits().strokes[row], image_side(), rng))
    claims = [claim for scene in scenes for claim in _claims(scene, rng)]
    first = len(claims)
    claims += [claim for _, after in edits for claim in (after.minus, after.plus)]
    shown = codes(scenes)
    ids = [encoding.ids for encoding in tokenizer().encode_batch_fast([_worded(claim, rng) for claim in claims])]
    pairs = [(2 * k, 2 * k + 1, first + 2 * k, first + 2 * k + 1) for k in range(_EDITS)]
    same = (shown[:, None] == shown[None]).all(-1)
    said = codes(claims)
    return Batch(np.stack(pixels), ids, said, shown, truth(said, shown), same, np.array(pairs))


def _scene(rng: Random, easy: float) -> Scene:
    return _easy_scene(rng) if rng.random() < easy else random_scene(rng)


def _easy_scene(rng: Random) -> Scene:
    """One large, plain thing on a plain background."""
    background = rng.choice(("white", "white", "black", "grey", *COLOURS))
    thing = Thing(rng.choice(SHAPES), random_colour(rng, background), rng.choice(("large", "large", "medium")), "plain")
    return Scene(thing, count=1, background=background)


def _easy_pair(rng: Random) -> Scene:
    """Two plain things of different colours and shapes beside each other, or one above the other."""
    scene = _easy_scene(rng)
    shapes = rng.sample(SHAPES, 2)
    colours = rng.sample([colour for colour in COLOURS if shows_on(colour, scene.background)], 2)
    one, other = (Thing(shape, colour, "", "plain") for shape, colour in zip(shapes, colours, strict=True))
    return Scene(one, other, rng.choice(_BESIDE), 1, background=scene.background)


def _twins(rng: Random, easy: float) -> tuple[Scene, Scene]:
    """Two pairs of things that differ only in what belongs to what, or in where it stands."""
    scene = _easy_pair(rng) if rng.random() < easy else random_scene(rng)
    while not scene.other.shape:
        scene = random_scene(rng)
    one, other = scene.thing, scene.other
    if rng.random() < 0.5 or scene.relation in ("inside", "around"):
        swapped = (one._replace(colour=other.colour), other._replace(colour=one.colour))
        return scene, scene._replace(thing=swapped[0], other=swapped[1])
    return scene, turned(scene)._replace(relation=scene.relation)


def _claims(scene: Scene, rng: Random) -> list[Scene]:
    full = spoken(scene)
    claims = [turned(full) if full.other.shape and rng.random() < 0.3 else full, part_of(scene, rng)]
    if rng.random() < 0.4:
        claims.append(part_of(scene, rng))
    if scene.other.shape or rng.random() < 0.5:
        claims.append(near_miss(scene, rng))
    return claims


def _worded(claim: Scene, rng: Random) -> str:
    words = say(claim, rng).split()
    if rng.random() < 0.05:
        words.insert(rng.randint(0, len(words)), "\N{REPLACEMENT CHARACTER}x")
    return " ".join(words)
