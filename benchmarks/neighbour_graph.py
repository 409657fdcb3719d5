"""The exact graph of nearest neighbours: ours against scikit-learn's brute force."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.data import word_vectors
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

ROUNDS = 5
K = 15
SAME = 0.999


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds of both; they must find the same neighbours.

    Raises:
        RuntimeError: the two graphs differ by more than rounding explains.
    """
    from sklearn.neighbors import NearestNeighbors

    from embeddings.graph import knn_graph
    from embeddings.space import Space

    vectors = np.load(word_vectors(folder))
    space = Space.from_vectors(map(str, range(len(vectors))), vectors, name="words")

    def baseline() -> np.ndarray:
        search = NearestNeighbors(n_neighbors=K, algorithm="brute", metric="cosine").fit(vectors)
        return np.asarray(search.kneighbors(return_distance=True)[1])

    found, expected = knn_graph(space, k=K).rows, baseline()
    same = (found[:, :, None] == expected[:, None, :]).any(axis=2).mean()
    if same < SAME:
        raise RuntimeError(f"the graphs share {same:.4f} of their neighbours, expected at least {SAME}")
    times = alternate(lambda: seconds(lambda: knn_graph(space, k=K)), lambda: seconds(baseline), rounds=ROUNDS)
    return (Measured(*times, f"median of {ROUNDS}"),)
