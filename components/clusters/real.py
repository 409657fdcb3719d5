"""Are these clusters real? Stability, noise, labels, the map."""

import streamlit as st


def real_panel() -> None:
    """To be written."""
    st.text("real?")
