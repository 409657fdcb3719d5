"""How well clusters are separated, by three scores of the field."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from embeddings.clusters.base import NOISE, Clustering, Labels
from embeddings.clusters.points import clustered_points
from embeddings.space import Space, Vectors

SAMPLE = 3_000


class ClusterScores(NamedTuple):
    """Scores of one clustering; noise is left out of them. Not a number with fewer than 2 clusters.

    They favour round clusters of equal spread, and a method that leaves out what is hard as noise.

    Attributes:
        clusters: how many there are.
        noise: share of the items that is in none.
        silhouette: mean of (b − a) / max(a, b) with a the mean distance to the item's own cluster and b to the nearest
            other one (Rousseeuw 1987), −1 to 1; larger is better, about 0 means no separation.
        calinski_harabasz: variance between over variance within (Caliński & Harabasz 1974); larger is better.
        davies_bouldin: mean over clusters of spread against distance to the worst neighbour (Davies & Bouldin 1979);
            smaller is better. Clusters of one item have no spread and make it look good.
        sampled: how many items the silhouette was computed on.
    """

    clusters: int
    noise: float
    silhouette: float
    calinski_harabasz: float
    davies_bouldin: float
    sampled: int


def cluster_scores(space: Space, clustering: Clustering, *, seed: int = 0) -> ClusterScores:
    """Scores of a clustering of this space, by Euclidean distance (of unit vectors where it is by cosine).

    The silhouette of more than 3,000 items is that of a random sample; scikit-learn computes all three.

    Raises:
        ValueError: the clustering is of another number of items.
    """
    points = clustered_points(space, clustering)
    return score_labels(points.vectors, clustering.labels, seed=seed)


def score_labels(vectors: Vectors, labels: Labels, *, seed: int = 0) -> ClusterScores:
    """Scores of labels of vectors, see `cluster_scores`."""
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

    kept = labels != NOISE
    noise = float(1 - kept.mean())
    count = len(np.unique(labels[kept]))
    rows = np.flatnonzero(kept)
    if not 1 < count < len(rows):
        return ClusterScores(count, noise, nan, nan, nan, 0)
    sample = rows
    if len(rows) > SAMPLE:
        sample = np.sort(np.random.default_rng(seed).choice(rows, SAMPLE, replace=False))
    seen = len(np.unique(labels[sample]))
    return ClusterScores(
        count,
        noise,
        float(silhouette_score(vectors[sample], labels[sample])) if 1 < seen < len(sample) else nan,
        float(calinski_harabasz_score(vectors[rows], labels[rows])),
        float(davies_bouldin_score(vectors[rows], labels[rows])),
        len(sample),
    )
