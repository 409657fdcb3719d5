"""Would I also see clusters here? The same method on noise of the same mean and covariance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.clusters.base import Clustering, Points, Progress, by_size
from embeddings.clusters.points import clustered_points
from embeddings.clusters.running import fit
from embeddings.clusters.scores import ClusterScores, score_labels
from embeddings.space import Space, Vectors
from embeddings.units import unit

DRAWS = 5
BLOCK = 1_024


class NoiseComparison(NamedTuple):
    """Scores of the data beside those of noise.

    Attributes:
        data: of the clustering itself.
        noise: of the same method and settings on each set of noise.
        stands_out: whether the silhouette of the data is above all of noise's, items left out as noise counting as 0;
            None where the data have none. With 5 sets even noise stands out from noise once in 6 times.
    """

    data: ClusterScores
    noise: tuple[ClusterScores, ...]
    stands_out: bool | None


def against_noise(
    space: Space,
    clustering: Clustering,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> NoiseComparison:
    """Cluster Gaussian noise as the space was clustered.

    Noise has the mean and covariance of the vectors as they were clustered; by cosine it is then brought to length 1
    as they were. What it cannot imitate is everything beyond the covariance, clusters among it.

    Raises:
        ValueError: the clustering is of another space, or draws is not positive.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, got {draws}")
    points = clustered_points(space, clustering)
    used = {name: value for name, value in clustering.params.items() if not isinstance(value, str)}
    rng = np.random.default_rng(seed)
    found = []
    for draw in range(draws):
        noise = gaussian_noise(points.vectors, rng)
        same = Points(unit(noise) if points.metric == "cosine" else noise, points.metric)
        labels = by_size(fit(same, clustering.method, used, clustering.seed).labels)
        found.append(score_labels(same.vectors, labels, seed=seed))
        if on_progress:
            on_progress(draw + 1, draws)
    data = score_labels(points.vectors, clustering.labels, seed=seed)
    beaten = [not _overall(other) >= _overall(data) for other in found]
    return NoiseComparison(data, tuple(found), None if np.isnan(data.silhouette) else all(beaten))


def _overall(scores: ClusterScores) -> float:
    """The silhouette over all items; over the clustered ones alone, leaving out all but a few tight spots would win."""
    return scores.silhouette * (1 - scores.noise)


def gaussian_noise(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    """As many draws from the normal distribution with the mean and covariance of n vectors, float32 of shape (n, d)."""
    n, d = vectors.shape
    mean = vectors.mean(axis=0, dtype=np.float64)
    centred = vectors - mean
    if d < n:
        variances, axes = np.linalg.eigh(centred.T @ centred / (n - 1))
        spread = (axes * np.sqrt(np.maximum(variances, 0))).T
    else:
        # Random sums of the vectors themselves have their covariance, without a matrix of shape (d, d).
        spread = centred / np.sqrt(n - 1)
    noise = np.empty((n, d), dtype=np.float32)
    for start in range(0, n, BLOCK):
        part = noise[start : start + BLOCK]
        part[:] = mean + rng.standard_normal((len(part), len(spread))) @ spread
    return noise
