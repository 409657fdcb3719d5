"""Whether one space is the other, turned: the rotation is judged on items that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.compare.requests import rotation_request
from components.kit.ask import ask
from embeddings.compare.aligned import Rotation
from embeddings.space import Space

# Fitting takes time with the cube of the dimension: about 2 s at 1,024.
MOST_DIMENSIONS = 1_024


def turned_panel(one: Space, other: Space, names: Sequence[str]) -> None:
    """An expander that asks for the answer when it is opened; the names must be escaped."""
    twin = st.expander(
        "Is one space just the other, turned? Could old vectors be carried over?",
        icon=":material/rotate_right:",
        on_change="rerun",
        key="turned_open",
    )
    if not twin.open:
        return
    with twin:
        most = max(one.dimension, other.dimension)
        if most > MOST_DIMENSIONS:
            st.info(
                f"This is computed up to {MOST_DIMENSIONS:,} dimensions; here are {most:,}.", icon=":material/info:"
            )
            return
        st.markdown(turned_sentence(ask(rotation_request(one, other)), names))
        st.caption(
            "Orthogonal Procrustes of unit vectors (Schönemann 1966; Artetxe, Labaka & Agirre 2016), fitted on one "
            "half of the items and judged on the other; few items for many dimensions make it look worse than it is."
        )


def turned_sentence(found: Rotation, names: Sequence[str]) -> str:
    """What the rotation finds, in Markdown."""
    share, low, high = (100 * each for each in found.found)
    return (
        f"Turned to fit {names[1]} on half of the items, the vectors of {names[0]} land nearest to their own "
        f"counterpart for **{share:.0f} %** of the other half [{low:.0f}–{high:.0f}]; a guess finds "
        f"{100 * found.chance:.2g} %. {_how_well(found.found.share)}"
    )


def _how_well(share: float) -> str:
    if share >= 0.95:
        return "**They hold nearly the same, in other directions:** vectors can be carried over."
    if share >= 0.5:
        return "**Most items survive the turn, not all:** what they know differs beyond directions."
    return "**No turn makes them the same:** whoever changes the encoder must encode again."
