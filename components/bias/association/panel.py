"""To be written."""

import streamlit as st


def association_view() -> None:
    """The view below the heading."""
    st.text("association")
