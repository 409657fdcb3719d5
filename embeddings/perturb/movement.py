"""How far changed items move: rank of the original, cosine, and neighbours kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval, wilson
from embeddings.ranks import Points, Progress, Ranked, blocks, check_k, nearest_rows
from embeddings.space import Space
from embeddings.units import unit


class Movement(NamedTuple):
    """What a change did to m items.

    Attributes:
        rows: the originals, shape (m,).
        cosines: of the changed item with its original, float32 of shape (m,); larger is nearer.
        ranks: rank of the original among the neighbours of the changed item, int64 of shape (m,); 1: the changed item
            still lies nearest to its original. Of equal distances the lower row comes first, copies included.
        kept: share of the original's k neighbours that are neighbours of the changed item too, the original left out of
            both, float32 of shape (m,).
        nearest: cosine of the original with its nearest neighbour, the yardstick for `cosines`, shape (m,).
    """

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    ranks: NDArray[np.int64]
    kept: NDArray[np.float32]
    nearest: NDArray[np.float32]


class MovementSummary(NamedTuple):
    """The same over a collection; medians are not a number where nothing changed.

    Attributes:
        changed: how many items the change altered; the others are left out of all figures.
        untouched: how many it left as they are.
        cosine: median cosine with the original.
        rank: median rank of the original.
        recognised: share of items with rank 1, with its 95 % Wilson interval.
        kept: mean share of neighbours kept.
        farther: share of items that moved farther from their original than its nearest neighbour lies, 0 to 1.
    """

    changed: int
    untouched: int
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
    before = nearest_rows(points, k, of=originals).rows
    ranks, after = [], []
    for part in blocks(np.arange(len(originals)), len(space), on_progress):
        own = originals[part]
        distances = points.to(vectors[part])
        ranks.append(Ranked(distances).ranks(own[:, None])[:, 0])
        distances[np.arange(len(part)), own] = np.inf
        after.append(Ranked(distances).first(k).rows)
    shared = (before[:, :, None] == np.concatenate(after)[:, None, :]).any(axis=2)
    units = unit(space.vectors[originals])
    nearest = unit(space.vectors[nearest_rows(Points(space.vectors, "cosine"), 1, of=originals).rows[:, 0]])
    return Movement(
        originals,
        np.asarray(np.einsum("ij,ij->i", units, unit(vectors))),
        np.concatenate(ranks),
        shared.mean(axis=1).astype(np.float32),
        np.asarray(np.einsum("ij,ij->i", units, nearest)),
    )


def movement_summary(found: Movement, changed: ArrayLike | None = None) -> MovementSummary:
    """One row of the table over a collection.

    Args:
        found: of the items.
        changed: bool of shape (m,): which items the change altered; all by default.
    """
    marks = np.ones(len(found.rows), dtype=bool) if changed is None else np.asarray(changed, dtype=bool)
    count = int(marks.sum())
    if not count:
        nothing = float("nan")
        return MovementSummary(0, len(marks), nothing, nothing, wilson(0, 0), nothing, nothing)
    cosines, ranks = found.cosines[marks], found.ranks[marks]
    return MovementSummary(
        count,
        len(marks) - count,
        float(np.median(cosines)),
        float(np.median(ranks)),
        wilson(int((ranks == 1).sum()), count),
        float(found.kept[marks].mean()),
        float((cosines < found.nearest[marks]).mean()),
    )


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
