"""To be written."""

import streamlit as st


def direction_view() -> None:
    """The view below the heading."""
    st.text("direction")
