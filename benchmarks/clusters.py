"""K-means and HDBSCAN of MiniLM's vectors of frequent words: ours against scikit-learn's own calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.data import word_vectors
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

WORDS = 12_000
FEWER = 10_000
K = 10
RESTARTS = 10
SIZE = 10
SAMPLES = 5
ROUNDS = 5
# scikit-learn agrees with itself to .96 on these vectors when their rows are in another order: distances are tied.
SAME = 0.9


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds of both methods; ours start from the vectors alone, the neighbour graph included.

    Raises:
        RuntimeError: the clusters differ by more than ties explain.
    """
    from sklearn.cluster import HDBSCAN, KMeans
    from sklearn.metrics import adjusted_rand_score

    from embeddings.clusters import cluster
    from embeddings.space import Space

    vectors = np.load(word_vectors(folder, WORDS))
    # Lengths are 1 but for rounding; both sides get the same numbers.
    space = Space.from_vectors(map(str, range(WORDS)), vectors, name="words")
    fewer = Space.from_vectors(map(str, range(FEWER)), vectors[:FEWER], name="fewer words")

    def kmeans() -> np.ndarray:
        return cluster(fewer, "K-means", metric="Euclidean", clusters=K, restarts=RESTARTS).labels

    def their_kmeans() -> np.ndarray:
        return KMeans(K, n_init=RESTARTS, random_state=0).fit_predict(fewer.vectors)

    def hdbscan() -> np.ndarray:
        return cluster(space, "HDBSCAN", metric="Euclidean", min_cluster_size=SIZE, min_samples=SAMPLES).labels

    def their_hdbscan() -> np.ndarray:
        model = HDBSCAN(min_cluster_size=SIZE, min_samples=SAMPLES, algorithm="brute", copy=True)
        return model.fit_predict(space.vectors)

    def their_cosine() -> np.ndarray:
        model = HDBSCAN(min_cluster_size=SIZE, min_samples=SAMPLES, metric="cosine", copy=True)
        return model.fit_predict(space.vectors)

    for ours, theirs in ((kmeans, their_kmeans), (hdbscan, their_hdbscan)):
        same = adjusted_rand_score(ours(), theirs())
        if same < SAME:
            raise RuntimeError(f"clusters agree to {same:.3f}, expected at least {SAME}")
    pairs = ((kmeans, their_kmeans), (hdbscan, their_hdbscan), (hdbscan, their_cosine))
    return tuple(_timed(ours, theirs) for ours, theirs in pairs)


def _timed(ours: Callable[[], object], theirs: Callable[[], object]) -> Measured:
    times = alternate(lambda: seconds(ours), lambda: seconds(theirs), rounds=ROUNDS)
    return Measured(*times, f"median of {ROUNDS}")
