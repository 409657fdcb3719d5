"""The view “Search skew”: whom a search shows first, and whether groups are named differently."""

from __future__ import annotations

import streamlit as st

from components.bias.skew.labels_panel import labels_part
from components.bias.skew.search_panel import search_part

PART = "skew_part"
PARTS = {"search": "A search", "labels": "Names given (zero-shot)"}


def skew_view() -> None:
    """The view below the heading."""
    part = st.segmented_control(
        "What is asked",
        list(PARTS),
        default="search",
        format_func=PARTS.__getitem__,
        key=PART,
        bind="query-params",
        persist_state="session",
        required=True,
        label_visibility="collapsed",
    )
    (labels_part if part == "labels" else search_part)()
