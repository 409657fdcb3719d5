"""One point of a map: its true, false and missing neighbours, and how far everything truly is from it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.metrics import find_metric
from embeddings.neighbours import Rows
from embeddings.projections.base import Layout
from embeddings.ranks import Points, Ranked, check_k
from embeddings.space import Space


class PointTrust(NamedTuple):
    """The neighbours of one point in the space and on the map; rows nearest first.

    Attributes:
        true: its k nearest in the space, int32 of shape (k,).
        shown: its k nearest on the map, shape (k,).
        kept: those of `true` that the map shows.
        missing: those of `true` that it does not, wherever it put them.
        false: those of `shown` that are not true neighbours.
        true_ranks: the rank in the space of each of `shown`, shape (k,).
        map_ranks: the rank on the map of each of `true`, shape (k,).
        scores: of all items with the point in the metric's own unit and direction, shape (n,).
    """

    true: Rows
    shown: Rows
    kept: Rows
    missing: Rows
    false: Rows
    true_ranks: NDArray[np.int64]
    map_ranks: NDArray[np.int64]
    scores: NDArray[np.float32]


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
    original = Ranked(Points(space.vectors, metric).among(at))
    drawn = Ranked(Points(layout.coordinates, "Euclidean").among(at))
    true, shown = original.first(k).rows[0], drawn.first(k).rows[0]
    shared = np.isin(true, shown)
    return PointTrust(
        true,
        shown,
        true[shared],
        true[~shared],
        shown[~np.isin(shown, true)],
        original.ranks(shown[None])[0],
        drawn.ranks(true[None])[0],
        find_metric(metric).scores(space, space.vectors[row]),
    )
