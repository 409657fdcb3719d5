"""To be written."""

import streamlit as st

from components.candidates import candidate_controls


def one_sum() -> None:
    """The view below the heading."""
    candidates = candidate_controls()
    st.text(len(candidates.space()))
