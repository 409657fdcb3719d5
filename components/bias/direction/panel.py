"""The view “Direction and debiasing”: what pairs share, how words lean along it, and what taking it out leaves."""

from __future__ import annotations

import streamlit as st

from components.bias.direction.debias_panel import debias_part
from components.bias.direction.how import how_debias, how_direction, read_debias, read_direction
from components.bias.direction.measured import measured_part
from components.bias.direction.ready import NOTICE
from components.bias.direction.typed import begin, chosen, pairs_form, ready_row
from components.kit.candidates import candidate_controls
from components.kit.widgets import pick
from components.kit.words import escape

PART = "direction_part"
PARTS = {"direction": "The direction", "debias": "Take it out?"}
QUESTIONS = {
    "direction": "Do the pairs differ along one direction, and do words that should be neutral lean along it?",
    "debias": "If that direction is taken out of the vectors, is the bias gone, or only hidden?",
}


def direction_view() -> None:
    """The view below the heading."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        part = pick("What is asked", PARTS, key=PART)
        with st.container(width="content"):
            candidates = candidate_controls()
    space = candidates.space()
    begin(space)
    st.caption(QUESTIONS[part])
    ready_row(space)
    ready = chosen(space)
    if ready is not None and ready.sensitive:
        st.info(NOTICE, icon=":material/info:")
    left, right = st.columns([0.27, 0.73], gap="medium")
    with left:
        typed = pairs_form()
        if ready is not None:
            st.caption(escape(ready.source))
        settings = st.container()
        mistakes = st.container()
    with right:
        if typed is None:
            _nothing_yet()
        else:
            (debias_part if part == "debias" else measured_part)(space, typed, settings, mistakes)
    (read_debias if part == "debias" else read_direction)()
    (how_debias if part == "debias" else how_direction)()


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown("**Pairs of words that differ in one thing make a direction.**")
        st.caption(
            "Name at least two on the left, one pair a line, such as “she, he”. Where only items of the collection "
            "have vectors, take pairs of them; #12 is the item of that number."
        )
