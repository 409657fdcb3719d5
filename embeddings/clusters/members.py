"""Centres of clusters, and the items that show best what is in them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import NOISE, Clustering, Points, Rows
from embeddings.clusters.points import clustered_points
from embeddings.space import Space, Vectors

CENTRAL = 0.5


class Typical(NamedTuple):
    """Items of one cluster.

    Attributes:
        nearest: rows of those nearest to the centre, nearest first.
        spread: rows of those as different as possible among its central half: the nearest, then each time the one
            farthest from all before it (Gonzalez 1985).
    """

    nearest: Rows
    spread: Rows


def centres(space: Space, clustering: Clustering) -> Vectors:
    """Mean vector of each cluster, float32 of shape (k, d); of unit vectors where clusters are by cosine.

    Raises:
        ValueError: the clustering is of another number of items.
    """
    points = clustered_points(space, clustering)
    return (_centres(points, clustering) / points.scale).astype(np.float32)


def typical(space: Space, clustering: Clustering, *, count: int = 5) -> tuple[Typical, ...]:
    """For each cluster up to `count` items nearest to its centre, and as many spread out; of equal ones the lower row.

    Raises:
        ValueError: the clustering is of another number of items.
    """
    points = clustered_points(space, clustering)
    middle = _centres(points, clustering).astype(np.float32)
    return tuple(
        _typical(points.vectors, clustering.members(each), middle[each], count) for each in range(clustering.count)
    )


def _centres(points: Points, clustering: Clustering) -> NDArray[np.float64]:
    sums = np.zeros((clustering.count, points.vectors.shape[1]))
    clustered = clustering.labels != NOISE
    np.add.at(sums, clustering.labels[clustered], points.vectors[clustered])
    return np.asarray(sums / clustering.sizes[:, None])


def _typical(vectors: Vectors, rows: Rows, centre: Vectors, count: int) -> Typical:
    ordered = rows[np.argsort(np.linalg.norm(vectors[rows] - centre, axis=1), kind="stable")]
    central = ordered[: max(count, round(CENTRAL * len(rows)))]
    return Typical(ordered[:count], central[_farthest_first(vectors[central], count)])


def _farthest_first(vectors: Vectors, count: int) -> Rows:
    """Places of up to `count` vectors: the first, then each time the farthest from its nearest chosen one."""
    chosen = [0]
    apart = np.linalg.norm(vectors - vectors[0], axis=1)
    while len(chosen) < min(count, len(vectors)):
        apart[chosen[-1]] = -1
        chosen.append(int(apart.argmax()))
        apart = np.minimum(apart, np.linalg.norm(vectors - vectors[chosen[-1]], axis=1))
        apart[chosen] = -1
    return np.array(chosen, dtype=np.intp)
