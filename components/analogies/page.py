"""The Analogies page: one sum, one relation, or a whole test set."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.analogies.one_sum import one_sum
from components.analogy_test.panel import analogy_test
from components.relations.panel import one_relation

VIEWS = {"sum": "One sum", "relation": "One relation", "test": "Test set"}


def analogies_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    with corner.container(horizontal=True, horizontal_alignment="right"):
        view = st.segmented_control(
            "View",
            list(VIEWS),
            default="sum",
            format_func=VIEWS.__getitem__,
            key="view",
            bind="query-params",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
    {"sum": one_sum, "relation": one_relation, "test": analogy_test}[str(view or "sum")]()
