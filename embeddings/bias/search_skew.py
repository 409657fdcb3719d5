"""Whom a search shows: groups among the first results against the groups of the collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from embeddings.bias.effect import Floats
from embeddings.bias.groups import Groups, group_codes
from embeddings.bias.ranking import Codes, ndkl, skews
from embeddings.bias.steps import Progress, blocks
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.multiple_tests import holm
from embeddings.neighbours import nearest
from embeddings.reading.wording import several
from embeddings.space import Space

Expected = Literal["collection", "equal"]
DRAWS = 1_000
DEPTH = 1_000
LEVEL = 0.05
AS_USUAL, MORE, FEWER = "as in random orders", "more than in random orders", "fewer than in random orders"
_BLOCK = 50
_TIE = 1e-12


class _Observed(NamedTuple):
    """How uneven the search is over its first k and its first `depth` places."""

    k: int
    depth: int
    max_skew: float
    ndkl: float


@dataclass(frozen=True, eq=False)
class SearchSkew:
    """Who is among the first k results of a query.

    Attributes:
        groups: the g groups, most frequent first.
        rows: the labelled items, nearest to the query first, at most 1,000 (or k) of them.
        k: how many places count.
        counts: of each group among the first k.
        totals: of each group in the collection.
        expected: the shares compared with: equal, or the collection's.
        skew: Skew@k of each group, natural logarithm; above 0 more than expected; −∞ for a group without a place.
        max_skew: the largest of these: how far the most favoured group is above its share; 0 is even.
        ndkl: divergence of all beginnings of `rows` from the expected shares; 0 is even.
        usual: (low, high) counts of shape (g, 2) that 95 % of random orders give (hypergeometric).
        p_values: two-sided, of each group's count if the order were random (Fisher's exact test), Holm-corrected.
        p_max_skew: how often a random order has at least this MaxSkew@k, (hits + 1) / (draws + 1).
        p_ndkl: the same for NDKL.
        unlabelled: items left out because they belong to no group.
    """

    groups: tuple[str, ...]
    rows: NDArray[np.int32]
    k: int
    counts: NDArray[np.int64]
    totals: NDArray[np.int64]
    expected: Floats
    skew: Floats
    max_skew: float
    ndkl: float
    usual: NDArray[np.int64]
    p_values: Floats
    p_max_skew: float
    p_ndkl: float
    unlabelled: int

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """Of each group among the first k, and in the collection."""
        return self.counts / self.k, self.totals / self.totals.sum()

    @property
    def order(self) -> list[int]:
        """The places of the groups, the most favoured first; those without a place last, the most expected last."""
        finite = np.where(np.isfinite(self.skew), self.skew, -1e9)
        order: list[int] = np.lexsort((self.expected - self.shares[0], -finite)).tolist()
        return order

    @property
    def standings(self) -> list[str]:
        """For each group, whether it is among the first k as often as in random orders, by its corrected p-value."""
        return [
            AS_USUAL if p >= LEVEL else MORE if there > usual else FEWER
            for p, there, usual in zip(self.p_values, *self.shares, strict=True)
        ]


def search_skew(
    space: Space,
    query: int | str | ArrayLike,
    groups: Sequence[object],
    *,
    k: int = 10,
    expected: Expected = "collection",
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> SearchSkew:
    """Rank the labelled items of a space by their cosine to a query, and count the groups (Geyik et al. 2019).

    The p-values ask whether a random order of the same items would be as uneven; with equal expected shares MaxSkew
    and NDKL then also count that the collection itself is uneven.

    Args:
        space: texts or pictures, searched.
        query: a text, a row or a vector; an item is not among its own results.
        groups: one value for each item, such as a column of labels; None or empty where there is none.
        k: how many places count.
        expected: compare with the shares in the collection, or with equal ones.
        vectors_of: the vector of a typed query.
        draws: random orders.
        seed: of the orders.
        on_progress: called with (done, total).

    Raises:
        UnknownItem: the query has no vector.
        EmbeddingError: fewer than 2 or more than 50 groups, or fewer than k labelled items that are in an order.
        ValueError: groups are not as many as items, or k is not positive.
    """
    labelled = group_codes(groups, len(space))
    order, told = _order(space, query, labelled, vectors_of)
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if k > len(order):
        raise EmbeddingError(
            f"The first {k} results were asked for, but only {len(order)} labelled items can be found."
        )
    if told < k < len(order):
        raise EmbeddingError(
            f"Only {several(told, 'labelled item is', 'labelled items are')} nearer to the query than all the rest, "
            f"which are equally far and so in no order: look at the first {told} at most, or ask in other words."
        )
    codes = labelled.codes[order]
    totals = np.bincount(codes, minlength=len(labelled.names))
    shares = totals / totals.sum() if expected == "collection" else np.full(len(totals), 1 / len(totals))
    if not totals.all():
        raise EmbeddingError(f"“{labelled.names[int(totals.argmin())]}” has no item but the query itself.")
    depth = min(len(order), max(k, DEPTH))
    counts = np.bincount(codes[:k], minlength=len(totals))
    found = skews(codes, shares, k)
    observed = _Observed(k, depth, float(found.max()), ndkl(codes[:depth], shares))
    rng = np.random.default_rng(seed)
    p_max, p_ndkl = _p_values(codes, shares, observed, rng, blocks(draws, _BLOCK, on_progress))
    return SearchSkew(
        labelled.names,
        order[:depth].astype(np.int32),
        k,
        counts,
        totals,
        shares,
        found,
        observed.max_skew,
        observed.ndkl,
        _usual(totals, k),
        _exact(counts, totals, k),
        p_max,
        p_ndkl,
        labelled.unlabelled,
    )


def group_table(found: SearchSkew) -> pa.Table:
    """Every group, the most favoured first; counts and shares among the first k against what is expected.

    Skew@k is null for a group without a place: its logarithm is −∞.
    """
    order = found.order
    share, whole = found.shares
    return pa.table(
        {
            "group": [found.groups[place] for place in order],
            f"in the first {found.k}": found.counts[order],
            "share there": share[order],
            "in the collection": found.totals[order],
            "share in the collection": whole[order],
            "share compared with": found.expected[order],
            "usual from": found.usual[order, 0],
            "usual to": found.usual[order, 1],
            f"Skew@{found.k}": [float(value) if np.isfinite(value) else None for value in found.skew[order]],
            "p": found.p_values[order],
        }
    )


def _order(space: Space, query: int | str | ArrayLike, labelled: Groups, vectors_of: VectorsOf) -> tuple[Codes, int]:
    """The labelled rows, nearest first, and how many of them are in an order."""
    if isinstance(query, str) and query in vectors_of and query not in space.collection.rows:
        query = given_vector(space, query, vectors_of)
    found = nearest(space, query, k=len(space), exclude=np.flatnonzero(labelled.codes < 0).tolist())
    if not len(found.rows):
        raise EmbeddingError("All labelled items are equally near to the query, so they are in no order.")
    scores = found.scores
    # A single farthest item is the last of the order; several are in none.
    told = np.count_nonzero(scores > scores.min(initial=np.inf))
    told += told == len(scores) - 1
    return found.rows.astype(np.intp), int(told)


def _usual(totals: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    ends = [stats.hypergeom.ppf(tail, totals.sum(), totals, k) for tail in (0.025, 0.975)]
    return np.stack(ends, axis=1).astype(np.int64)


def _exact(counts: NDArray[np.int64], totals: NDArray[np.int64], k: int) -> Floats:
    everything = int(totals.sum())
    p_values = [
        stats.fisher_exact([[count, k - count], [total - count, everything - total - k + count]]).pvalue
        for count, total in zip(counts.tolist(), totals.tolist(), strict=True)
    ]
    return holm(np.minimum(p_values, 1))


def _p_values(
    codes: Codes, shares: Floats, observed: _Observed, rng: np.random.Generator, sizes: Iterator[int]
) -> tuple[float, float]:
    """How often random orders are at least as uneven; `sizes` are those of the blocks of orders."""
    draws, hits = 0, np.zeros(2, dtype=np.int64)
    for block in sizes:
        draws += block
        for _ in range(block):
            dealt = rng.choice(codes, size=observed.depth, replace=False)
            hits += (
                skews(dealt, shares, observed.k).max() >= observed.max_skew - _TIE,
                ndkl(dealt, shares) >= observed.ndkl - _TIE,
            )
    return float(hits[0] + 1) / (draws + 1), float(hits[1] + 1) / (draws + 1)
