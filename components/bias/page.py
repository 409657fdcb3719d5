"""The Bias page: which kind of question is asked."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.bias.association.panel import association_view
from components.bias.direction.panel import direction_view
from components.bias.sets.panel import sets_view
from components.bias.skew.panel import skew_view

VIEWS = {"association": "Association", "direction": "Direction and debiasing", "sets": "Sets", "skew": "Search skew"}


def bias_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    with corner.container(horizontal_alignment="right"):
        view = st.segmented_control(
            "Probe",
            list(VIEWS),
            default="association",
            format_func=VIEWS.__getitem__,
            key="probe",
            bind="query-params",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
    views = {"association": association_view, "direction": direction_view, "sets": sets_view, "skew": skew_view}
    views[str(view or "association")]()
