"""Points picked out by what the map did to their neighbours: the same three measures as the colours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.trust.colours import FALSE, KEPT, MISSING, MOSTLY, SHADE, lost
from embeddings.trust import Trust

LABELS = {
    KEPT: "Show points that keep … of their neighbours",
    FALSE: "Show points whose neighbours are … false",
    MISSING: "Show points whose neighbours were put … away",
}
WORDS = {
    KEPT: "keep {} of their true neighbours on this map",
    FALSE: "have neighbours on this map that are {} false",
    MISSING: "have true neighbours that this map puts {} away",
}
ALL = (0, 100)


class Picked(NamedTuple):
    """The points within a range.

    Attributes:
        shade: what the range is of.
        low: in per cent, included.
        high: the same.
        rows: the points, the worst first.
    """

    shade: str
    low: int
    high: int
    rows: NDArray[np.intp]


def filter_control(shade: str, trust: Trust | None) -> Picked | None:
    """A range of what the points are coloured by; None where all points are within it, or nothing has one."""
    if shade not in LABELS:
        return None
    found = st.slider(
        LABELS[shade],
        *ALL,
        ALL,
        format="%d %%",
        key=filter_key(shade),
        bind="query-params",
        width=300,
        disabled=trust is None,
        help="All others turn grey, and a table below the map lists those that are left, the worst first.",
    )
    low, high = (int(end) for end in found)
    return None if trust is None or (low, high) == ALL else picked(shade, trust, low, high)


def picked(shade: str, trust: Trust, low: int, high: int) -> Picked:
    """The scored points whose measure lies from low to high per cent."""
    values = np.rint(1000 * measure(shade, trust)[trust.scored]) / 10
    rows = trust.scored[(values >= low) & (values <= high)]
    order = np.lexsort((rows, trust.point_trustworthiness[rows], trust.point_kept[rows]))
    if shade != KEPT:
        order = np.lexsort((rows, -measure(shade, trust)[rows]))
    return Picked(shade, low, high, rows[order])


def measure(shade: str, trust: Trust) -> NDArray[np.float32]:
    """What a shade shows of each point, 0 to 1."""
    if shade == KEPT:
        return trust.point_kept
    return lost(trust.point_trustworthiness if shade == FALSE else trust.point_continuity)


def picked_sentence(found: Picked, trust: Trust) -> str:
    """“412 of 600 points (69 %) keep 0 to 49 % of their true neighbours on this map.”"""
    count, scored = len(found.rows), len(trust.scored)
    share = WORDS[found.shade].format(f"{found.low} to {found.high} %")
    return f"{count:,} of {scored:,} points ({100 * count / scored:.0f} %) {share}."


def show_mostly_false() -> None:
    """Pick out the points that keep less than half of their neighbours; for callbacks."""
    st.session_state[SHADE] = KEPT
    st.session_state[filter_key(KEPT)] = (0, round(100 * MOSTLY) - 1)


def filter_key(shade: str) -> str:
    """Where the range of a shade is kept, and what a link calls it."""
    return f"only_{shade}"
