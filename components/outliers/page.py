"""The Outliers page put together: three questions, one at a time."""

from __future__ import annotations

import streamlit as st

from components.app.frame import Page
from components.kit.widgets import pick
from components.outliers.doubtful import doubtful_view
from components.outliers.lonely import lonely_view
from components.outliers.obstacles import SINGLE
from components.outliers.twice import twice_view

VIEW = "look_for"
LONELY, DOUBTFUL, TWICE = "Outliers", "Possible wrong labels", "Near-duplicates"
VIEWS = {LONELY: lonely_view, DOUBTFUL: doubtful_view, TWICE: twice_view}


def outliers_page(page: Page) -> None:
    """Everything of the page beside its heading."""
    with page.corner, st.container(horizontal=True, horizontal_alignment="right"):
        view = _picker()
    if len(page.space) < 2:
        st.info(SINGLE, icon=":material/info:")
        return
    VIEWS[view](page.space)


def _picker() -> str:
    return pick("Look for", list(VIEWS), key=VIEW, default=LONELY, hide_label=True)
