"""The outlier scores of the table; larger is more of an outlier."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

from embeddings.clusters.base import Points
from embeddings.graph import KnnGraph
from embeddings.space import Vectors
from embeddings.units import scaled


def knn_distance(points: Points, seed: int, *, k: int) -> Vectors:
    """Distance to the k-th nearest other item (the farthest one where there are fewer), in the metric's own unit."""
    graph = _graph(points)
    return graph.distances[:, min(k, graph.rows.shape[1]) - 1]


def local_outlier_factor(points: Points, seed: int, *, k: int) -> Vectors:
    """Mean density of the k neighbours over the item's own, by scikit-learn: about 1 inside a group."""
    graph = _graph(points)
    count = min(k, graph.rows.shape[1])
    n = len(graph.rows)
    own = np.arange(n, dtype=np.int32)[:, None]
    rows = np.hstack([own, graph.rows[:, :count]])
    # scikit-learn adds 10⁻¹⁰ to mean distances, which must not count beside them.
    near = scaled(graph.distances[:, :count])
    distances = np.hstack([np.zeros((n, 1), dtype=np.float32), near])
    listed = csr_array((distances.ravel(), rows.ravel(), np.arange(0, rows.size + 1, count + 1)), shape=(n, n))
    model = LocalOutlierFactor(n_neighbors=count, metric="precomputed").fit(listed)
    return np.asarray(-model.negative_outlier_factor_)


def isolation(points: Points, seed: int, *, trees: int) -> Vectors:
    """Isolation Forest's anomaly score, 0 to 1; about ½ for an ordinary item."""
    model = IsolationForest(n_estimators=trees, random_state=seed).fit(points.vectors)
    return np.asarray(-model.score_samples(points.vectors))


def _graph(points: Points) -> KnnGraph:
    assert points.graph is not None
    return points.graph
