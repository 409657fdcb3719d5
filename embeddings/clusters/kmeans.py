"""K-means: as many centres as asked for, each item with its nearest (Lloyd 1982; Arthur & Vassilvitskii 2007)."""

from __future__ import annotations

from sklearn import config_context
from sklearn.cluster import KMeans
from sklearn.utils import check_random_state

from embeddings.clusters.base import Found, Points, Progress


def kmeans(points: Points, seed: int, on_progress: Progress | None, *, clusters: int, restarts: int) -> Found:
    """The best of several starts: scikit-learn's own result for `n_init=restarts`, with a report after each start.

    One copy serves all starts, and a space is known to be finite, so that starting one by one costs no more.
    """
    vectors, random = points.vectors.copy(), check_random_state(seed)
    best = None
    for start in range(restarts):
        with config_context(assume_finite=True):
            model = KMeans(clusters, n_init=1, random_state=random, copy_x=False).fit(vectors)
        if best is None or model.inertia_ < best.inertia_:
            best = model
        if on_progress:
            on_progress(start + 1, restarts)
    assert best is not None
    return Found(best.labels_)
