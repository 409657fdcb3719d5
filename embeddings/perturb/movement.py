"""How far changed items move: rank of the original, cosine, and neighbours kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval, wilson
from embeddings.ranks import Distances, Points, Progress, Ranked, blocks, check_k, nearest_rows, told_apart, told_rows
from embeddings.space import Space
from embeddings.units import unit


class Movement(NamedTuple):
    """What a change did to m items.

    Attributes:
        rows: the originals, shape (m,).
        cosines: of the changed item with its original, float32 of shape (m,); larger is nearer.
        ranks: rank of the original among the neighbours of the changed item, float64 of shape (m,); 1: nothing lies
            nearer to the changed item. Last where it is no nearer than the farthest; not a number where all items are
            equally near, as to a vector of length zero.
        had: how many of the original's k nearest are nearer than what is equally far in plenty, int64 of shape (m,):
            its neighbours. 0: it has none, so nothing can be said of it.
        kept: share of those that are neighbours of the changed item too, the original left out of both, float32 of
            shape (m,); not a number without a rank or without neighbours.
        nearest: cosine of the original with its nearest neighbour, the yardstick for `cosines`, shape (m,).
    """

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    ranks: NDArray[np.float64]
    had: NDArray[np.int64]
    kept: NDArray[np.float32]
    nearest: NDArray[np.float32]


class MovementSummary(NamedTuple):
    """The same over a collection; medians are not a number where nothing changed.

    Attributes:
        changed: how many items with neighbours the change altered; the others are left out of all figures.
        untouched: how many it left as they are.
        alone: how many have no neighbours before the change.
        lost: how many have no nearest item any more once they are changed: they keep nothing.
        cosine: median cosine with the original.
        rank: median rank of the original, without the lost ones.
        recognised: share of items with rank 1, with its 95 % Wilson interval.
        kept: mean share of neighbours kept.
        farther: share of items that moved farther from their original than its nearest neighbour lies, 0 to 1.
    """

    changed: int
    untouched: int
    alone: int
    lost: int
    cosine: float
    rank: float
    recognised: Interval
    kept: float
    farther: float


def movement(
    space: Space,
    rows: ArrayLike,
    moved: ArrayLike,
    *,
    k: int = 10,
    metric: str = "cosine",
    on_progress: Progress | None = None,
) -> Movement:
    """Compare changed items with their originals among all items of the space; one row is quick enough to be live.

    Args:
        space: holds the originals.
        rows: of the originals, shape (m,).
        moved: vectors of the changed items by the same encoder, shape (m, d).
        k: how many neighbours count.
        metric: of ranks and neighbours; cosines are cosines.
        on_progress: called with (done, total) items; raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: the vectors have another dimension or are not finite, or k is too large.
        ValueError: the numbers of rows and vectors differ.
    """
    originals, vectors = np.asarray(rows, dtype=np.int64), np.asarray(moved, dtype=np.float32)
    _check(space, originals, vectors)
    check_k(k, len(space), most=len(space) - 1)
    points = Points(space.vectors, metric)
    ranks, had, shared = [], [], []
    for part in blocks(np.arange(len(originals)), len(space), on_progress):
        own = originals[part]
        distances = points.to(vectors[part])
        ranks.append(_ranks(distances, own))
        distances[np.arange(len(part)), own] = np.inf
        before, after = (told_rows(each, k) for each in (points.among(own), distances))
        had.append((before >= 0).sum(axis=1))
        shared.append(((before[:, :, None] == after[:, None, :]) & (before >= 0)[:, :, None]).sum(axis=(1, 2)))
    rank, count = np.concatenate(ranks), np.concatenate(had)
    kept = np.concatenate(shared) / np.where((count > 0) & ~np.isnan(rank), count, np.nan)
    units = unit(space.vectors[originals])
    by_cosine = points if metric == "cosine" else Points(space.vectors, "cosine")
    nearest = unit(space.vectors[nearest_rows(by_cosine, 1, of=originals).rows[:, 0]])
    return Movement(
        originals,
        np.asarray(np.einsum("ij,ij->i", units, unit(vectors))),
        rank,
        count,
        kept.astype(np.float32),
        np.asarray(np.einsum("ij,ij->i", units, nearest)),
    )


def movement_summary(found: Movement, changed: ArrayLike | None = None) -> MovementSummary:
    """One row of the table over a collection.

    Args:
        found: of the items.
        changed: bool of shape (m,): which items the change altered; all by default.
    """
    marks = np.ones(len(found.rows), dtype=bool) if changed is None else np.asarray(changed, dtype=bool)
    untouched, alone = int((~marks).sum()), int((marks & (found.had == 0)).sum())
    marks = marks & (found.had > 0)
    count = int(marks.sum())
    if not count:
        nothing = float("nan")
        return MovementSummary(0, untouched, alone, 0, nothing, nothing, wilson(0, 0), nothing, nothing)
    cosines, ranks = found.cosines[marks], found.ranks[marks]
    lost = np.isnan(ranks)
    return MovementSummary(
        count,
        untouched,
        alone,
        int(lost.sum()),
        float(np.median(cosines)),
        float(np.median(ranks[~lost])) if not lost.all() else float("nan"),
        wilson(int((ranks == 1).sum()), count),
        float(np.where(lost, 0, found.kept[marks]).mean()),
        float((cosines < found.nearest[marks]).mean()),
    )


def _ranks(distances: Distances, own: NDArray[np.int64]) -> NDArray[np.float64]:
    """Rank of one column of each row; see `Movement`."""
    nearer = Ranked(distances).ranks(own[:, None])[:, 0] - 1
    told = told_apart(distances, own[:, None])[:, 0]
    any_told = told_apart(distances, distances.argmin(axis=1)[:, None])[:, 0]
    return np.where(any_told, np.where(told, 1.0 + nearer, distances.shape[1]), np.nan)


def _check(space: Space, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
    if rows.ndim != 1 or not len(rows) or vectors.ndim != 2 or len(vectors) != len(rows):
        raise ValueError(f"moved must hold a vector for each of the rows {rows.shape}, got {vectors.shape}")
    if vectors.shape[1] != space.dimension:
        raise EmbeddingError(
            f"A changed item has a vector of {vectors.shape[1]} numbers, this space has {space.dimension}: "
            "both must come from the same encoder."
        )
    if not np.isfinite(vectors).all():
        raise EmbeddingError("The vector of a changed item holds a value that is not a finite number.")
