"""Whether an axis tells words apart that it was not made from: leave-one-out scores of its seeds.

All vectors are float32 of shape (n, d) and length 1. An axis is the mean of the high seeds minus the mean of the low
ones; for pairs this is the mean of their differences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.space import Vectors
from embeddings.units import unit


class HeldOut(NamedTuple):
    """How seeds come out on axes that were made without them.

    Attributes:
        accuracy: share of pairs whose high word scores higher than its low word on the axis made without both; over
            the given pairs, or over all pairs of a low and a high word of two lists. Ties count half; chance is .5.
        auc: area under the ROC curve of the scores below, high against low; chance is .5.
        low: cosine of each low seed with the axis made without it (without its pair).
        high: the same for the high seeds.
    """

    accuracy: float
    auc: float
    low: Vectors
    high: Vectors


def held_out_pairs(low: Vectors, high: Vectors) -> HeldOut:
    """Leave out one pair at a time; low and high have the same shape."""
    differences = high - low
    axes = unit(differences.sum(axis=0) - differences)
    low_scores, high_scores = (low * axes).sum(axis=1), (high * axes).sum(axis=1)
    accuracy = float(_ordered(high_scores - low_scores).mean())
    return HeldOut(accuracy, area_under_curve(low_scores, high_scores), low_scores, high_scores)


def held_out_lists(low: Vectors, high: Vectors) -> HeldOut:
    """Leave out one word at a time for the scores, and every low word with every high word for the accuracy."""
    low_sum, high_sum = low.sum(axis=0), high.sum(axis=0)
    low_axes = unit(high_sum / len(high) - (low_sum - low) / (len(low) - 1))
    high_axes = unit((high_sum - high) / (len(high) - 1) - low_sum / len(low))
    low_scores, high_scores = (low * low_axes).sum(axis=1), (high * high_axes).sum(axis=1)
    accuracy = float(_ordered(_differences(low, high)).mean())
    return HeldOut(accuracy, area_under_curve(low_scores, high_scores), low_scores, high_scores)


def area_under_curve(low: ArrayLike, high: ArrayLike) -> float:
    """Share of all pairs of a low and a high score in which the high one is larger; ties count half."""
    lows, highs = np.sort(np.asarray(low)), np.asarray(high)
    beaten = np.searchsorted(lows, highs, side="left") + np.searchsorted(lows, highs, side="right")
    return float(beaten.sum() / (2 * len(lows) * len(highs)))


def _differences(low: Vectors, high: Vectors) -> NDArray[np.float64]:
    """(high word − low word) · (the axis without both), times a positive number, shape (high, low).

    Multiplied out, so that the axes of all pairs need not be made.
    """
    low, high = low.astype(np.float64), high.astype(np.float64)
    low_sum, high_sum = low.sum(axis=0), high.sum(axis=0)
    lows, highs = len(low) - 1, len(high) - 1
    between = high @ low.T
    of_high = (high @ high_sum - (high**2).sum(axis=1)) / highs - high @ low_sum / lows
    of_low = (low @ low_sum - (low**2).sum(axis=1)) / lows - low @ high_sum / highs
    differences: NDArray[np.float64] = of_high[:, None] + of_low[None, :] + between * (1 / lows + 1 / highs)
    return differences


def _ordered(differences: NDArray[np.floating]) -> NDArray[np.float64]:
    """1 where positive, 0 where negative, a half for a tie within rounding."""
    return np.where(np.abs(differences) < 1e-7, 0.5, differences > 0)
