"""How sure a share is: counted hits among counted tries, with an interval."""

from __future__ import annotations

from math import nan, sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054


class Interval(NamedTuple):
    """A share and its 95 % interval, all between 0 and 1; not a number where nothing was tried."""

    share: float
    low: float
    high: float


def wilson(hits: int, tries: int) -> Interval:
    """The share of hits with its 95 % score interval (Wilson 1927); takes the tries as independent.

    Raises:
        ValueError: more hits than tries, or fewer than none.
    """
    if not 0 <= hits <= tries:
        raise ValueError(f"hits must lie between 0 and tries = {tries}, got {hits}")
    if tries == 0:
        return Interval(nan, nan, nan)
    share, square = hits / tries, Z_95**2
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    half = Z_95 / (1 + square / tries) * sqrt(share * (1 - share) / tries + square / (4 * tries**2))
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))
