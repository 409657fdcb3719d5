"""The Clusters page put together."""

from __future__ import annotations

import streamlit as st

from components.clusters.real import real_panel
from components.frame import Page


def clusters_page(page: Page) -> None:
    """Everything of the page beside its heading."""
    st.text(len(page.space))
    real_panel()
