"""To be written."""

import streamlit as st


def skew_view() -> None:
    """The view below the heading."""
    st.text("skew")
