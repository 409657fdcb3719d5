"""Random pairs of items, how far apart the two are, and how what is known of pairs goes together."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.metrics import find_metric
from embeddings.units import unit64

STEP = 4096


class Pairs(NamedTuple):
    """Pairs of different rows, int64 of shape (m,) each; none stands twice where all pairs were taken."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]


def some_pairs(n: int, most: int, *, seed: int = 0) -> Pairs:
    """All pairs of n items where there are at most `most`, else `most` random ones (drawn with replacement)."""
    if n * (n - 1) // 2 <= most:
        left, right = np.triu_indices(n, 1)
        return Pairs(left.astype(np.int64), right.astype(np.int64))
    rng = np.random.default_rng(seed)
    left = rng.integers(0, n, size=most)
    right = rng.integers(0, n - 1, size=most)
    return Pairs(left, right + (right >= left))


def cross_pairs(n: int, m: int, most: int, *, seed: int = 0) -> Pairs:
    """All pairs of one of n items with one of m others where there are at most `most`, else `most` random ones."""
    if n * m <= most:
        left, right = np.divmod(np.arange(n * m), max(m, 1))
        return Pairs(left, right)
    rng = np.random.default_rng(seed)
    return Pairs(rng.integers(0, n, size=most), rng.integers(0, m, size=most))


def pair_distances(
    vectors: ArrayLike, pairs: Pairs, metric: str, *, others: ArrayLike | None = None
) -> NDArray[np.float64]:
    """How far apart the two of each pair are, shape (m,), in float64: 1 − cosine, Euclidean distance or −dot product.

    Args:
        vectors: of the left rows; of the right ones too unless `others` holds them.
        pairs: rows.
        metric: of the distance.
        others: of the right rows.

    Raises:
        EmbeddingError: there is no such metric.
    """
    find_metric(metric)
    ready = unit64 if metric == "cosine" else partial(np.asarray, dtype=np.float64)
    sides = (np.asarray(vectors), np.asarray(vectors if others is None else others))
    found = np.empty(len(pairs.left))
    for start in range(0, len(found), STEP):
        part = slice(start, start + STEP)
        left, right = (ready(side[rows[part]]) for side, rows in zip(sides, pairs, strict=True))
        if metric == "Euclidean":
            found[part] = np.linalg.norm(left - right, axis=1)
        else:
            found[part] = (1 if metric == "cosine" else 0) - np.einsum("ij,ij->i", left, right)
    return np.maximum(found, 0) if metric == "cosine" else found


def rank_correlation(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Spearman's correlation, −1 to 1; ties share their mean rank.

    Not a number where a side is constant or there are fewer than 2 values.
    """
    from scipy.stats import spearmanr

    if len(one) < 2 or (one == one[0]).all() or (other == other[0]).all():
        return float("nan")
    return float(spearmanr(one, other).statistic)
