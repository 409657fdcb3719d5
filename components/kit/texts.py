"""The texts that pages show and examples that they offer: files of `components/texts`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

TEXTS = Path(__file__).resolve().parents[1] / "texts"


def how(name: str, **filled: str) -> None:
    """How something is computed, with the sources, in a part of the page that is closed at first."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(how_text(name).format_map(filled) if filled else how_text(name))


def reading(name: str, **filled: str) -> None:
    """How a result is read and what may not be concluded from it, a text of `texts/reading`; closed at first too."""
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown((TEXTS / "reading" / f"{name}.md").read_text(encoding="utf-8").format_map(filled))


@cache
def how_text(name: str) -> str:
    """The text of `texts/how`."""
    return (TEXTS / "how" / f"{name}.md").read_text(encoding="utf-8")


@cache
def examples(name: str) -> dict[str, Any]:
    """The tables of `texts/examples`; not to be changed."""
    return tomllib.loads((TEXTS / "examples" / f"{name}.toml").read_text(encoding="utf-8"))
