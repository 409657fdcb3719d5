"""Which of two encoders is better, given that both were asked the same: tests of paired answers."""

from __future__ import annotations

from math import atanh, nan, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.similarity import SimilarityCorrelation
from embeddings.pairs import rank_correlation

FEWEST_PAIRS = 4
# Fisher's z of a perfect correlation is infinite.
ALMOST = 1 - 1e-9


class Paired(NamedTuple):
    """Two encoders on the same questions.

    Attributes:
        only_one: questions that only the first answers rightly; None where answers are not right or wrong.
        only_other: questions that only the second answers rightly.
        p_value: two-sided: how often chance makes a difference at least as large if neither is better.
    """

    only_one: int | None
    only_other: int | None
    p_value: float


def paired_shares(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Paired:
    """The exact test of McNemar (1947): where just one of the two is right, is it one of them too often?

    Args:
        one: which questions the first answers rightly, shape (m,).
        other: the same of the second, for the same questions in the same order.

    Raises:
        ValueError: the shapes differ.
    """
    from scipy.stats import binomtest

    if one.shape != other.shape:
        raise ValueError(f"both must be asked the same, got {one.shape} and {other.shape} answers")
    ahead, behind = int((one & ~other).sum()), int((other & ~one).sum())
    return Paired(ahead, behind, float(binomtest(ahead, ahead + behind).pvalue) if ahead + behind else 1.0)


def paired_correlations(one: SimilarityCorrelation, other: SimilarityCorrelation) -> float:
    """Two-sided p-value: do two encoders follow the same scores of people equally well?

    The test of two dependent correlations by Meng, Rosenthal & Rubin (1992), eq. 1 to 3, on ranks: its variance is that
    of a rank correlation (Bonett & Wright 2000). Only pairs that both encoders cover count.

    Returns:
        The p-value; not a number with fewer than 4 common pairs, or where all cosines or all scores are equal.

    Raises:
        ValueError: the correlations are not about the same scores.
    """
    from scipy.stats import norm

    if not np.array_equal(one.scores, other.scores):
        raise ValueError("both correlations must be about the same scored pairs")
    both = one.covered & other.covered
    mine, theirs, scores = one.cosines[both], other.cosines[both], one.scores[both]
    if len(scores) < FEWEST_PAIRS:
        return nan
    found = [rank_correlation(*each) for each in ((mine, scores), (theirs, scores), (mine, theirs))]
    if np.isnan(found).any():
        return nan
    r_one, r_other, between = np.clip(found, -ALMOST, ALMOST).tolist()
    square = (r_one**2 + r_other**2) / 2
    shared = min(1.0, (1 - between) / (2 * (1 - square)))
    spread = 2 * (1 - between) * (1 - shared * square) / (1 - square) * (1 + square / 2)
    z = (atanh(r_one) - atanh(r_other)) * sqrt((len(scores) - 3) / spread)
    return float(2 * norm.sf(abs(z)))
