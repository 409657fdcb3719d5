"""The frame of every page: its question, and the space it is about."""

from __future__ import annotations

import streamlit as st

from components import link
from components.choice import chosen_collection, chosen_encoder
from components.defaults import COLLECTION
from components.spaces import space_of
from embeddings.space import Space


def heading(title: str, question: str) -> None:
    """The title of a page and the question it answers, on one line."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.subheader(title, anchor=False, width="content")
        st.caption(question)


def page(title: str, question: str) -> Space:
    """Head a page and give the chosen space; until it is there, its progress is the page."""
    heading(title, question)
    collection, _ = chosen_collection()
    return space_of(collection, chosen_encoder())


def map_question() -> str:
    """The one sentence above the map."""
    kind = {"words": "a word", "sentences": "a sentence", "news": "a news document"}
    what = kind.get(link.read("collection", COLLECTION), "an item")
    return f"Each dot is {what}; near means similar to this model. Click one."
