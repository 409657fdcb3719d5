"""Which points of a map lie inside a shape drawn on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Polygon = Sequence[Sequence[float]]
_BLOCK = 2_000_000


def inside(polygon: Polygon, coordinates: ArrayLike) -> NDArray[np.bool_]:
    """For each point, whether it lies inside the polygon, by the even-odd rule.

    The polygon closes itself and may cross itself: a part that its outline encircles twice is outside. A point on the
    outline may fall on either side, but never inside two polygons that share an edge. Fewer than three corners hold
    nothing.

    Args:
        polygon: m corners (x, y) in order.
        coordinates: shape (n, 2); further columns are not looked at.
    """
    corners = np.asarray(polygon, dtype=np.float64)
    points = np.asarray(coordinates, dtype=np.float64)[:, :2]
    mask = np.zeros(len(points), dtype=np.bool_)
    if len(corners) < 3:
        return mask
    low, high = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    block = max(1, _BLOCK // len(corners))
    for start in range(0, len(near), block):
        rows = near[start : start + block]
        mask[rows] = _crossings_to_the_right(corners, points[rows]) % 2 == 1
    return mask


def box(x0: float, x1: float, y0: float, y1: float) -> list[tuple[float, float]]:
    """The four corners of a rectangle, in order."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _crossings_to_the_right(corners: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.intp]:
    x, y = points[:, :1], points[:, 1:]
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    spans = (y0 > y) != (y1 > y)
    height = np.where(y1 == y0, 1.0, y1 - y0)
    crosses = x < x0 + (x1 - x0) * (y - y0) / height
    crossings: NDArray[np.intp] = np.count_nonzero(spans & crosses, axis=1)
    return crossings
