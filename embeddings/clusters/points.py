"""Vectors made ready for clustering, and what cannot be clustered."""

from __future__ import annotations

from embeddings.clusters.base import Clustering, Points
from embeddings.errors import EmbeddingError
from embeddings.neighbours import KnnGraph
from embeddings.space import Space, Vectors
from embeddings.units import unit

DISTANCES = ("cosine", "Euclidean")


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
    return Points(unit(space.vectors) if metric == "cosine" else space.vectors, metric, graph)


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
        EmbeddingError: there is one item only, all items are alike, or there are more clusters than different items.
    """
    n = len(points.vectors)
    if n < 2:
        raise EmbeddingError(f"Clusters need at least 2 items, this collection has {n}.")
    if clusters is not None and clusters > n:
        raise EmbeddingError(
            f"There cannot be more clusters than items: {clusters} were asked for, this collection has {n}."
        )
    different = _different(points.vectors, clusters or 2)
    if different == 1:
        raise EmbeddingError(f"All {n} items have the same vector here, so there are no clusters to find.")
    if clusters is not None and different < clusters:
        raise EmbeddingError(
            f"There cannot be more clusters than different vectors: {clusters} were asked for, "
            f"the {n} items have {different}."
        )


def _different(vectors: Vectors, enough: int) -> int:
    """How many different vectors there are, counted up to `enough`."""
    seen: set[bytes] = set()
    for vector in vectors:
        seen.add(vector.tobytes())
        if len(seen) == enough:
            break
    return len(seen)
