"""Clusters on a map: where to put their names, and outlines around them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import Clustering, Rows
from embeddings.projections.base import Coordinates, Layout

Polygon = NDArray[np.float32]
SHARE = 0.9
GRID = 160
MARGIN = 0.1
WIDTHS = (2.0, 16.0)


class Peaks(NamedTuple):
    """Where each cluster is densest on a map: the place for its name.

    Attributes:
        rows: the item there, shape (k,).
        places: its coordinates, float32 of shape (k, dims).
    """

    rows: Rows
    places: Coordinates


def peaks(layout: Layout, clustering: Clustering) -> Peaks:
    """For each cluster the item whose ⌈√m⌉-th nearest of its m items is nearest on the map; ties: the lowest row.

    Raises:
        ValueError: map and clustering are of different numbers of items.
    """
    _check(layout, clustering)
    rows = [clustering.members(each) for each in range(clustering.count)]
    densest = np.array(
        [members[_crowding(layout.coordinates[members]).argmin()] for members in rows], dtype=np.intp
    ).reshape(-1)
    return Peaks(densest, layout.coordinates[densest])


def hulls(layout: Layout, clustering: Clustering, *, share: float = SHARE) -> tuple[Polygon, ...]:
    """For each cluster the convex hull of the densest share of its items on a map in 2 dimensions.

    Corners in order, float32 of shape (p, 2), the first not repeated; shape (0, 2) for fewer than 3 items or items on
    one line. A cluster torn apart by the map has a hull that covers what lies between: contours do not.

    Raises:
        ValueError: the map has 3 dimensions or another number of items, or the share is not above 0 and at most 1.
    """
    _check(layout, clustering, share)
    return tuple(
        hull(_densest(layout.coordinates[clustering.members(each)], share)) for each in range(clustering.count)
    )


def hull(places: Coordinates) -> Polygon:
    """The corners of the convex hull of places in 2 dimensions, in order; shape (0, 2) where they lie on one line."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        corners: Polygon = places[ConvexHull(places).vertices]
    except (QhullError, ValueError):
        return np.empty((0, 2), dtype=np.float32)
    return corners


def contours(layout: Layout, clustering: Clustering, *, share: float = SHARE) -> tuple[tuple[Polygon, ...], ...]:
    """For each cluster the outlines of the smallest region that holds about this share of its items.

    Highest-density regions (Hyndman 1996) of a count on a grid of 160 × 160, smoothed by the median distance to an
    item's ⌈√m⌉-th nearest; one polygon for each island, the first corner repeated at the end. Holes
    are polygons of their own.

    Raises:
        ValueError: as `hulls`.
    """
    _check(layout, clustering, share)
    grid = _Grid(layout.coordinates)
    return tuple(grid.outlines(layout.coordinates[clustering.members(each)], share) for each in range(clustering.count))


def _densest(places: Coordinates, share: float) -> Coordinates:
    return places[np.argsort(_crowding(places), kind="stable")[: max(3, round(share * len(places)))]]


def _check(layout: Layout, clustering: Clustering, share: float | None = None) -> None:
    if len(layout.coordinates) != len(clustering):
        raise ValueError(f"labels must be those of {len(layout.coordinates)} items, got {len(clustering)}")
    if share is not None and (layout.dims != 2 or not 0 < share <= 1):
        raise ValueError(f"needs 2 dimensions and a share in (0, 1], got {layout.dims} and {share}")


def _crowding(places: Coordinates) -> NDArray[np.float64]:
    """Distance of each place to its ⌈√m⌉-th nearest of m, itself not counted; smaller is denser."""
    from sklearn.neighbors import NearestNeighbors

    m = len(places)
    if m < 2:
        return np.zeros(m)
    k = min(m - 1, int(np.ceil(np.sqrt(m))))
    distances = NearestNeighbors(n_neighbors=k).fit(places).kneighbors()[0]
    return np.asarray(distances[:, -1], dtype=np.float64)


class _Grid:
    """A grid over the whole map, on which the items of a cluster are counted and smoothed."""

    def __init__(self, places: Coordinates) -> None:
        low, high = places.min(axis=0), places.max(axis=0)
        span = np.maximum(high - low, 1e-6)
        self._low = (low - MARGIN * span).astype(np.float64)
        self._cell = (span * (1 + 2 * MARGIN)).astype(np.float64) / (GRID - 1)

    def outlines(self, places: Coordinates, share: float) -> tuple[Polygon, ...]:
        from scipy.ndimage import gaussian_filter
        from skimage.measure import find_contours

        cells = np.rint((places - self._low) / self._cell).astype(np.intp)
        counts = np.zeros((GRID, GRID))
        np.add.at(counts, (cells[:, 0], cells[:, 1]), 1)
        width = np.clip(np.median(_crowding((places / self._cell).astype(np.float32))), *WIDTHS)
        density = gaussian_filter(counts, width, mode="constant")
        # Just under the density of the last item inside, so that even a single item has an outline around it.
        level = 0.99 * np.quantile(density[cells[:, 0], cells[:, 1]], 1 - share)
        found = find_contours(np.pad(density, 1), level)
        return tuple((self._low + (outline - 1) * self._cell).astype(np.float32) for outline in found)
