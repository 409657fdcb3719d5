"""The few things of the look that the theme file cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

LOGO = Path(__file__).parent / "assets" / "logo.svg"
WORDMARK = Path(__file__).parent / "assets" / "wordmark.svg"

STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding: 2.4rem 1.5rem 2rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding: 3.4rem 0.8rem 1rem; } }
</style>
"""


def apply_look() -> None:
    """Put the logo in its place and give the page the room it needs."""
    st.html(STYLE)
    st.logo(str(WORDMARK), icon_image=str(LOGO), size="large")


def is_dark() -> bool:
    """Whether the visitor's page is dark."""
    return bool(st.context.theme.type == "dark")
