"""K-means: as many centres as asked for, each item with its nearest (Lloyd 1982; Arthur & Vassilvitskii 2007)."""

from __future__ import annotations

from numpy.random import RandomState
from sklearn import config_context
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.utils.extmath import row_norms

from embeddings.clusters.base import Found, Points, Progress
from embeddings.space import Vectors


def kmeans(points: Points, seed: int, on_progress: Progress | None, *, clusters: int, restarts: int) -> Found:
    """The best of several starts, as scikit-learn's `KMeans(clusters, n_init=restarts)` finds it."""
    model = KMeans(clusters, init=_Starts(restarts, on_progress), n_init=restarts, random_state=seed)
    # A space is known to be finite; asking again at each start would take longer than the start.
    with config_context(assume_finite=True):
        labels = model.fit_predict(points.vectors)
    if on_progress:
        on_progress(restarts, restarts)
    return Found(labels)


class _Starts:
    """scikit-learn's own k-means++ for each start, which it announces; one fit for all, so that nothing is repeated."""

    def __init__(self, restarts: int, on_progress: Progress | None) -> None:
        self._restarts, self._on_progress = restarts, on_progress
        self._started = 0
        self._squares: Vectors | None = None

    def __call__(self, vectors: Vectors, clusters: int, random_state: RandomState) -> Vectors:
        if self._squares is None:
            self._squares = row_norms(vectors, squared=True)
        if self._on_progress:
            self._on_progress(self._started, self._restarts)
        self._started += 1
        centres: Vectors = kmeans_plusplus(vectors, clusters, x_squared_norms=self._squares, random_state=random_state)[
            0
        ]
        return centres
