"""To be written."""

import streamlit as st


def sets_view() -> None:
    """The view below the heading."""
    st.text("sets")
