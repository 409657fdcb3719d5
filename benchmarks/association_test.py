"""An association test of 25 + 25 by 25 + 25 words: all of it, and its permutations against a loop over draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.data import random_vectors
from benchmarks.figure import Measured
from benchmarks.running import alternate, seconds

SIZE = 25
DRAWS = 100_000
ROUNDS = 5


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds of the permutations on both sides, of the whole test, and how far the two p-values are apart."""
    from embeddings.bias.association import weat
    from embeddings.bias.partitions import partition_test
    from embeddings.space import Space

    vectors = random_vectors(4 * SIZE)
    # The first words lean a little to the attributes of the first set, so that p is neither 0 nor 1.
    vectors[:SIZE] += 0.03 * vectors[2 * SIZE : 3 * SIZE].sum(axis=0) / np.sqrt(SIZE)
    space = Space.from_vectors([str(row) for row in range(len(vectors))], vectors, name="random vectors")
    sets = [list(range(start, start + SIZE)) for start in range(0, len(vectors), SIZE)]
    found = weat(space, *sets, draws=DRAWS)
    scores = np.concatenate([found.x_scores, found.y_scores])
    expected: list[float] = []

    def baseline() -> None:
        expected.append(loop(scores, SIZE, DRAWS, seed=1))

    ours, theirs = alternate(
        lambda: seconds(lambda: partition_test(scores, draws=DRAWS)), lambda: seconds(baseline), rounds=ROUNDS
    )
    whole = min(seconds(lambda: weat(space, *sets, draws=DRAWS)) for _ in range(ROUNDS))
    runs = f"median of {ROUNDS}"
    return (
        Measured(ours, theirs, runs),
        Measured(whole, None, f"best of {ROUNDS}"),
        Measured(found.p_value, expected[-1], "1"),
    )


def loop(scores: np.ndarray, size: int, draws: int, *, seed: int = 0) -> float:
    """The same p-value the plain way: shuffle, add up, compare, one draw after another."""
    rng = np.random.default_rng(seed)
    observed = scores[:size].sum() - scores[size:].sum()
    hits = 0
    for _ in range(draws):
        dealt = rng.permutation(scores)
        hits += dealt[:size].sum() - dealt[size:].sum() >= observed
    return (int(hits) + 1) / (draws + 1)
