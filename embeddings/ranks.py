"""Who is how near to whom: distances in blocks of items, and the nearest and the ranks in them.

One rule for ties wherever neighbours are counted: of equal distances the lower row comes first. Equal vectors are
exactly as far from everything, because their distances are worked out once and copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.metrics import find_metric
from embeddings.neighbours import Rows, told_apart
from embeddings.units import unit

Number = TypeVar("Number", bound=np.floating)
Distances = NDArray[np.float32]
Progress = Callable[[int, int], None]
# Distances held at once: 4 MB, which a processor's cache holds, and as much again for their order.
CELLS = 1_000_000
# More items than these are answered for by a random sample of as many.
MOST = 20_000
FLAT = 3


class Points:
    """Vectors of shape (n, d) made ready for the distances of one metric.

    Distances are only for order: 1 − cosine, squared Euclidean distance or −dot product, in float32. Cosines are worked
    out in float32, which tells apart what differs by about 10⁻⁷; the others in float64.

    Raises:
        EmbeddingError: there is no such metric.
    """

    def __init__(self, vectors: ArrayLike, metric: str) -> None:
        find_metric(metric)
        self.metric = metric
        self._mean = np.zeros(1)
        given = np.asarray(vectors)
        if metric == "Euclidean" and given.shape[1] > FLAT:
            self._mean = given.mean(axis=0, dtype=np.float64)
        points = self._ready(given)
        self._points = points
        self._distinct, self._of = distinct_rows(points)

    def __len__(self) -> int:
        return len(self._points)

    @property
    def distinct(self) -> int:
        """How many different vectors there are; under cosine, different directions."""
        return len(self._distinct)

    def among(self, rows: NDArray[np.integer]) -> Distances:
        """Distances of m rows to all n, shape (m, n); infinite to the row itself."""
        found = self._distances(self._points[rows])
        found[np.arange(len(rows)), rows] = np.inf
        return found

    def to(self, vectors: ArrayLike) -> Distances:
        """Distances of m further vectors to all n, shape (m, n)."""
        return self._distances(self._ready(np.asarray(vectors)))

    def _ready(self, vectors: NDArray[np.floating]) -> NDArray[np.floating]:
        if self.metric == "cosine":
            return unit(vectors)
        if vectors.shape[1] <= FLAT:
            return np.asarray(vectors, dtype=np.float32)
        return np.asarray(vectors - self._mean, dtype=np.float64)

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
        tied: bool of shape (m,): whether the k-th is as near as the next, so that the row decided.
    """

    rows: Rows
    tied: NDArray[np.bool_]


class Ranked:
    """A block of distances, shape (m, n), and who comes where in it."""

    def __init__(self, distances: Distances) -> None:
        self.distances = distances

    def first(self, k: int) -> Nearest:
        """The k nearest of each."""
        last = np.partition(self.distances, k - 1, axis=1)[:, k - 1 : k]
        near = self.distances <= last
        tied = np.count_nonzero(near, axis=1) > k
        for row in np.flatnonzero(tied):
            equal = np.flatnonzero(self.distances[row] == last[row])
            near[row, equal[k - np.count_nonzero(near[row]) :]] = False
        columns = (np.flatnonzero(near) % near.shape[1]).reshape(-1, k)
        order = np.argsort(np.take_along_axis(self.distances, columns, axis=1), axis=1, kind="stable")
        return Nearest(np.take_along_axis(columns, order, axis=1).astype(np.int32), tied)

    def ranks(self, columns: NDArray[np.integer]) -> NDArray[np.int64]:
        """The rank of some columns of each row, shape (m, k) as the columns; 1 is the nearest."""
        from embeddings.rank_counts import count_nearer

        ranks: NDArray[np.int64] = count_nearer(self.distances, columns)
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
    found = [Ranked(points.among(part)).first(k) for part in blocks(rows, len(points), on_progress)]
    return Nearest(np.concatenate([each.rows for each in found]), np.concatenate([each.tied for each in found]))


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
