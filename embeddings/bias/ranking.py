"""How evenly groups are spread over a ranking (Geyik, Ambler & Kenthapadi 2019)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.effect import Floats

Codes = NDArray[np.intp]


def skews(ranking: Codes, expected: Floats, k: int) -> Floats:
    """Skew@k of each of g groups: ln(share among the first k / expected share), shape (g,).

    Above 0 the group is there more often than expected; −∞ where it has none of the first k places.

    Args:
        ranking: group of each item, best first, as numbers from 0 to g − 1.
        expected: share of each group, positive, sum 1.
        k: how many places count.

    Raises:
        ValueError: k is not between 1 and the length of the ranking, or a share is not positive.
    """
    _check(expected)
    if not 1 <= k <= len(ranking):
        raise ValueError(f"k must lie between 1 and {len(ranking)}, got {k}")
    shares = np.bincount(ranking[:k], minlength=len(expected)) / k
    found = np.full(len(expected), -np.inf)
    return np.log(shares / expected, out=found, where=shares > 0)


def ndkl(ranking: Codes, expected: Floats) -> float:
    """Normalised discounted Kullback–Leibler divergence of all beginnings of a ranking from the expected shares.

    (1/Z) Σᵢ KL(shares among the first i ‖ expected) / log₂(i + 1) with Z = Σᵢ 1/log₂(i + 1); 0 and up, in nats; 0 is
    even, and early places weigh more. A group without a place adds 0 · ln 0 = 0.

    Raises:
        ValueError: the ranking is empty, or a share is not positive.
    """
    _check(expected)
    if not len(ranking):
        raise ValueError("the ranking is empty")
    counts = np.cumsum(ranking[:, None] == np.arange(len(expected)), axis=0)
    shares = counts / np.arange(1, len(ranking) + 1)[:, None]
    logs = np.log(shares / expected, out=np.zeros_like(shares), where=shares > 0)
    discounts = 1 / np.log2(np.arange(2, len(ranking) + 2))
    return float(((shares * logs).sum(axis=1) * discounts).sum() / discounts.sum())


def _check(expected: Floats) -> None:
    if not (expected > 0).all():
        raise ValueError(f"expected shares must be positive, got {expected}")
