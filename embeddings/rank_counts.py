"""How many items are nearer than some: one pass over each row of distances, compiled."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def count_nearer(distances, columns):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """How many of each row's distances, shape (m, n), come before some of its columns, shape (m, k); int64.

    Of equal distances the lower column comes first. Counting for a few columns is an order of magnitude less work than
    sorting the row, because a processor compares many distances at once.
    """
    counts = np.empty(columns.shape, dtype=np.int64)
    for row in range(columns.shape[0]):
        among = distances[row]
        for place in range(columns.shape[1]):
            column = columns[row, place]
            wanted = among[column]
            nearer = np.int32(0)  # a wider sum would halve how many are compared at once
            for other in range(len(among)):
                nearer += np.int32(1) if among[other] < wanted else np.int32(0)
            for lower in range(column):
                nearer += np.int32(1) if among[lower] == wanted else np.int32(0)
            counts[row, place] = nearer
    return counts
