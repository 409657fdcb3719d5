"""Where a map is most wrong: its points by what it did to their neighbours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.trust.scores import Trust

# What can be asked of each point: the neighbours it keeps, how false the shown ones are, how far the missing ones.
KEPT, FALSE, MISSING = "kept", "false", "missing"
MOSTLY = 0.5


class Picked(NamedTuple):
    """The points, the worst first, whose shade lies between two values in per cent, both included."""

    shade: str
    low: int
    high: int
    rows: NDArray[np.intp]


def measure(shade: str, trust: Trust) -> NDArray[np.float32]:
    """What a shade shows of each point, 0 to 1; of a score what is lost of it."""
    if shade == KEPT:
        return trust.point_kept
    score = trust.point_trustworthiness if shade == FALSE else trust.point_continuity
    return np.asarray(np.clip(1 - score, 0, None), dtype=np.float32)


def picked(shade: str, trust: Trust, low: int, high: int) -> Picked:
    """The scored points whose measure lies from low to high per cent."""
    values = np.rint(1000 * measure(shade, trust)[trust.scored]) / 10
    rows = trust.scored[(values >= low) & (values <= high)]
    if shade == KEPT:
        return Picked(shade, low, high, _worst_first(rows, trust))
    return Picked(shade, low, high, rows[np.lexsort((rows, -measure(shade, trust)[rows]))])


def mostly_false(trust: Trust) -> NDArray[np.intp]:
    """Rows of the points more than half of whose neighbours on the map are false, the worst first."""
    return _worst_first(np.flatnonzero(trust.point_kept < MOSTLY), trust)


def _worst_first(rows: NDArray[np.intp], trust: Trust) -> NDArray[np.intp]:
    return rows[np.lexsort((rows, trust.point_trustworthiness[rows], trust.point_kept[rows]))]
