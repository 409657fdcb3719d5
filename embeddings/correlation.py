"""Rank correlation, with an answer for constant values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def rank_correlation(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Spearman's correlation, −1 to 1; ties share their mean rank.

    Not a number where a side is constant or there are fewer than 2 values.
    """
    from scipy.stats import spearmanr

    if len(one) < 2 or (one == one[0]).all() or (other == other[0]).all():
        return float("nan")
    return float(spearmanr(one, other).statistic)
