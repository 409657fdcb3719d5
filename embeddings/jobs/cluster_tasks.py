"""What workers do for clusters: each function takes and returns plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters import Clustering, cluster, cluster_map
from embeddings.clusters.base import Points
from embeddings.clusters.counts import CountScores, how_many
from embeddings.clusters.points import check_points, points_of, straight
from embeddings.clusters.scores import ClusterScores, score_labels
from embeddings.clusters.trees import cut
from embeddings.graph import KnnGraph
from embeddings.jobs.running import reporter
from embeddings.jobs.tasks import kept_space
from embeddings.projections import Layout

Found = tuple[Clustering, ClusterScores]


class Tree(NamedTuple):
    """A tree of merges that was made before, and what is to be said of all its cuts."""

    merges: NDArray[np.float64]
    notes: tuple[str, ...]


class Asked(NamedTuple):
    """How clusters are asked for; `params` are the method's settings, and the metric."""

    method: str
    seed: int
    params: Mapping[str, float | str]


def find_clusters(
    reference: tuple[str, str, str], shared: KnnGraph | None, asked: Asked, tree: Tree | None, topic: str
) -> Found:
    """Clusters of a kept space, and how well they are separated."""
    space, report = kept_space(*reference), reporter(topic)
    method, seed, params = asked
    if tree is not None:
        return _cut(points_of(space, str(params.get("metric", "cosine"))), asked, tree)
    found = cluster(space, method, seed=seed, graph=shared, on_progress=report, **params)  # type: ignore[arg-type]
    return found, score_labels(points_of(space, str(found.params["metric"])).vectors, found.labels)


def find_map_clusters(layout: Layout, asked: Asked, tree: Tree | None, topic: str) -> Found:
    """Clusters of the places on a map, and how well they are separated there."""
    method, seed, params = asked
    if tree is not None:
        return _cut(straight(layout.coordinates), asked, tree)
    found = cluster_map(layout, method, seed=seed, on_progress=reporter(topic), **params)  # type: ignore[arg-type]
    return found, score_labels(straight(layout.coordinates).vectors, found.labels)


def count_clusters(reference: tuple[str, str, str], clustering: Clustering, most: int, topic: str) -> CountScores:
    """Scores over the number of clusters of a kept space."""
    return how_many(kept_space(*reference), clustering, most=most, on_progress=reporter(topic))


def _cut(points: Points, asked: Asked, tree: Tree) -> Found:
    """A known tree cut into another number of clusters."""
    clusters = int(asked.params["clusters"])
    check_points(points, clusters)
    params = {**asked.params, "metric": points.metric}
    whole = Clustering(np.zeros(len(points.vectors), np.int32), asked.method, params, asked.seed, merges=tree.merges)
    found = cut(whole, clusters=clusters)
    return replace(found, notes=(*tree.notes, *found.notes)), score_labels(points.vectors, found.labels)
