"""The Trust page put together."""

from __future__ import annotations

import streamlit as st

from components.frame import Page


def trust_page(page: Page) -> None:
    """Everything of the page beside its heading."""
    st.text(len(page.space))
