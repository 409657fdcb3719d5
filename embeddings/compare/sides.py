"""Two spaces of one collection, checked and made ready for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.cka import FEWEST, Kernels, kernels
from embeddings.errors import EmbeddingError
from embeddings.kinds import listed_kinds
from embeddings.pairs import some_pairs
from embeddings.ranks import Points, Progress, Ranked, Rows, blocks, check_k, scored_rows, told_rows
from embeddings.space import Space, Vectors

CKA_ITEMS = 5_000
RSA_ITEMS = 500


class Sample(NamedTuple):
    """Which items are looked at, the same for all spaces.

    Attributes:
        n: items of the collection.
        rows: those whose neighbours are compared: all, or a random sample of 20,000.
        cka: places in `rows` of those whose vectors are compared, at most 5,000.
        rsa: places in `rows` of those whose similarities to each other are compared, at most 500.
    """

    n: int
    rows: NDArray[np.int64]
    cka: NDArray[np.int64]
    rsa: NDArray[np.int64]


class Side(NamedTuple):
    """One space.

    Attributes:
        lists: the k nearest of each row of the sample, shape (m, k); −1 for what is no nearer than all the rest.
        tied: share of rows whose k-th neighbour is as near as the next.
        kernels: for CKA.
        similarities: similarity of each two of the RSA items, replaced by their ranks (equal ones share the mean),
            centred and scaled to length 1, as a symmetric matrix with a diagonal of 0.
    """

    lists: Rows
    tied: float
    kernels: Kernels
    similarities: NDArray[np.float64]


def check_spaces(spaces: Sequence[Space], k: int) -> None:
    """Refuse spaces that cannot be compared.

    Raises:
        EmbeddingError: they hold different items or too few, all vectors of one are equal, or k is too large.
    """
    first = spaces[0].collection
    for other in (space.collection for space in spaces[1:]):
        if other.kinds != first.kinds:
            raise EmbeddingError(
                f"“{first.name}” holds {listed_kinds(first.kinds)}, “{other.name}” {listed_kinds(other.kinds)}: "
                "encoders are compared on one collection that both can read."
            )
        if other.items != first.items:
            raise EmbeddingError(
                f"“{first.name}” with {len(first):,} items and “{other.name}” with {len(other):,} are different "
                "collections: encoders are compared on the same items in the same order."
            )
    if len(first) < FEWEST:
        raise EmbeddingError(f"Comparing encoders needs at least {FEWEST} items, this collection has {len(first)}.")
    check_k(k, len(first), most=len(first) - 2)
    for space in spaces:
        if (space.vectors == space.vectors[0]).all():
            raise EmbeddingError(f"All vectors of {space.encoder} are equal, so there is nothing to compare.")


def sample(n: int, *, seed: int = 0) -> Sample:
    """Choose the items to look at."""
    rows = scored_rows(n, seed=seed)
    rng = np.random.default_rng(seed)
    return Sample(n, rows, _some(len(rows), CKA_ITEMS, rng), _some(len(rows), RSA_ITEMS, rng))


def side(space: Space, chosen: Sample, *, k: int, metric: str = "cosine", on_progress: Progress | None = None) -> Side:
    """Make a space ready."""
    points = Points(space.vectors, metric)
    lists, tied = [], []
    for part in blocks(chosen.rows, len(points), on_progress):
        distances = points.among(part)
        lists.append(told_rows(distances, k))
        tied.append(Ranked(distances).first(k).tied)
    return Side(
        np.concatenate(lists),
        float(np.concatenate(tied).mean()),
        kernels(space.vectors[chosen.rows[chosen.cka]]),
        _similarity_ranks(space.vectors[chosen.rows[chosen.rsa]], metric),
    )


def _similarity_ranks(vectors: Vectors, metric: str) -> NDArray[np.float64]:
    from scipy.stats import rankdata

    n = len(vectors)
    distances = Points(vectors, metric).among(np.arange(n))
    left, right = some_pairs(n, n**2)
    ranks = -rankdata(distances[left, right])
    ranks -= ranks.mean()
    length = np.linalg.norm(ranks)
    matrix = np.zeros((n, n))
    matrix[left, right] = matrix[right, left] = ranks / length if length > 0 else np.nan
    return matrix


def _some(n: int, most: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return np.arange(n) if n <= most else np.sort(rng.choice(n, size=most, replace=False))
