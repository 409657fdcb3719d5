"""One query among 100,000 vectors: ours against the least that NumPy can do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import random_vectors
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

ROUNDS = 101
K = 10


def run(folder: Path) -> tuple[Measured, ...]:
    """Milliseconds of both for random queries; they must give the same rows.

    Raises:
        RuntimeError: the rows differ.
    """
    from embeddings.neighbours import nearest
    from embeddings.space import Space

    space = Space.from_vectors(map(str, range(100_000)), random_vectors(100_000), name="random")
    queries = random_vectors(ROUNDS, seed=1)
    vectors = space.vectors

    def baseline(query: NDArray[np.float32]) -> NDArray[np.intp]:
        return np.argpartition(-(vectors @ query), K)[:K]

    if any(set(nearest(space, query, k=K).rows) != set(baseline(query)) for query in queries[:5]):
        raise RuntimeError("the two searches found different rows")
    ours, others = iter(queries), iter(queries)
    times = alternate(
        lambda: 1000 * seconds(lambda: nearest(space, next(ours), k=K)),
        lambda: 1000 * seconds(lambda: baseline(next(others))),
        rounds=ROUNDS,
    )
    return (Measured(*times, f"median of {ROUNDS}"),)
