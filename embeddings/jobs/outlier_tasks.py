"""What workers do for the honesty of clusters and for outliers: plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from embeddings.clusters import Clustering, cluster_map
from embeddings.clusters.base import Labels
from embeddings.clusters.noise import NoiseComparison, against_noise
from embeddings.clusters.stability import Stability, stability
from embeddings.graph import KnnGraph
from embeddings.jobs.running import reporter
from embeddings.jobs.tasks import kept_space
from embeddings.outliers import outliers
from embeddings.outliers.duplicates import Duplicates, near_duplicates
from embeddings.outliers.mislabelled import Mislabelled, mislabelled
from embeddings.projections.base import Coordinates, Layout
from embeddings.space import Space, Vectors

Reference = tuple[str, str, str]


def measure_stability(
    reference: Reference, places: Coordinates | None, clustering: Clustering, draws: int, topic: str
) -> Stability:
    """How well each cluster of a kept space, or of places on a map, is found again."""
    return stability(_clustered(reference, places), clustering, draws=draws, on_progress=reporter(topic))


def compare_with_noise(
    reference: Reference, places: Coordinates | None, clustering: Clustering, draws: int, topic: str
) -> NoiseComparison:
    """The scores of a clustering beside those of noise of the same covariance."""
    return against_noise(_clustered(reference, places), clustering, draws=draws, on_progress=reporter(topic))


def cluster_places(places: Coordinates, clustering: Clustering, topic: str) -> Labels:
    """The labels that the method of a clustering gives, with the same settings, to places on a map."""
    params: dict[str, Any] = dict(clustering.params)
    if "clusters" in params:
        params["clusters"] = max(2, clustering.count)
    params["metric"] = "Euclidean"
    layout = Layout(places, "given", {}, 0)
    return cluster_map(layout, clustering.method, seed=clustering.seed, on_progress=reporter(topic), **params).labels


def score_outliers(
    reference: Reference, method: str, seed: int, shared: KnnGraph | None, params: dict[str, float | str]
) -> Vectors:
    """How unlike the rest each item of a kept space is."""
    return outliers(kept_space(*reference), method, seed=seed, graph=shared, **params)


def find_mislabelled(reference: Reference, labels: Sequence[Any], k: int, shared: KnnGraph) -> Mislabelled:
    """Which labels of a kept space its neighbours doubt."""
    return mislabelled(kept_space(*reference), labels, k=k, graph=shared)


def find_duplicates(reference: Reference, threshold: float, topic: str) -> Duplicates:
    """Groups of near-duplicates in a kept space."""
    return near_duplicates(kept_space(*reference), threshold=threshold, on_progress=reporter(topic))


def _clustered(reference: Reference, places: Coordinates | None) -> Space:
    if places is None:
        return kept_space(*reference)
    return Space.from_vectors([str(row) for row in range(len(places))], places, name="map")
