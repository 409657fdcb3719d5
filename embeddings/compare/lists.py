"""How alike two lists of neighbours are: overlap, Jaccard and rank-biased overlap."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.neighbours import Rows

P = 0.9
BLOCK = 20_000
Each = NDArray[np.float64]


class ListAgreement(NamedTuple):
    """How alike the two lists of each item are, float64 of shape (m,); 0 nothing shared, 1 the same.

    Attributes:
        overlap: share of the k neighbours in both lists.
        jaccard: shared ones as a share of all in either list; k neighbours share s, so this is s / (2 k − s).
        rbo: rank-biased overlap: the first places count more, see `rank_biased`.
    """

    overlap: Each
    jaccard: Each
    rbo: Each


def list_agreement(one: Rows, other: Rows) -> ListAgreement:
    """Compare the lists of m items, both of shape (m, k) and nearest first."""
    if one.shape != other.shape:
        raise ValueError(f"both must hold as many lists of the same length, got {one.shape} and {other.shape}")
    k = one.shape[1]
    shared = np.concatenate(
        [_shared(one[start : start + BLOCK], other[start : start + BLOCK]) for start in range(0, len(one), BLOCK)]
    )
    both = shared[:, -1]
    return ListAgreement(both / k, both / (2 * k - both), rank_biased(shared))


def rank_biased(shared: NDArray[np.int64], *, p: float = P) -> Each:
    """Rank-biased overlap, extrapolated from k places (Webber, Moffat & Zobel 2010, equation 30).

    shared[:, d − 1] says how many items are among the first d of both lists. With p = .9 the first 10 places carry 86 %
    of the weight.
    """
    depths = np.arange(1, shared.shape[1] + 1)
    agreements = shared / depths
    return np.asarray((1 - p) / p * (agreements * p**depths).sum(axis=1) + agreements[:, -1] * p ** depths[-1])


def _shared(one: Rows, other: Rows) -> NDArray[np.int64]:
    """How many items the first 1, 2, … k of both lists share, shape (m, k)."""
    m, k = one.shape
    item, first, second = np.nonzero(one[:, :, None] == other[:, None, :])
    depth = np.maximum(first, second)
    return np.bincount(item * k + depth, minlength=m * k).reshape(m, k).cumsum(axis=1)
