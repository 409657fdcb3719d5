"""Whether a relation is one direction: the differences of many pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.parallelogram import FLAT
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.units import unit


@dataclass(frozen=True, eq=False)
class Offsets:
    """The differences second − first of p pairs, all vectors at length 1 before.

    Attributes:
        vectors: float32 of shape (p, d).
        cosines: float32 of shape (p, p): 1 where two pairs differ in the same direction.
        mean: mean cosine of two different pairs: 1 if "the relation" is one direction.
        shuffled: the same when the seconds are handed to other firsts (mean of 100 seeded shuffles): what the two
            groups of words give without the pairing.
        coordinates: float32 of shape (p, 2): the offsets from one origin, in the plane that holds most of them.
        share: how much of their squared length lies in that plane.
    """

    vectors: Vectors
    cosines: Vectors
    mean: float
    shuffled: float
    coordinates: Vectors
    share: float


def offsets(
    space: Space, pairs: Sequence[tuple[str, str]], *, vectors_of: VectorsOf = NONE_GIVEN, seed: int = 0
) -> Offsets:
    """Compare the directions of many pairs, for example of countries and their capitals.

    Args:
        space: holds the words.
        pairs: at least two.
        vectors_of: vectors of words that the space does not hold.
        seed: of the shuffles.

    Raises:
        UnknownItem: a word is neither in the space nor given.
        EmbeddingError: there are fewer than two pairs, or both words of a pair have the same direction.
    """
    if len(pairs) < 2:
        raise EmbeddingError(f"Directions are compared between at least 2 pairs, got {len(pairs)}.")
    firsts = unit(np.stack([_vector(space, first, vectors_of) for first, _ in pairs]))
    seconds = unit(np.stack([_vector(space, second, vectors_of) for _, second in pairs]))
    vectors = seconds - firsts
    flat = np.flatnonzero(np.linalg.norm(vectors, axis=1) < FLAT)
    if len(flat):
        first, second = pairs[int(flat[0])]
        raise EmbeddingError(f"“{first}” and “{second}” have the same direction here, so nothing lies between them.")
    cosines = unit(vectors) @ unit(vectors).T
    rng = np.random.default_rng(seed)
    shuffled = [_mean_cosine(seconds[_moved(len(pairs), rng)] - firsts) for _ in range(100)]
    left, sizes, _ = np.linalg.svd(vectors, full_matrices=False)
    coordinates = np.zeros((len(pairs), 2), dtype=np.float32)
    kept = min(2, len(sizes))
    coordinates[:, :kept] = left[:, :kept] * sizes[:kept]
    share = float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    return Offsets(vectors, cosines, _mean_cosine(vectors), float(np.mean(shuffled)), coordinates, share)


def _vector(space: Space, word: str, vectors_of: VectorsOf) -> Vectors:
    if word in vectors_of and word not in space.collection.rows:
        return given_vector(space, word, vectors_of)
    return np.asarray(space.vectors[find_row(space, word)])


def _moved(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """A random order of n in one cycle, so that nothing keeps its place."""
    order = rng.permutation(n)
    moved = np.empty_like(order)
    moved[order] = np.roll(order, 1)
    return moved


def _mean_cosine(vectors: Vectors) -> float:
    n = len(vectors)
    total = unit(vectors).sum(axis=0, dtype=np.float64)
    own = float((np.linalg.norm(vectors, axis=1) > 0).sum())
    return (float(total @ total) - own) / (n * (n - 1))
