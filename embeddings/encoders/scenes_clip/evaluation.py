"""How well Scenes CLIP does what it promises: `python -m embeddings.encoders.scenes_clip.evaluation`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from PIL import Image

from embeddings.encoders.scenes_clip.digits import all_digits, held_out
from embeddings.encoders.scenes_clip.encoder import ScenesClip
from embeddings.encoders.scenes_clip.plain_style import plain_shape, plain_sheet
from embeddings.scenes import Scene, Thing, draw, png, random_scene, say, spoken
from embeddings.scenes.sampling import random_background, turned
from embeddings.scenes.things import COUNTS, DIGITS, INVERSE, POSITIONS, RELATIONS, TEXTURES, shows_on

SHAPES = ("circle", "square", "triangle", "star", "diamond", "ring")
COLOURS = ("red", "green", "blue", "yellow", "orange", "purple", "black", "white")
CLASSES = tuple((colour, shape) for colour in COLOURS for shape in SHAPES)
# Backgrounds that all eight colours show on.
PAPERS = ("grey", "pink", "brown")
_SEED = 7_000_003

Drawn = Callable[[str, str, Random], bytes]


class Figure(NamedTuple):
    """One measured share, 0 to 1, of `of` trials."""

    name: str
    share: float
    of: int


def scene_style(colour: str, shape: str, rng: Random) -> bytes:
    """One thing anywhere, of any size, on any background, drawn by the project's Pillow code."""
    background = random_background(rng)
    while not shows_on(colour, background):
        background = random_background(rng)
    return one_paper(colour, shape, rng, background=background)


def one_paper(colour: str, shape: str, rng: Random, *, background: str) -> bytes:
    """As `scene_style`, on a background of our choice."""
    return png(draw(Scene(Thing(shape, colour, "", "plain"), count=1, background=background), rng))


def plain_style(colour: str, shape: str, rng: Random) -> bytes:
    """One thing in pure colours without smooth edges, off the centre, 100 to 400 pixels a side."""
    size = rng.choice((100, 224, 400))
    sheet = plain_sheet(size, rng.choice([paper for paper in ("white", "grey", "black") if paper != colour]))
    half = size * rng.uniform(0.1, 0.4)
    x, y = (rng.uniform(half, size - half) for _ in range(2))
    plain_shape(sheet, shape, colour, (x, y, half))
    return png(sheet)


def zero_shot(encoder: ScenesClip, style: Drawn, name: str, *, each: int = 10) -> Figure:
    """Pictures of 48 colours and shapes, told by the nearest of 48 captions."""
    rng = Random(_SEED)
    pictures = [style(*pair, rng) for pair in CLASSES for _ in range(each)]
    captions = encoder.encode([f"a {colour} {shape}" for colour, shape in CLASSES])
    told = (encoder.encode(pictures) @ captions.T).argmax(1)
    return Figure(name, float((told == np.repeat(np.arange(len(CLASSES)), each)).mean()), len(pictures))


def distinct_scenes(count: int, seed: int) -> list[Scene]:
    """Random scenes with distinct captions, as the ready collection has them."""
    rng = Random(seed)
    found: dict[str, Scene] = {}
    while len(found) < count:
        scene = random_scene(rng)
        found.setdefault(say(spoken(scene)), scene)
    return list(found.values())


def retrieval(encoder: ScenesClip, *, rounds: int = 3) -> list[Figure]:
    """Recall among 200 scenes with distinct captions, from caption to picture (at 1 and 5) and back (at 1)."""
    ranks, back = [], []
    for turn in range(rounds):
        scenes = distinct_scenes(200, _SEED + turn)
        rng = Random(_SEED + turn)
        captions = encoder.encode([say(spoken(scene)) for scene in scenes])
        near = captions @ encoder.encode([png(draw(scene, rng)) for scene in scenes]).T
        ranks.append((near > np.diag(near)[:, None]).sum(1))
        back.append((near > np.diag(near)[None]).sum(0))
    places, returned = np.concatenate(ranks), np.concatenate(back)
    return [
        Figure("caption → picture among 200, recall@1", float((places < 1).mean()), len(places)),
        Figure("caption → picture among 200, recall@5", float((places < 5).mean()), len(places)),
        Figure("picture → caption among 200, recall@1", float((returned < 1).mean()), len(places)),
    ]


def arithmetic(encoder: ScenesClip, style: Drawn, name: str) -> list[Figure]:
    """Picture of a colour and shape − “colour” + “other colour”: is the nearest of all 48 pictures the right one?

    One picture for each class, all different in size and place, and in background where the style leaves it to chance;
    every colour goes into every other.
    """
    rng = Random(_SEED + 7)
    pictures = encoder.encode([style(*pair, rng) for pair in CLASSES])
    words = dict(zip(COLOURS, encoder.encode(list(COLOURS)), strict=True))
    right, right_with_input = [], []
    for row, (colour, shape) in enumerate(CLASSES):
        for other in COLOURS:
            if other == colour:
                continue
            near = pictures @ (pictures[row] - words[colour] + words[other])
            goal = CLASSES.index((other, shape))
            right_with_input.append(near.argmax() == goal)
            near[row] = -np.inf
            right.append(near.argmax() == goal)
    return [
        Figure(f"{name}, input left out", float(np.mean(right)), len(right)),
        Figure(f"{name}, input among the candidates", float(np.mean(right_with_input)), len(right)),
    ]


def scenery_arithmetic(encoder: ScenesClip) -> Figure:
    """“This image, but at night”: picture + background, nearest among the same on 8 backgrounds and 40 others."""
    rng = Random(_SEED + 8)
    papers = ("white", "grey", "black", "night", "grass", "sand", "snow", "sea")
    names = {paper: say(Scene(background=paper)) for paper in papers}
    words = dict(zip(papers, encoder.encode(list(names.values())), strict=True))
    others = encoder.encode([png(draw(scene, rng)) for scene in distinct_scenes(40, _SEED + 8)])
    right = []
    for colour, shape in (("red", "circle"), ("orange", "star"), ("purple", "square"), ("pink", "heart")):
        thing = Thing(shape, colour, "", "plain")
        pictures = encoder.encode([png(draw(Scene(thing, count=1, background=paper), rng)) for paper in papers])
        for start in range(len(papers)):
            for goal in set(range(len(papers))) - {start}:
                near = np.vstack((pictures, others)) @ (pictures[start] + words[papers[goal]])
                near[start] = -np.inf
                right.append(near.argmax() == goal)
    return Figure("picture + background, input left out", float(np.mean(right)), len(right))


def digits(encoder: ScenesClip) -> list[Figure]:
    """Digits the training never saw, told by “a handwritten seven” and by “the digit 7”."""
    rows = held_out()
    pictures = [_digit_picture(row, dark_on_light=bool(row % 2)) for row in rows]
    vectors, labels = encoder.encode(pictures), all_digits().labels[rows]
    figures = []
    for template, names in (("a handwritten {}", DIGITS), ("the digit {}", tuple("0123456789"))):
        told = (vectors @ encoder.encode([template.format(name) for name in names]).T).argmax(1)
        figures.append(Figure(f"digits kept out, “{template}”", float((told == labels).mean()), len(rows)))
    return figures


def _digit_picture(row: int, *, dark_on_light: bool) -> bytes:
    shares = np.pad(all_digits().strokes[row] / 16, 1 if dark_on_light else 0)
    ink = (255 * (1 - shares if dark_on_light else shares)).round().astype(np.uint8)
    smooth = Image.Resampling.BICUBIC if dark_on_light else Image.Resampling.NEAREST
    return png(Image.fromarray(ink).resize((64, 64) if dark_on_light else (128, 128), smooth).convert("RGB"))


def binding(encoder: ScenesClip, relation: str, *, count: int = 60) -> Figure:
    """Does a picture of a pair choose its caption among three: its own, colours swapped, relation turned round?"""
    rng = Random(_SEED + RELATIONS.index(relation))
    scenes: list[Scene] = []
    while len(scenes) < count:
        scene = random_scene(rng)
        if scene.relation == relation and _can_be_confused(scene):
            scenes.append(scene)
    captions = [say(claim) for scene in scenes for claim in _confusions(scene)]
    near = np.einsum(
        "nd,nkd->nk",
        encoder.encode([png(draw(scene, rng)) for scene in scenes]),
        encoder.encode(captions).reshape(count, 3, -1),
    )
    return Figure(f"own caption among swapped ones, {relation}", float((near.argmax(1) == 0).mean()), count)


def _can_be_confused(scene: Scene) -> bool:
    return scene.thing.colour != scene.other.colour and scene.thing.shape != scene.other.shape


def _confusions(scene: Scene) -> list[Scene]:
    one, two = (Thing(thing.shape, thing.colour) for thing in (scene.thing, scene.other))
    swapped = Thing(one.shape, two.colour), Thing(two.shape, one.colour)
    return [
        Scene(one, two, scene.relation, 1),
        Scene(*swapped, scene.relation, 1),
        Scene(one, two, INVERSE[scene.relation], 1),
    ]


def one_trait(encoder: ScenesClip, name: str, claims: Sequence[Scene], *, each: int = 25) -> Figure:
    """Pictures of scenes that differ in one trait, told by a short caption of each; colour and paper are by chance."""
    rng = Random(_SEED + 10)
    pictures = []
    for claim in claims:
        for _ in range(each):
            background = random_background(rng)
            colour = rng.choice([colour for colour in COLOURS if shows_on(colour, background)])
            thing = claim.thing._replace(colour=colour, texture=claim.thing.texture or "plain")
            pictures.append(png(draw(claim._replace(thing=thing, background=background), rng)))
    told = (encoder.encode(pictures) @ encoder.encode([say(claim) for claim in claims]).T).argmax(1)
    return Figure(name, float((told == np.repeat(np.arange(len(claims)), each)).mean()), len(pictures))


def traits(encoder: ScenesClip) -> list[Figure]:
    """How many, where, and in which texture."""
    square = Thing("square")
    return [
        one_trait(encoder, "one, two, three or four squares", [Scene(square, count=number) for number in COUNTS]),
        one_trait(encoder, "a square at one of 9 places", [Scene(square, count=1, position=at) for at in POSITIONS]),
        one_trait(
            encoder,
            "a striped, dotted, checked or outlined square",
            [Scene(square._replace(texture=texture), count=1) for texture in TEXTURES[1:]],
        ),
    ]


def turned_captions(encoder: ScenesClip) -> Figure:
    """Cosine of “A left of B” with “B right of A”: one meaning in two wordings (mean, not a share)."""
    scenes = [spoken(scene) for scene in distinct_scenes(300, _SEED + 9) if scene.other.shape]
    one, other = (encoder.encode([say(scene) for scene in way]) for way in (scenes, [turned(s) for s in scenes]))
    return Figure("cosine of “A left of B” with “B right of A”", float((one * other).sum(1).mean()), len(scenes))


@cache
def loaded(weights: Path | None = None) -> ScenesClip:
    """The encoder, loaded once."""
    return ScenesClip(weights=weights)


def figures(encoder: ScenesClip) -> list[Figure]:
    """All figures of the model card."""
    parts: Sequence[Callable[[ScenesClip], Figure | list[Figure]]] = (
        partial(zero_shot, style=scene_style, name="48 classes, scenes"),
        partial(zero_shot, style=plain_style, name="48 classes, bare Pillow in pure colours"),
        retrieval,
        *(
            partial(
                arithmetic,
                style=partial(one_paper, background=paper),
                name=f"picture − colour + colour, all on {paper}",
            )
            for paper in PAPERS
        ),
        partial(arithmetic, style=scene_style, name="picture − colour + colour, each on another background"),
        partial(arithmetic, style=plain_style, name="picture − colour + colour, bare Pillow, three backgrounds"),
        scenery_arithmetic,
        digits,
        *(partial(binding, relation=relation) for relation in RELATIONS),
        traits,
        turned_captions,
    )
    found: list[Figure] = []
    for part in parts:
        measured = part(encoder)
        found += [measured] if isinstance(measured, Figure) else measured
    return found


if __name__ == "__main__":
    for figure in figures(loaded(Path(sys.argv[1]) if len(sys.argv) > 1 else None)):
        sys.stdout.write(f"{figure.name:64} {figure.share:6.1%} of {figure.of}\n")
