"""scikit-learn's handwritten digits, and which of them the training never saw."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

HELD_OUT_SEED = 20
_SHARE = 5


class Digits(NamedTuple):
    """Strokes of 8 × 8 values from 0 to 16, shape (n, 8, 8), and the digits they show, shape (n,)."""

    strokes: NDArray[np.float64]
    labels: NDArray[np.int64]


@cache
def all_digits() -> Digits:
    """The 1,797 digits in scikit-learn's order."""
    data = load_digits()
    return Digits(data.images, data.target.astype(np.int64))


@cache
def held_out() -> NDArray[np.int64]:
    """Rows of the fifth that was kept out of the training, in order."""
    count = len(all_digits().labels)
    return np.sort(np.random.default_rng(HELD_OUT_SEED).permutation(count)[: count // _SHARE])


def training_rows() -> NDArray[np.int64]:
    """Rows of the four fifths that the training draws from, in order."""
    return np.setdiff1d(np.arange(len(all_digits().labels)), held_out())
