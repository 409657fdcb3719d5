"""Running a method of the table: settings and points checked, clusters put in order, doubts said."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import numpy as np

from embeddings.clusters.base import NOISE, Clustering, Found, Labels, Points, Progress, by_size
from embeddings.clusters.methods import find_clustering
from embeddings.clusters.points import check_metric, check_points
from embeddings.errors import EmbeddingError
from embeddings.parameters import used_settings

GIANT = 0.9


def settings(method: str, given: Mapping[str, float | str], metric: str) -> tuple[dict[str, float], str]:
    """The settings of a method as they will be used, and the metric.

    Raises:
        EmbeddingError: unknown method, setting or metric, or a value out of range.
    """
    others = {name: value for name, value in given.items() if name != "metric"}
    chosen = str(given.get("metric", metric))
    check_metric(chosen)
    return used_settings(method, find_clustering(method).parameters, others), chosen


def run(
    points: Points,
    method: str,
    used: Mapping[str, float],
    seed: int,
    on_progress: Progress | None = None,
) -> Clustering:
    """Cluster checked points with full settings.

    Raises:
        EmbeddingError: too few or too many items, all alike, or more clusters than different items.
    """
    spec = find_clustering(method)
    if len(points.vectors) > spec.most:
        raise EmbeddingError(
            f"{method} takes up to {spec.most:,} items, this collection has {len(points.vectors):,}: "
            "choose K-means, or a sample."
        )
    check_points(points, int(used["clusters"]) if spec.counted else None)
    found = _in_own_unit(fit(points, method, used, seed, on_progress), points.scale)
    labels = by_size(found.labels)
    notes = (*found.notes, *doubts(labels, method, used.get("clusters", 0)), *_without_direction(points))
    params: dict[str, float | str] = {**used, "metric": points.metric}
    return Clustering(labels, method, params, seed, found.probabilities, found.merges, found.condensed, notes)


def fit(
    points: Points, method: str, used: Mapping[str, float], seed: int, on_progress: Progress | None = None
) -> Found:
    """What the method itself finds, without checks."""
    module, function = find_clustering(method).factory.split(":")
    found: Found = getattr(import_module(module), function)(points, seed, on_progress, **used)
    return found


def doubts(labels: Labels, method: str, clusters: float = 0) -> list[str]:
    """What makes a result doubtful, as sentences: much noise, one giant cluster, fewer clusters than asked for."""
    n, noise = len(labels), int((labels == NOISE).sum())
    sizes = np.bincount(labels[labels != NOISE])
    found = []
    if noise == n:
        found.append(
            f"{method} found no cluster: all {n:,} items count as noise. Try a smaller min_cluster_size or "
            "min_samples, or a method that is told how many clusters there are."
        )
    elif noise > n / 2:
        found.append(f"{noise / n:.0%} of the items are noise: the clusters speak for the rest only.")
    if len(sizes) > 1 and sizes[0] >= GIANT * (n - noise):
        meaning = (
            "average linkage has degenerated into one giant cluster and strays. Try Ward or K-means."
            if method == "Average linkage"
            else "the others are small groups or strays beside it."
        )
        found.append(
            f"One cluster holds {sizes[0]:,} of {n - noise:,} clustered items ({sizes[0] / (n - noise):.0%}): {meaning}"
        )
    if len(sizes) < clusters:
        found.append(f"Only {len(sizes)} of the {clusters:g} clusters asked for hold any items.")
    return found


def _in_own_unit(found: Found, scale: float) -> Found:
    """Heights of merges, and 1 / distances of HDBSCAN's tree, in the unit of the vectors."""
    merges, condensed = found.merges, found.condensed
    if merges is not None:
        merges = merges / np.array([1, 1, scale, 1])
    if condensed is not None:
        condensed = condensed._replace(lambdas=condensed.lambdas * scale)
    return found._replace(merges=merges, condensed=condensed)


def _without_direction(points: Points) -> list[str]:
    zero = 0 if points.metric != "cosine" else int((~points.vectors.any(axis=1)).sum())
    if not zero:
        return []
    return [f"{zero:,} items have a vector of length zero and so no direction: their cluster means nothing."]
