"""The Compare page put together."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.choice import chosen_collection


def compare_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    collection, _ = chosen_collection()
    st.text(len(collection))
