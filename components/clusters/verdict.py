"""What was found, in plain words."""

from __future__ import annotations

from math import isnan

from embeddings.clusters import Clustering, find_clustering
from embeddings.clusters.scores import ClusterScores
from embeddings.collection import Collection

APART, WEAK, TOUCHING = 0.5, 0.25, 0.0
MANY_DIMENSIONS = 50


def heading(clustering: Clustering, collection: Collection) -> str:
    """How many clusters of what sizes: “12 clusters of 31 to 74 items”."""
    n, count = len(clustering), clustering.count
    noun = "pictures" if collection.kind == "image" else "items"
    if not count:
        return f"No clusters: all {n:,} {noun} are noise"
    low, high = int(clustering.sizes.min()), int(clustering.sizes.max())
    sizes = f"{low:,} {noun}" if low == high else f"{low:,} to {high:,} {noun}"
    noise = f", and {clustering.noise:,} of {n:,} in none (noise)" if clustering.noise else ""
    return f"{count} cluster{'' if count == 1 else 's'} of {sizes}{noise}"


def verdict(clustering: Clustering, scores: ClusterScores, *, dimensions: int) -> str:
    """How far apart the clusters are, in one or two sentences."""
    if isnan(scores.silhouette):
        few = "With fewer than two clusters there is nothing to hold against each other."
        return few if clustering.count < 2 else "Nearly every item is a cluster of its own, which groups nothing."
    return (
        f"{_apart(scores.silhouette)} (silhouette {scores.silhouette:.2f}).{_caveats(clustering, scores, dimensions)}"
    )


def _apart(silhouette: float) -> str:
    if silhouette >= APART:
        return "They are clearly apart: items are far nearer to their own cluster than to the next"
    if silhouette >= WEAK:
        return "They are apart, but weakly: items are somewhat nearer to their own cluster than to the next"
    if silhouette > TOUCHING:
        return "They run into each other: on average items are hardly nearer to their own cluster than to the next"
    return "They lie mixed up: on average items are no nearer to their own cluster than to the next"


def _caveats(clustering: Clustering, scores: ClusterScores, dimensions: int) -> str:
    said = ""
    if scores.silhouette < WEAK and dimensions >= MANY_DIMENSIONS:
        said = f" In {dimensions} dimensions such low values are usual, for true topics too."
    if find_clustering(clustering.method).counted:
        return f"{said} You asked for {clustering.count}; {clustering.method} gives as many in pure noise, too."
    return said
