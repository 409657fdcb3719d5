"""How many items are nearer than some: one pass over each row of distances, compiled."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def count_nearer(distances, limits):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """How many of each row's distances, shape (m, n), lie below its limits, shape (m, k); int64 as the limits.

    Counting for a few limits is an order of magnitude less work than sorting the row, because a processor compares many
    distances at once.
    """
    counts = np.empty(limits.shape, dtype=np.int64)
    for row in range(limits.shape[0]):
        among = distances[row]
        for place in range(limits.shape[1]):
            limit = limits[row, place]
            nearer = np.int32(0)  # a wider sum would halve how many are compared at once
            for other in range(len(among)):
                nearer += np.int32(1) if among[other] < limit else np.int32(0)
            counts[row, place] = nearer
    return counts
