"""What clusters are worth, in a sentence."""

from __future__ import annotations

from math import isnan

from embeddings.clusters import Clustering, find_clustering
from embeddings.clusters.scores import ClusterScores

# The silhouette is read in the steps of Kaufman and Rousseeuw (1990); above 0 it still favours the own cluster.
WEAK = 0.25
STEPS = (
    (0.5, "They are clearly apart: items are far nearer to their own cluster than to the next"),
    (WEAK, "They are apart, but weakly: items are somewhat nearer to their own cluster than to the next"),
    (1e-9, "They run into each other: on average items are hardly nearer to their own cluster than to the next"),
)
MIXED = "They lie mixed up: on average items are no nearer to their own cluster than to the next"
MANY_DIMENSIONS = 50
ALIKE = ((0.9, "nearly the same"), (0.6, "similar"), (0.3, "partly other"))


def verdict(clustering: Clustering, scores: ClusterScores, *, dimensions: int) -> str:
    """How far apart the clusters are, in one or two sentences."""
    if isnan(scores.silhouette):
        few = "With fewer than two clusters there is nothing to compare."
        return few if clustering.count < 2 else "Nearly every item is a cluster of its own, which groups nothing."
    apart = next((words for least, words in STEPS if scores.silhouette >= least), MIXED)
    said = f"{apart} (silhouette {scores.silhouette:.2f})."
    if scores.silhouette < WEAK and dimensions >= MANY_DIMENSIONS:
        said += f" In {dimensions} dimensions such low values are usual, for true topics too."
    if find_clustering(clustering.method).counted:
        said += f" You asked for {clustering.count}; {clustering.method} gives as many in pure noise, too."
    return said


def difference(ari: float, method: str, metric: str) -> str:
    """How alike both clusterings are, in a sentence."""
    groups = next((words for least, words in ALIKE if ari >= least), "quite other")
    return (
        f"{method} in the original space (by {metric}) gives {groups} groups: ARI {ari:.2f} between both, where 1 is "
        "the same and 0 is chance."
    )
