"""A chart as every page shows it, and the table that says the same."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer


def show_chart(figure: go.Figure, *, alt: str, key: str | None = None) -> None:
    """Draw a figure without buttons over it; `alt` says what it shows to those who cannot see it."""
    st.plotly_chart(figure, config={"displayModeBar": False}, key=key, alt=alt)


def table_twin(label: str, *, key: str) -> ExpanderContainer:
    """A closed part of the page for a table; fill it only where it is `open`, so that nobody waits for it unseen."""
    return st.expander(label, icon=":material/table:", on_change="rerun", key=key)
