"""One point of a map: its true, false and missing neighbours, and how far everything truly is from it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.metrics import METRICS, find_metric
from embeddings.projections.base import Layout
from embeddings.ranks import UNRELATED, Points, Rows, check_k
from embeddings.space import Space
from embeddings.trust.kept import as_near


class PointTrust(NamedTuple):
    """The neighbours of one point in the space and on the map; rows nearest first.

    Attributes:
        true: its k nearest in the space, int32 of shape (k,); fewer where fewer have anything in common with it.
        shown: its k nearest on the map, shape (k,).
        kept: those of `true` that the map shows.
        missing: those of `true` that it does not, wherever it put them.
        false: those of `shown` that are not true neighbours.
        true_ranks: the rank in the space of each of `shown`, shape (k,); n − 1 for what has nothing in common with it.
        map_ranks: the rank on the map of each of `true`, of the same shape.
        scores: of all items with the point in the metric's own unit and direction, shape (n,).
    """

    true: Rows
    shown: Rows
    kept: Rows
    missing: Rows
    false: Rows
    true_ranks: NDArray[np.int64]
    map_ranks: NDArray[np.int64]
    scores: NDArray[np.float64]


def point_trust(space: Space, layout: Layout, row: int, *, k: int = 15, metric: str = "cosine") -> PointTrust:
    """Look at one point, quick enough for a click; ties as in `trust`.

    Raises:
        EmbeddingError: there are not more than k items, or there is no such metric.
        ValueError: the map has another number of points, or there is no such row.
    """
    n = len(space)
    check_k(k, n, most=n - 1)
    if len(layout.coordinates) != n or not 0 <= row < n:
        raise ValueError(f"map and space must hold row {row}, got {len(layout.coordinates)} points and {n} items")
    at = np.array([row])
    original = Points(space.vectors, metric).related(at)
    drawn = Points(layout.coordinates, "Euclidean").ranked(at)
    shown = drawn.first(k).rows
    # Of equally near true neighbours those count that the map shows.
    then = drawn.distances.copy()
    then[0, shown] = -1
    true, _, listed = original.first(k, then=then)
    found = np.take_along_axis(original.distances, shown, axis=1)
    true, shown, near = true[listed < UNRELATED], shown[0], as_near(found, listed, original.metric)[0]
    true_ranks = original.ranks(shown[None])[0]
    true_ranks = np.select([near, found[0] < UNRELATED], [np.minimum(true_ranks, k), true_ranks], n - 1)
    map_ranks, kept = drawn.ranks(true[None])[0], np.isin(true, shown)
    return PointTrust(
        true,
        shown,
        true[kept],
        true[~kept],
        shown[~near],
        true_ranks,
        np.where(kept, np.minimum(map_ranks, k), np.maximum(map_ranks, k + 1)),
        find_metric(metric).scores(space, space.vectors[row]),
    )


def distances(point: PointTrust, *, metric: str) -> NDArray[np.float32]:
    """True distances to a point, smaller is nearer; shape (n,)."""
    if metric == "cosine":
        return np.asarray(1 - point.scores, dtype=np.float32)
    return np.array(-point.scores if METRICS[metric].larger_is_closer else point.scores, dtype=np.float32)
