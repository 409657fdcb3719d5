"""Putting a new vector on an existing map, and saying how far it is from everything."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.metrics import Scores
from embeddings.neighbours import nearest
from embeddings.projections.base import Coordinates, Layout
from embeddings.space import Space, Vectors


class Placement(NamedTuple):
    """Where a new vector lands on a map.

    Attributes:
        coordinates: shape (dims,).
        exact: true for a linear map; otherwise the place is a weighted mean of its neighbours' places.
        nearest_row: the item nearest to it in the original space.
        distance: its distance to that item, in the unit of the graph.
        remoteness: share of the items that have a nearer nearest neighbour than it has, 0 to 1; near 1 means that
            it is unlike everything in the collection and its place means little. Of a text among pictures it says
            nothing, because no text is as near to a picture as pictures are to each other.
    """

    coordinates: Coordinates
    exact: bool
    nearest_row: int
    distance: float
    remoteness: float


def place(space: Space, layout: Layout, graph: KnnGraph, vector: Vectors, *, k: int = 10) -> Placement:
    """Place a vector of the space on a map: exactly where the map is linear, else by its k nearest neighbours.

    The weights are 1 / distance, 0 for what has nothing in common with the vector where anything has; a vector equal to
    an item takes that item's place.

    Raises:
        EmbeddingError: everything is equally near to it.
    """
    found = nearest(space, vector, k=k, metric=graph.metric)
    if not len(found.rows):
        raise EmbeddingError("Everything is equally near to this, so it has no place on the map.")
    distances = _as_distances(found.scores, graph.metric)
    if layout.linear is not None:
        coordinates = (vector - layout.linear.mean) @ layout.linear.axes.T
    else:
        weights = 1 / (distances - min(0.0, float(distances[0])) + 1e-6 * (float(np.abs(distances).max()) or 1.0))
        if graph.metric != "Euclidean" and space.vectors.min() >= 0 and found.scores[0] > 0:
            weights *= found.scores > 0
        coordinates = np.average(layout.coordinates[found.rows], axis=0, weights=weights)
    remoteness = float((graph.distances[:, 0] < distances[0]).mean())
    return Placement(
        coordinates.astype(np.float32), layout.linear is not None, int(found.rows[0]), float(distances[0]), remoteness
    )


def _as_distances(scores: Scores, metric: str) -> Scores:
    if metric == "cosine":
        return np.clip(1 - scores, 0, 2)
    return scores if metric == "Euclidean" else -scores
