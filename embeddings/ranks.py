"""Who is how near to whom: distances in blocks of items, and the nearest and the ranks in them.

One rule for ties wherever neighbours are counted: the lot decides, always in the same way, which of equal distances
comes first in a list; ranks do not see it: what is equally near has the same rank. Equal vectors are exactly as far
from everything, because their distances are worked out once and copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.metrics import find_metric
from embeddings.units import crowded, scale_of, unit, unit64

Rows = NDArray[np.int32]
Number = TypeVar("Number", bound=np.floating)
Distances = NDArray[np.float32]
Progress = Callable[[int, int], None]
# Distances held at once: 4 MB, which a processor's cache holds, and as much again for their order.
CELLS = 1_000_000
# More items than these are answered for by a random sample of as many.
MOST = 20_000
FLAT = 3
UNRELATED = np.float32(1e38)
# Equal vectors come out equally far but for the last bits of float32.
_TIE = 4 * float(np.finfo(np.float32).eps)
# A distance of float32 is known to about so much of itself; one minus a cosine to so much, however small it is.
RELATIVE, ABSOLUTE = 1e-6, 2.5e-7
EXACT = "exact cosine"


class Points:
    """Vectors of shape (n, d) made ready for the distances of one metric.

    Distances are only for order: 1 − cosine, squared Euclidean distance or −dot product, in float32; the latter two of
    scaled vectors, so that the unit of these does not count. Cosines are worked out in float32, or in float64 where
    directions lie closer to each other than float32 can tell; the others in float64.

    Raises:
        EmbeddingError: there is no such metric.
    """

    def __init__(self, vectors: ArrayLike, metric: str) -> None:
        find_metric(metric)
        self.metric = metric
        self._mean, self._scale = np.zeros(1), 1.0
        given = np.asarray(vectors)
        units = unit(given) if metric == "cosine" else given
        self._exact = metric == "cosine" and crowded(units)
        if metric != "cosine":
            self._scale = scale_of(given)
        if metric == "Euclidean" and given.shape[1] > FLAT:
            self._mean = given.mean(axis=0, dtype=np.float64)
        points = units if metric == "cosine" and not self._exact else self._ready(given)
        self._points = points
        self._distinct, self._of = distinct_rows(points)

    def __len__(self) -> int:
        return len(self._points)

    @property
    def known_as(self) -> str:
        """The metric as `rounding` takes it: cosines from float64 are known to a share of themselves, however small."""
        return EXACT if self._exact else self.metric

    @property
    def distinct(self) -> int:
        """How many different vectors there are; under cosine, different directions."""
        return len(self._distinct)

    def among(self, rows: NDArray[np.integer]) -> Distances:
        """Distances of m rows to all n, shape (m, n); infinite to the row itself."""
        found = self._distances(self._points[rows])
        found[np.arange(len(rows)), rows] = np.inf
        return found

    def ranked(self, rows: NDArray[np.integer]) -> Ranked:
        """Distances of m rows to all n, and who comes where."""
        return Ranked(self.among(rows), rows, self.known_as)

    def related(self, rows: NDArray[np.integer]) -> Ranked:
        """As `ranked`, but what has nothing in common with a row is UNRELATED, farther away than anything."""
        found = self.among(rows)
        own = np.isinf(found)
        if self._share_or_not:
            found[(found >= (1 if self.metric == "cosine" else 0)) & ~own] = UNRELATED
        elif self.metric == "cosine":
            found[(self._empty[rows][:, None] | self._empty) & ~own] = UNRELATED
        return Ranked(found, rows, self.known_as)

    def to(self, vectors: ArrayLike) -> Distances:
        """Distances of m further vectors to all n, shape (m, n)."""
        return self._distances(self._ready(np.asarray(vectors)))

    @cached_property
    def _share_or_not(self) -> bool:
        """Whether vectors without a common component have nothing in common."""
        return self.metric != "Euclidean" and bool(self._distinct.min() >= 0)

    @cached_property
    def _empty(self) -> NDArray[np.bool_]:
        return np.asarray(~self._points.any(axis=1))

    def _ready(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        if self.metric == "cosine":
            return unit64(vectors) if self._exact else unit(vectors)
        centred = np.asarray(vectors - self._mean, dtype=np.float64) * self._scale
        return centred.astype(np.float32) if vectors.shape[1] <= FLAT else centred

    def _distances(self, queries: NDArray[np.floating]) -> Distances:
        points = self._distinct
        if self.metric == "Euclidean" and points.shape[1] <= FLAT:
            found = _from_differences(queries, points)
        else:
            found = queries @ points.T
            if self.metric == "cosine":
                np.subtract(1, found, out=found)
            elif self.metric == "dot":
                np.negative(found, out=found)
            else:
                found = np.maximum(_squares(queries)[:, None] + _squares(points) - 2 * found, 0)
        distances: Distances = found.astype(np.float32, copy=False)
        return distances if self._of is None else distances[:, self._of]


class Nearest(NamedTuple):
    """The k nearest of each of m items.

    Attributes:
        rows: int32 of shape (m, k), nearest first.
        tied: bool of shape (m,): whether the k-th is as near as the next, so that the lot decided.
        distances: float32 of shape (m, k), as those of `Points`.
    """

    rows: Rows
    tied: NDArray[np.bool_]
    distances: Distances


class Ranked:
    """A block of distances, shape (m, n), and who comes where in it.

    `asking` are the rows that the distances are of, for the lot; with a metric, as `rounding` takes it, distances that
    differ by rounding only are equal in lists.
    """

    def __init__(self, distances: Distances, asking: NDArray[np.integer] | None = None, metric: str = "") -> None:
        self.distances = distances
        self._asking = np.zeros(len(distances), dtype=np.intp) if asking is None else asking
        self.metric = metric

    def first(self, k: int, *, then: Distances | None = None) -> Nearest:
        """The k nearest of each; of equal ones those that are nearer in another block, or by lot."""
        last = np.partition(self.distances, k - 1, axis=1)[:, k - 1 : k]
        slack = rounding(last, self.metric).astype(last.dtype) if self.metric else np.zeros_like(last)
        near = self.distances <= last + slack
        tied = np.count_nonzero(near, axis=1) > k
        for row in np.flatnonzero(tied):
            equal = np.flatnonzero(near[row] & (self.distances[row] >= last[row] - slack[row]))
            order = by_lot(int(self._asking[row]), equal) if then is None else then[row, equal]
            surplus = np.count_nonzero(near[row]) - k
            near[row, equal[np.argsort(order, kind="stable")[len(equal) - surplus :]]] = False
        columns = (np.flatnonzero(near) % near.shape[1]).reshape(-1, k)
        lots = by_lot(self._asking[:, None], columns)
        distances = np.take_along_axis(self.distances, columns, axis=1)
        order = np.lexsort((lots, distances), axis=1)
        rows = np.take_along_axis(columns, order, axis=1).astype(np.int32)
        return Nearest(rows, tied, np.take_along_axis(distances, order, axis=1))

    def ranks(self, columns: NDArray[np.integer]) -> NDArray[np.int64]:
        """The rank of some columns of each row, shape (m, k) as the columns: 1 and how many are nearer."""
        from embeddings.rank_counts import count_nearer

        limits = np.take_along_axis(self.distances, columns, axis=1)
        ranks: NDArray[np.int64] = count_nearer(self.distances, limits)
        return ranks + 1


def nearest_rows(
    points: Points, k: int, *, of: NDArray[np.integer] | None = None, on_progress: Progress | None = None
) -> Nearest:
    """The k nearest of each item, or of the m items `of`, by exact search.

    Raises:
        EmbeddingError: there are not more than k items.
    """
    check_k(k, len(points), most=len(points) - 1)
    rows = np.arange(len(points)) if of is None else of
    found = [points.ranked(part).first(k) for part in blocks(rows, len(points), on_progress)]
    return Nearest(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def told_apart(distances: NDArray[np.floating], rows: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of the k nearest of m items say something, shape (m, k).

    Those that are as far as the farthest item of all do not, where not all of such are among the k or where there are
    no others: which of them stand in the list, and in which order, is arbitrary.

    Args:
        distances: of each to all n, shape (m, n), smaller is nearer; infinite to what is no candidate.
        rows: the k nearest of each, shape (m, k).
    """
    candidates = np.isfinite(distances)
    farthest = np.where(candidates, distances, -np.inf).max(axis=1, keepdims=True, initial=-np.inf)
    last = candidates & (distances >= farthest - _TIE * np.abs(farthest))
    listed = np.take_along_axis(last, rows, axis=1)
    among = last.sum(axis=1)
    arbitrary = (among > 1) & ((among > listed.sum(axis=1)) | (among == candidates.sum(axis=1)))
    return np.asarray(~(listed & arbitrary[:, None]))


def told_rows(distances: Distances, k: int) -> Rows:
    """The k nearest of each row of a block; −1 in place of those that say nothing, see `told_apart`."""
    rows = Ranked(distances).first(k).rows
    return np.where(told_apart(distances, rows), rows, np.int32(-1))


def blocks(rows: NDArray[np.integer], n: int, on_progress: Progress | None = None) -> Iterator[NDArray[np.integer]]:
    """Rows in parts whose distances to n items fit in memory; progress is called after each."""
    size = max(1, CELLS // n)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
        if on_progress is not None:
            on_progress(min(start + size, len(rows)), len(rows))


def scored_rows(n: int, *, seed: int = 0) -> NDArray[np.int64]:
    """All n rows, or a random sample of MOST where there are more, ascending."""
    if n <= MOST:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size=MOST, replace=False))


def check_k(k: int, n: int, *, most: int) -> None:
    """Refuse a number of neighbours that n items do not have.

    Raises:
        EmbeddingError: k is larger than `most`, or `most` is 0.
        ValueError: k is not positive.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if most < 1:
        raise EmbeddingError(f"There are too few items to look at neighbours: {n}.")
    if k > most:
        raise EmbeddingError(f"k = {k:,} neighbours are too many for {n:,} items: choose at most {most:,}.")


def rounding(distances: NDArray[np.floating], metric: str) -> NDArray[np.floating]:
    """By how much equal distances of a metric may differ in float32; of the shape of the distances."""
    return np.asarray(RELATIVE * np.abs(distances) + (ABSOLUTE if metric == "cosine" else 0))


def by_lot(asking: NDArray[np.integer] | int, rows: NDArray[np.integer]) -> NDArray[np.uint64]:
    """A number for each asking row and each of the rows that it meets: as good as random, and always the same.

    Between equals the smaller number goes first, so that no item gains by its place in the file, and none is preferred
    by all (the mixing function of SplitMix64: Steele, Lea & Flood 2014).
    """
    mixed = np.atleast_1d(rows).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = mixed + np.atleast_1d(asking).astype(np.uint64) * np.uint64(0xD1342543DE82EF95)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def distinct_rows(points: NDArray[Number]) -> tuple[NDArray[Number], NDArray[np.intp] | None]:
    """The different rows in order of first appearance, and for each row its place among them; None where all differ."""
    known: dict[bytes, int] = {}
    # Adding 0 turns −0 into 0, which has other bytes.
    of = np.array([known.setdefault(row.tobytes(), len(known)) for row in points + points.dtype.type(0)])
    if len(known) == len(points):
        return points, None
    return points[np.unique(of, return_index=True)[1]], of


def _from_differences(queries: NDArray[np.floating], points: NDArray[np.floating]) -> NDArray[np.floating]:
    found = queries[:, :1] - points[:, 0]
    found *= found
    for dimension in range(1, points.shape[1]):
        difference = queries[:, dimension, None] - points[:, dimension]
        difference *= difference
        found += difference
    return found


def _squares(points: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.einsum("ij,ij->i", points, points))
