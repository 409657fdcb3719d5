"""Trustworthiness and continuity of maps: ours in blocks against scikit-learn's sorting of all distances."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.data import word_vectors
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

ITEMS = 5_000
MAPS = 5
K = 15
ROUNDS = 5
FEW = 3


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds for five maps and for one, the largest difference of a score, and the peaks of memory."""
    from sklearn.manifold import trustworthiness

    from embeddings.projections.base import Layout
    from embeddings.space import Space
    from embeddings.trust import trust_of_maps
    from embeddings.units import unit

    vectors = np.load(word_vectors(folder, ITEMS))
    space = Space.from_vectors(map(str, range(ITEMS)), vectors, name="words")
    units = unit(vectors)
    axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)[2][: 2 * MAPS]
    maps = [Layout(vectors @ axes[2 * each : 2 * each + 2].T, "PCA", {}, 0) for each in range(MAPS)]

    def ours(count: int) -> list[float]:
        return [
            score
            for each in trust_of_maps(space, maps[:count], k=K)
            for score in (each.trustworthiness, each.continuity)
        ]

    def baseline(count: int) -> list[float]:
        scores = []
        for each in maps[:count]:
            scores.append(trustworthiness(vectors, each.coordinates, n_neighbors=K, metric="cosine"))
            scores.append(trustworthiness(each.coordinates, units, n_neighbors=K))
        return scores

    five = alternate(lambda: seconds(lambda: ours(MAPS)), lambda: seconds(lambda: baseline(MAPS)), rounds=FEW)
    one = alternate(lambda: seconds(lambda: ours(1)), lambda: seconds(lambda: baseline(1)), rounds=ROUNDS)
    difference = np.abs(np.array(ours(MAPS)) - baseline(MAPS)).max()
    return (
        Measured(*five, f"median of {FEW}"),
        Measured(*one, f"median of {ROUNDS}"),
        Measured(_peak(lambda: ours(1)), _peak(lambda: baseline(1)), "1"),
        Measured(float(difference), None, "1"),
    )


def _peak(work: Callable[[], object]) -> float:
    """Largest memory that arrays took meanwhile, in MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
