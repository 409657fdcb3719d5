"""How alike two lists of neighbours are: overlap, Jaccard and rank-biased overlap."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.ranks import Rows

P = 0.9
BLOCK = 20_000
Each = NDArray[np.float64]


class ListAgreement(NamedTuple):
    """How alike the two lists of each item are, float64 of shape (m,); 0 nothing shared, 1 the same.

    Not a number where one of the lists is empty: there is nothing to compare.

    Attributes:
        overlap: share of the neighbours in both lists; of lists of different lengths, of the longer one.
        jaccard: shared ones as a share of all in either list.
        rbo: rank-biased overlap: the first places count more, see `rank_biased`.
    """

    overlap: Each
    jaccard: Each
    rbo: Each

    @property
    def means(self) -> tuple[float, ...]:
        """Means over the items that have neighbours in both; not a number where there are none."""
        known = ~np.isnan(self.overlap)
        return tuple(float(each[known].mean()) if known.any() else float("nan") for each in self)


def list_agreement(one: Rows, other: Rows) -> ListAgreement:
    """Compare the lists of m items, both of shape (m, k) and nearest first; −1 stands for no neighbour, at the end."""
    if one.shape != other.shape:
        raise ValueError(f"both must hold as many lists of the same length, got {one.shape} and {other.shape}")
    held = [(each >= 0).sum(axis=1) for each in (one, other)]
    shared = np.concatenate(
        [_shared(one[start : start + BLOCK], other[start : start + BLOCK]) for start in range(0, len(one), BLOCK)]
    )
    both, longer = shared[:, -1], np.where(np.minimum(*held) > 0, np.maximum(*held), np.nan)
    return ListAgreement(both / longer, both / (longer + np.minimum(*held) - both), rank_biased(shared, longer))


def rank_biased(shared: NDArray[np.int64], longer: ArrayLike | None = None, *, p: float = P) -> Each:
    """Rank-biased overlap, extrapolated from k places (Webber, Moffat & Zobel 2010, equation 30).

    shared[:, d − 1] says how many items are among the first d of both lists, which end after `longer` places, shape
    (m,); after k by default. With p = .9 the first 10 places carry 86 % of the weight.
    """
    depths = np.arange(1, shared.shape[1] + 1)
    ends = np.full(len(shared), float(len(depths))) if longer is None else np.asarray(longer, dtype=np.float64)
    agreements = shared / np.minimum(depths, ends[:, None])
    return np.asarray((1 - p) / p * (agreements * p**depths).sum(axis=1) + agreements[:, -1] * p ** depths[-1])


def _shared(one: Rows, other: Rows) -> NDArray[np.int64]:
    """How many items the first 1, 2, … k of both lists share, shape (m, k)."""
    m, k = one.shape
    item, first, second = np.nonzero((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None])
    depth = np.maximum(first, second)
    return np.bincount(item * k + depth, minlength=m * k).reshape(m, k).cumsum(axis=1)
