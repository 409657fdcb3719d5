"""Groups of items: a table of methods and one function that runs them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from embeddings.clusters.base import NOISE, Clustering, ClusteringSpec, CondensedTree, Labels, Points, Progress
from embeddings.clusters.methods import CLUSTERINGS, find_clustering
from embeddings.clusters.points import check_points, points_of, straight
from embeddings.clusters.running import doubts, run, settings
from embeddings.clusters.scores import ClusterScores, score_labels
from embeddings.clusters.trees import cut
from embeddings.graph import KnnGraph
from embeddings.projections.base import Coordinates, Layout
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


class Scored(NamedTuple):
    """Clusters, and how well they are separated."""

    clustering: Clustering
    scores: ClusterScores


def cluster_scored(
    space: Space,
    method: str,
    *,
    tree: Clustering | None = None,
    on_progress: Progress | None = None,
    **settings: Any,
) -> Scored:
    """Clusters of a space with their scores; with its tree, see `merges`, nothing is merged again. See `cluster`."""
    if tree is not None:
        return _cut(points_of(space, str(tree.params["metric"])), tree, settings)
    found = cluster(space, method, on_progress=on_progress, **settings)
    return Scored(found, score_labels(points_of(space, str(found.params["metric"])).vectors, found.labels))


def cluster_map_scored(
    layout: Layout,
    method: str,
    *,
    tree: Clustering | None = None,
    on_progress: Progress | None = None,
    **settings: Any,
) -> Scored:
    """The same of the places on a map."""
    if tree is not None:
        return _cut(straight(layout.coordinates), tree, settings)
    found = cluster_map(layout, method, on_progress=on_progress, **settings)
    return Scored(found, score_labels(straight(layout.coordinates).vectors, found.labels))


def merges(space: Space, method: str, *, on_progress: Progress | None = None, **settings: Any) -> Clustering:
    """The tree of a method that merges, cut into two, with the notes that hold for every cut."""
    return _without_doubts(cluster(space, method, clusters=2, on_progress=on_progress, **settings))


def map_merges(layout: Layout, method: str, *, on_progress: Progress | None = None, **settings: Any) -> Clustering:
    """The same of the places on a map."""
    return _without_doubts(cluster_map(layout, method, clusters=2, on_progress=on_progress, **settings))


def cluster_like(places: Coordinates, clustering: Clustering, *, on_progress: Progress | None = None) -> Labels:
    """The labels that the method of a clustering gives, with the same settings, to places on a map."""
    params: dict[str, Any] = {**clustering.params, "metric": "Euclidean"}
    if "clusters" in params:
        params["clusters"] = max(2, clustering.count)
    layout = Layout(places, "given", {}, 0)
    return cluster_map(layout, clustering.method, seed=clustering.seed, on_progress=on_progress, **params).labels


def _cut(points: Points, tree: Clustering, settings: dict[str, Any]) -> Scored:
    clusters = int(settings["clusters"])
    check_points(points, clusters)
    found = cut(tree, clusters=clusters)
    found = replace(found, notes=(*tree.notes, *found.notes))
    return Scored(found, score_labels(points.vectors, found.labels))


def _without_doubts(tree: Clustering) -> Clustering:
    of_this_cut = doubts(tree.labels, tree.method, 2)
    return replace(tree, notes=tuple(note for note in tree.notes if note not in of_this_cut))
