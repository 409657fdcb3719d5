"""The ways to change an item a little: a table, and one function that changes many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.base import Encoder
from embeddings.errors import EmbeddingError
from embeddings.kinds import Item
from embeddings.ranks import Progress
from embeddings.space import Vectors

BATCH = 32

Changes = Callable[[Any, np.random.Generator], Any]


class Perturbation(NamedTuple):
    """One way to change an item.

    Attributes:
        summary: one sentence in plain words: what changes, and whether the meaning should.
        kind: what it changes.
        factory: `"module:function"`; the function takes (text or RGB picture, random generator) and gives the like.
        keeps_meaning: whether a reader would say that the item means the same afterwards.
    """

    summary: str
    kind: Literal["text", "image"]
    factory: str
    keeps_meaning: bool = True


_TEXTS, _PICTURES = "embeddings.perturb.texts", "embeddings.perturb.pictures"

PERTURBATIONS: dict[str, Perturbation] = {
    "upper case": Perturbation("ALL LETTERS ARE CAPITALS.", "text", f"{_TEXTS}:upper_case"),
    "typo": Perturbation("Two neighbouring letters of one long word change places.", "text", f"{_TEXTS}:typo"),
    "prefix": Perturbation("“query: ” is put in front, as some models ask for.", "text", f"{_TEXTS}:prefix"),
    "word order": Perturbation(
        "The words are shuffled: the topic stays, the statement may not.", "text", f"{_TEXTS}:word_order", False
    ),
    "negation": Perturbation(
        "An English “not” is put in, or taken out: hardly a letter changes, the meaning turns round.",
        "text",
        f"{_TEXTS}:negation",
        False,
    ),
    "crop": Perturbation("The middle four fifths of each side are kept.", "image", f"{_PICTURES}:crop"),
    "flip": Perturbation("Left and right change places.", "image", f"{_PICTURES}:flip"),
    "grey": Perturbation("The colours are taken out.", "image", f"{_PICTURES}:grey"),
    "blur": Perturbation("Fine detail is smoothed away.", "image", f"{_PICTURES}:blur"),
    "rotate": Perturbation("Turned by 10 to 20 degrees to either side.", "image", f"{_PICTURES}:rotate"),
}


def find_perturbation(name: str) -> Perturbation:
    """The table's row of a name.

    Raises:
        EmbeddingError: there is no such perturbation.
    """
    if name not in PERTURBATIONS:
        raise EmbeddingError(f"There is no perturbation “{name}”; choose one of {', '.join(PERTURBATIONS)}.")
    return PERTURBATIONS[name]


def perturb(items: Sequence[Item], name: str, *, seed: int = 0) -> tuple[Item, ...]:
    """Change items; some may stay as they are, such as a text without letters in upper case.

    What happens to an item depends on its content and the seed, not on its place. Pictures come back as kept pictures.

    Raises:
        EmbeddingError: there is no such perturbation, or an item is of the other kind.
    """
    spec = find_perturbation(name)
    wanted = str if spec.kind == "text" else bytes
    if not all(isinstance(item, wanted) for item in items):
        raise EmbeddingError(f"“{name}” changes {'texts' if wanted is str else 'pictures'} only.")
    module, function = spec.factory.split(":")
    change: Changes = getattr(import_module(module), function)
    if spec.kind == "text":
        return tuple(change(item, _random(str(item).encode("utf-8", "surrogatepass"), seed)) for item in items)
    return tuple(_changed_pictures([item for item in items if isinstance(item, bytes)], change, seed))


class Altered(NamedTuple):
    """Vectors of changed items.

    Attributes:
        vectors: float32 of shape (m, d).
        altered: bool of shape (m,): which items the change altered.
    """

    vectors: Vectors
    altered: NDArray[np.bool_]


def encode_changed(model: Encoder, items: Sequence[Item], name: str, *, on_progress: Progress | None = None) -> Altered:
    """Change items and encode what comes out, batch by batch; see `perturb`."""
    vectors, altered = [], []
    for start in range(0, len(items), BATCH):
        part = items[start : start + BATCH]
        changed = perturb(part, name)
        vectors.append(model.encode(changed))
        altered += [new != old for new, old in zip(changed, part, strict=True)]
        if on_progress is not None:
            on_progress(start + len(part), len(items))
    return Altered(np.vstack(vectors), np.array(altered))


def _changed_pictures(items: list[bytes], change: Changes, seed: int) -> list[bytes]:
    from embeddings.images import keep_any
    from embeddings.images.pixels import in_threads, open_kept

    def changed(item: bytes) -> bytes:
        return keep_any(change(open_kept(item), _random(item, seed)), name="changed picture").data

    return in_threads(changed, items)


def _random(content: bytes, seed: int) -> np.random.Generator:
    digest = hashlib.blake2b(content, digest_size=8).digest()
    return np.random.default_rng([seed, int.from_bytes(digest, "little")])
