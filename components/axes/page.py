"""To be written."""

import streamlit as st

from embeddings.space import Space


def axes_page(space: Space) -> None:
    """Everything of the page below its heading."""
    st.text(len(space))
