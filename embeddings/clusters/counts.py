"""How many clusters? Four scores over the number of clusters, the gap statistic among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import Clustering, Labels, Points, Progress
from embeddings.clusters.points import check_points, clustered_points, count_different
from embeddings.clusters.scores import score_labels
from embeddings.errors import EmbeddingError
from embeddings.space import Space, Vectors

COUNTED = ("K-means", "Ward", "Average linkage")
SAMPLE = 1_500
REFERENCES = 10
RESTARTS = 3
EACH, STEP = 15, 1.2
LINKAGES = {"Ward": "ward", "Average linkage": "average"}
Scores = NDArray[np.float64]


class CountScores(NamedTuple):
    """Scores for numbers of clusters; arrays of shape (K,). No score knows the truth: they often disagree.

    Attributes:
        counts: the numbers of clusters: 1 … 15, above that in steps.
        silhouette, calinski_harabasz, davies_bouldin: see `ClusterScores`; not a number for 1 cluster.
        gap: mean log W of data without clusters minus log W of these, W the sum of squared distances to the clusters'
            means (Tibshirani, Walther & Hastie 2001); larger is better.
        gap_error: its standard error s, simulation error included.
        gap_choice: the smallest k with gap(k) ≥ gap(k + 1) − s(k + 1), which can be 1; above 15, k + 1 stands for the
            next number that was tried; None where no k is.
        items: how many items were looked at.
    """

    counts: NDArray[np.int64]
    silhouette: Scores
    calinski_harabasz: Scores
    davies_bouldin: Scores
    gap: Scores
    gap_error: Scores
    gap_choice: int | None
    items: int


def how_many(
    space: Space, clustering: Clustering, *, most: int = 15, on_progress: Progress | None = None
) -> CountScores:
    """Scores for 1 to `most` clusters by the method, metric and seed of a clustering, whatever its own number is.

    They are computed on a random sample of at most 1,500 items, K-means with 3 starts. The gap statistic's data without
    clusters are 10 sets, uniform in the box along the principal components. In many dimensions that box is far larger
    than any cloud of real vectors, so that the gap tends to ask for many clusters.

    Args:
        space: at least 3 different items.
        clustering: made by one of COUNTED.
        most: 2 or more; bounded by the number of different items less one.
        on_progress: told (done, total) after every number of clusters of every set; may raise `Cancelled`.

    Raises:
        EmbeddingError: the method cannot be asked for a number of clusters here, or there are too few items.
    """
    method, seed = clustering.method, clustering.seed
    if method not in COUNTED:
        raise EmbeddingError(f"Numbers of clusters can be compared for {', '.join(COUNTED)}, not for {method}.")
    rng = np.random.default_rng(seed)
    points = _sample(clustered_points(space, clustering), rng)
    check_points(points, 3)
    counts = tried(count_different(points, most + 1) - 1)
    asked = _Asked(method, counts, seed, _Steps(on_progress, (1 + REFERENCES) * len(counts)))
    labels = list(_labels(points, asked))
    scores = [score_labels(points.vectors, each, seed=seed) for each in labels]
    gap, error = _gaps(points.vectors, labels, asked, rng)
    chosen = first_gap(gap, error)
    return CountScores(
        counts,
        np.array([each.silhouette for each in scores]),
        np.array([each.calinski_harabasz for each in scores]),
        np.array([each.davies_bouldin for each in scores]),
        gap,
        error,
        None if chosen is None else int(counts[chosen - 1]),
        len(points.vectors),
    )


def tried(most: int) -> NDArray[np.int64]:
    """The numbers of clusters that are compared: each up to 15, then about each fifth more than the last."""
    numbers = list(range(1, min(EACH, most) + 1))
    while numbers[-1] < most:
        numbers.append(min(most, round(numbers[-1] * STEP)))
    return np.array(numbers)


def first_gap(gap: Scores, error: Scores) -> int | None:
    """The smallest k with gap(k) ≥ gap(k + 1) − s(k + 1), for gaps of k = 1, 2, …; None where no k is."""
    enough = np.flatnonzero(gap[:-1] >= gap[1:] - error[1:])
    return int(enough[0]) + 1 if len(enough) else None


class _Steps:
    """Counts what is done."""

    def __init__(self, on_progress: Progress | None, total: int) -> None:
        self._on_progress, self._total, self._done = on_progress, total, 0

    def advance(self) -> None:
        self._done += 1
        if self._on_progress:
            self._on_progress(self._done, self._total)


class _Asked(NamedTuple):
    method: str
    counts: NDArray[np.int64]
    seed: int
    steps: _Steps


class _Box:
    """The box around vectors along their principal components, from which references are drawn uniformly."""

    def __init__(self, vectors: Vectors) -> None:
        centred = vectors.astype(np.float64) - vectors.mean(axis=0)
        self._axes = np.linalg.svd(centred, full_matrices=False)[2]
        along = centred @ self._axes.T
        self._low, self._high = along.min(axis=0), along.max(axis=0)
        self._n = len(vectors)

    def draw(self, rng: np.random.Generator) -> Vectors:
        """A set of the same size; left in the box's own axes, for distances are the same there."""
        drawn: Vectors = rng.uniform(self._low, self._high, (self._n, len(self._low))).astype(np.float32)
        return drawn


def _sample(points: Points, rng: np.random.Generator) -> Points:
    n = len(points.vectors)
    if n <= SAMPLE:
        return points
    return Points(points.vectors[np.sort(rng.choice(n, SAMPLE, replace=False))], points.metric)


def _labels(points: Points, asked: _Asked) -> Iterator[Labels]:
    from sklearn.cluster import KMeans

    from embeddings.clusters.agglomerative import after_merges, merge

    merges = merge(points, LINKAGES[asked.method]) if asked.method in LINKAGES else None
    for count in asked.counts.tolist():
        if merges is not None:
            labels = after_merges(merges, count)
        else:
            labels = KMeans(count, n_init=RESTARTS, random_state=asked.seed).fit(points.vectors).labels_
        asked.steps.advance()
        yield labels.astype(np.int32)


def _gaps(vectors: Vectors, labels: list[Labels], asked: _Asked, rng: np.random.Generator) -> tuple[Scores, Scores]:
    """The gap for each number of clusters, and its error."""
    within = np.array([_log_within(vectors, each) for each in labels])
    box, expected = _Box(vectors), []
    for _ in range(REFERENCES):
        reference = box.draw(rng)
        expected.append([_log_within(reference, each) for each in _labels(Points(reference, "Euclidean"), asked)])
    by_reference = np.array(expected)
    return by_reference.mean(axis=0) - within, by_reference.std(axis=0) * np.sqrt(1 + 1 / REFERENCES)


def _log_within(vectors: Vectors, labels: Labels) -> float:
    """Logarithm of the sum of squared distances to the means of the clusters."""
    count = int(labels.max()) + 1
    members = np.bincount(labels, minlength=count)
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    within = float(np.square(vectors, dtype=np.float64).sum() - (np.square(sums).sum(axis=1) / members).sum())
    return float(np.log(max(within, np.finfo(np.float64).tiny)))
