"""Several tests at once: the more one looks, the more one finds by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """p-values corrected for being several (Holm 1979), in the order given, at most 1.

    Keeping those below α bounds the chance of any false one by α, however the tests depend on each other.

    Raises:
        ValueError: a value is not between 0 and 1.
    """
    given = np.asarray(p_values, dtype=np.float64)
    if given.ndim != 1 or not ((given >= 0) & (given <= 1)).all():
        raise ValueError(f"p_values must be a list of numbers between 0 and 1, got {p_values!r}")
    order = np.argsort(given, kind="stable")
    stepped = given[order] * np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1)
    return adjusted
