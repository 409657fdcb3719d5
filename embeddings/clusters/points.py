"""Vectors made ready for clustering, and what cannot be clustered."""

from __future__ import annotations

import numpy as np

from embeddings.clusters.base import Clustering, Points
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.ranks import distinct_rows
from embeddings.space import Space, Vectors
from embeddings.units import scale_of, scaled, unit

DISTANCES = ("cosine", "Euclidean")
# Unit vectors of one direction differ by about as much in float32.
ROUNDING = 1e-6


def points_of(space: Space, metric: str, graph: KnnGraph | None = None) -> Points:
    """The vectors of a space as they are clustered.

    Cosine means vectors brought to length 1: their squared Euclidean distance is 2 − 2 cosine, so near is the same.

    Raises:
        EmbeddingError: the metric is no distance.
        ValueError: the graph is of another metric or another number of items.
    """
    check_metric(metric)
    if graph is not None and (graph.metric != metric or len(graph.rows) != len(space)):
        raise ValueError(
            f"graph must be of metric {metric} and n = {len(space)} items, got {graph.metric} and {len(graph.rows)}"
        )
    if metric == "cosine":
        return Points(unit(space.vectors), metric, graph)
    return straight(space.vectors, graph)


def straight(vectors: Vectors, graph: KnnGraph | None = None) -> Points:
    """Vectors, or places on a map, as they are clustered by Euclidean distance."""
    return Points(scaled(vectors), "Euclidean", graph, scale_of(vectors))


def clustered_points(space: Space, clustering: Clustering) -> Points:
    """The vectors of a space as a clustering of it saw them.

    Raises:
        ValueError: the clustering is of another number of items.
    """
    if len(clustering) != len(space):
        raise ValueError(f"labels must be those of n = {len(space)} items, got {len(clustering)}")
    return points_of(space, str(clustering.params["metric"]))


def check_metric(metric: str) -> None:
    """Hold a metric against those that clusters can be made with.

    Raises:
        EmbeddingError: the metric is no distance.
    """
    if metric not in DISTANCES:
        raise EmbeddingError(f"Clusters need a distance, and “{metric}” is none; choose {' or '.join(DISTANCES)}.")


def check_points(points: Points, clusters: int | None = None) -> None:
    """Hold points against what a clustering needs.

    Raises:
        EmbeddingError: there is one item only, all items are alike, or there are more clusters than different vectors.
    """
    n = len(points.vectors)
    if n < 2:
        raise EmbeddingError(f"Clusters need at least 2 items, this collection has {n}.")
    if clusters is not None and clusters > n:
        raise EmbeddingError(
            f"There cannot be more clusters than items: {clusters} were asked for, this collection has {n}."
        )
    different = count_different(points, clusters or 2)
    kind = "direction" if points.metric == "cosine" else "vector"
    if different == 1:
        raise EmbeddingError(f"All {n} items have the same {kind} here, so nothing tells them apart.")
    if clusters is not None and different < clusters:
        raise EmbeddingError(
            f"There cannot be more clusters than different {kind}s: {clusters} were asked for, "
            f"the {n} items have {different}."
        )


def count_different(points: Points, enough: int) -> int:
    """How many different vectors there are, counted up to `enough`; directions that differ by rounding are one."""
    vectors = points.vectors
    if points.metric != "cosine":
        return min(enough, len(distinct_rows(vectors)[0]))
    axis = np.random.default_rng(0).standard_normal((vectors.shape[1], 1), dtype=np.float32)
    along = np.sort((vectors @ (axis / np.linalg.norm(axis)))[:, 0])
    # What lies apart on one axis is different, so that only the rare rest is compared one by one.
    if int((np.diff(along) > ROUNDING).sum()) + 1 >= enough:
        return enough
    found, left = 0, vectors
    while len(left) and found < enough:
        left = left[np.linalg.norm(left - left[0], axis=1) > ROUNDING]
        found += 1
    return found
