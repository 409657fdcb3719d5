"""Is a cluster still there when the items are drawn again? (Hennig 2007)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import NOISE, Clustering, Labels, Points, Progress
from embeddings.clusters.points import clustered_points, count_different
from embeddings.clusters.running import fit
from embeddings.errors import EmbeddingError
from embeddings.space import Space

DRAWS = 20
STABLE = 0.75
DOUBTFUL = 0.6


class Stability(NamedTuple):
    """How well each cluster is found again.

    Attributes:
        means: mean Jaccard similarity of each cluster with the most similar one of each draw, shape (k,), 0 to 1;
            larger is more stable.
        jaccards: the same for every draw, shape (draws, k); not a number where no item of the cluster was drawn.
    """

    means: NDArray[np.float64]
    jaccards: NDArray[np.float64]


def stability(
    space: Space,
    clustering: Clustering,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Stability:
    """Cluster bootstrap samples of the items with the same method and settings, and look for each cluster in them.

    Of a bootstrap sample each item counts once, so that repetitions make no dense spots: about 63 % of the items. A
    stable cluster need not be a true one: a method can impose the same cut again and again.

    Args:
        space: the space that was clustered.
        clustering: its clusters.
        draws: how many samples.
        seed: of the samples.
        on_progress: told (done, total) after each draw; may raise `Cancelled`.

    Raises:
        EmbeddingError: there is no cluster.
        ValueError: the clustering is of another space, or draws is not positive.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, got {draws}")
    points = clustered_points(space, clustering)
    if clustering.count == 0:
        raise EmbeddingError("There is no cluster here whose stability could be measured: all items are noise.")
    rng = np.random.default_rng(seed)
    found = []
    for draw in range(draws):
        rows = np.unique(rng.integers(0, len(space), len(space)))
        again = _again(Points(points.vectors[rows], points.metric), clustering)
        found.append(best_jaccards(clustering.labels[rows], again, clustering.count))
        if on_progress:
            on_progress(draw + 1, draws)
    jaccards = np.array(found)
    drawn = (~np.isnan(jaccards)).sum(axis=0)
    return Stability(np.nansum(jaccards, axis=0) / np.maximum(drawn, 1), jaccards)


def verdict(mean: float) -> str:
    """What a mean Jaccard similarity says, in Hennig's steps (.75 and .6)."""
    if mean >= STABLE:
        return "stable"
    return "a pattern, but who belongs to it is doubtful" if mean >= DOUBTFUL else "not to be trusted"


def best_jaccards(labels: Labels, others: Labels, count: int) -> NDArray[np.float64]:
    """For each of `count` clusters the highest Jaccard similarity with one of the others, shape (count,).

    The similarity is |A ∩ B| / |A ∪ B| among the same items; noise is no cluster. Not a number for an empty cluster.
    """
    other_count = int(others.max(initial=NOISE)) + 1
    both = np.zeros((count, max(other_count, 1)), dtype=np.int64)
    kept = (labels != NOISE) & (others != NOISE)
    np.add.at(both, (labels[kept], others[kept]), 1)
    sizes = np.bincount(labels[labels != NOISE], minlength=count)
    other_sizes = np.bincount(others[others != NOISE], minlength=both.shape[1])
    union = np.maximum(sizes[:, None] + other_sizes - both, 1)
    return np.where(sizes > 0, (both / union).max(axis=1), np.nan)


def _again(points: Points, clustering: Clustering) -> Labels:
    used = {name: value for name, value in clustering.params.items() if not isinstance(value, str)}
    if "clusters" in used:
        used["clusters"] = count_different(points, int(used["clusters"]))
    return np.asarray(fit(points, clustering.method, used, clustering.seed).labels, dtype=np.int32)
