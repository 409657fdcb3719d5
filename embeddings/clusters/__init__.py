"""Groups of items: a table of methods and one function that runs them."""

from __future__ import annotations

from dataclasses import replace

from embeddings.clusters.base import NOISE, Clustering, ClusteringSpec, CondensedTree, Progress
from embeddings.clusters.methods import CLUSTERINGS, find_clustering
from embeddings.clusters.points import points_of, straight
from embeddings.clusters.running import run, settings
from embeddings.graph import KnnGraph
from embeddings.projections.base import Layout
from embeddings.space import Space

__all__ = [
    "CLUSTERINGS",
    "NOISE",
    "Clustering",
    "ClusteringSpec",
    "CondensedTree",
    "cluster",
    "cluster_map",
    "find_clustering",
]

OF_THE_MAP = (
    "These are clusters of the map, not of the vectors: a map can tear groups apart and put others side by side."
)


def cluster(
    space: Space,
    method: str = "K-means",
    *,
    seed: int = 0,
    graph: KnnGraph | None = None,
    on_progress: Progress | None = None,
    **params: float | str,
) -> Clustering:
    """Group the items of a space, in the original space.

    Cosine means vectors brought to length 1; a vector of length zero then stays in the middle, as far from all others.

    Args:
        space: at least 2 items.
        method: a name in CLUSTERINGS.
        seed: fixes all random steps.
        graph: the shared neighbour graph of the same metric; made here when it is needed and not given.
        on_progress: told (done, total); may raise `Cancelled`.
        params: settings of the method by their own names, and `metric`: `"cosine"` or `"Euclidean"`.

    Raises:
        EmbeddingError: unknown method, setting or metric, a setting out of range, fewer than 2 items, more than the
            method can take, all items alike, or more clusters than different items.
        ValueError: the graph does not belong to the space and metric.
    """
    used, metric = settings(method, params, find_clustering(method).metric)
    return run(points_of(space, metric, graph), method, used, seed, on_progress)


def cluster_map(
    layout: Layout,
    method: str = "K-means",
    *,
    seed: int = 0,
    on_progress: Progress | None = None,
    **params: float | str,
) -> Clustering:
    """Group the places on a map by Euclidean distance; the result's first note warns of it. See `cluster`."""
    used, _ = settings(method, {"metric": "Euclidean", **params}, "Euclidean")
    found = run(straight(layout.coordinates), method, used, seed, on_progress)
    return replace(found, notes=(OF_THE_MAP, *found.notes))
