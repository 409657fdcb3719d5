"""How often dealing the words out at random gives as much: the p-value of an association test."""

from __future__ import annotations

from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.steps import Progress, blocks

Floats = NDArray[np.float64]
EXACT_UP_TO = 200_000
DRAWS = 100_000
_CELLS = 1_000_000
# Sums of the same scores in another order differ by rounding; they are ties.
_TIE = 1e-10


class PartitionTest(NamedTuple):
    """The p-values of "X and Y are one set, dealt out at random".

    Attributes:
        p_value: one-sided: share of partitions whose statistic is at least the one observed; never 0.
        p_two_sided: the same for the statistic's size, whichever its sign.
        exact: whether all partitions were counted; else p is (hits + 1) / (draws + 1).
        partitions: how many were counted or drawn.
    """

    p_value: float
    p_two_sided: float
    exact: bool
    partitions: int


def partition_test(
    scores: Floats, *, draws: int = DRAWS, seed: int = 0, on_progress: Progress | None = None
) -> PartitionTest:
    """Test Σ over X − Σ over Y against equal-size partitions of both (Caliskan, Bryson & Narayanan 2017).

    All partitions where these are at most 200,000 (up to 10 words a set); otherwise random ones, each dealt out
    without replacement.

    Args:
        scores: of X, then of as many words of Y, shape (2m,).
        draws: how many random partitions.
        seed: of the random partitions.
        on_progress: called with (done, total).

    Raises:
        ValueError: the number of scores is odd, or there are no draws.
    """
    if len(scores) % 2 or draws < 1:
        raise ValueError(f"scores must be of even number and draws positive, got {len(scores)} and {draws}")
    size = len(scores) // 2
    # With the mean taken away, Σ_X − Σ_Y is twice Σ_X.
    centred = scores - scores.mean()
    observed = float(centred[:size].sum())
    tie = _TIE * float(np.abs(centred).sum())
    total = comb(len(scores), size)
    if total <= EXACT_UP_TO:
        sums = _all_sums(centred, size)
        above, beyond = _hits(sums, observed, tie)
        return PartitionTest(above / total, beyond / total, True, total)
    rng = np.random.default_rng(seed)
    hits = np.zeros(2, dtype=np.int64)
    for block in blocks(draws, max(1, _CELLS // len(scores)), on_progress):
        dealt = rng.permuted(np.broadcast_to(centred, (block, len(centred))), axis=1)
        hits += _hits(dealt[:, :size].sum(axis=1), observed, tie)
    return PartitionTest(float(hits[0] + 1) / (draws + 1), float(hits[1] + 1) / (draws + 1), False, draws)


def _all_sums(scores: Floats, size: int) -> Floats:
    places = np.fromiter(chain.from_iterable(combinations(range(len(scores)), size)), dtype=np.intp)
    sums: Floats = scores[places.reshape(-1, size)].sum(axis=1)
    return sums


def _hits(sums: Floats, observed: float, tie: float) -> tuple[int, int]:
    return int((sums >= observed - tie).sum()), int((np.abs(sums) >= abs(observed) - tie).sum())
