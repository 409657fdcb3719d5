"""The first minute: one sentence and three things to try with one click."""

from __future__ import annotations

import streamlit as st

from components.explore.controls import meaning_obstacle
from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.words import escape
from embeddings.analogies.parsing import parse
from embeddings.space import Space

SUM = "king - man + woman"
EXPECTED = "queen"
LONGEST = 24


def invitations(space: Space) -> None:
    """The buttons that fit the collection."""
    pictures = space.collection.kind != "text"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        (_search_pictures if pictures else _add_up_words)(space)
        if st.button("Where does this map lie?", type="tertiary", icon=":material/troubleshoot:"):
            link.go_to(link.TRUST)
        label = "Bring your own pictures" if pictures else "Bring your own data"
        if st.button(label, type="tertiary", icon=":material/upload_file:"):
            link.go_to(link.DATA)


def example_search(space: Space) -> str:
    """Words to look for among pictures by their meaning; empty where there are none or the encoder does not read."""
    collection = space.collection
    if meaning_obstacle(space) or "caption" not in collection.columns:
        return ""
    captions = [str(each) for each in collection.column("caption").to_pylist() if each and len(str(each)) <= LONGEST]
    return captions[len(captions) // 2] if captions else ""


def _add_up_words(space: Space) -> None:
    words = [term.name for term in parse(SUM).terms]
    possible = reads_texts(space.encoder) or all(word in space.collection.rows for word in words)
    if st.button(
        "king − man + woman",
        type="tertiary",
        disabled=not possible,
        icon=":material/calculate:",
        help=None if possible else "These vectors came ready-made and do not hold the three words.",
    ):
        link.go_to(link.ANALOGIES, query_params={"sum": SUM, "expected": EXPECTED})


def _search_pictures(space: Space) -> None:
    example = example_search(space)
    if example:
        label = f"Find “{escape(example)}”"
        st.button(label, type="tertiary", on_click=_look_for, args=(example,), icon=":material/image_search:")


def _look_for(text: str) -> None:
    st.session_state["search"] = text
    st.session_state["search_by"] = "meaning"
