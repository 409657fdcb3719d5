"""The Trust page put together."""

from __future__ import annotations

import streamlit as st

from components.app.frame import Page
from components.trust.asked import controls, k_control, view_control
from components.trust.how import how_computed
from components.trust.methods import three_methods
from components.trust.seeds import over_seeds
from components.trust.sweep import settings_grid
from components.trust.this_map import this_map

QUESTIONS = {
    "map": "Which points does this map place wrongly, and who are their true neighbours?",
    "seeds": "Would the same picture come out again, or is it an accident of the random start?",
    "methods": "Do three ways of drawing agree about the same items?",
    "settings": "How much of the picture is made by the settings?",
}
PARTS = {"map": this_map, "seeds": over_seeds, "methods": three_methods, "settings": settings_grid}


def trust_page(page: Page) -> None:
    """Everything of the page beside its heading."""
    space = page.space
    with page.corner:
        asked = controls(space)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = view_control()
        asked = asked._replace(k=k_control(space))
        st.caption(QUESTIONS[view], width=420)
    body = st.container()
    how_computed()
    with body:
        PARTS[view](space, asked)
