"""The frame of every page: its question, and the space it is about."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import link
from components.choice import chosen_collection, chosen_encoder
from components.defaults import COLLECTION
from components.spaces import open_collection, space_of
from embeddings.collection import Kind
from embeddings.errors import EmbeddingError
from embeddings.space import Space

SUBJECTS = {
    "image": "Pictures, each where this model puts it",
    "mixed": "Pictures and texts, each where this model puts it",
}


class Page(NamedTuple):
    """A page that has been headed.

    Attributes:
        space: what it is about.
        corner: the place at the right of the heading, for the page's main choice.
    """

    space: Space
    corner: DeltaGenerator


def heading(title: str, question: str) -> DeltaGenerator:
    """The title of a page and the question it answers, on one line; the place to their right is given back."""
    left, right = st.columns([0.56, 0.44], vertical_alignment="center")
    with left.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.subheader(title, anchor=False, width="content")
        st.caption(question)
    return right.container()


def page(title: str, question: str) -> Page:
    """Head a page and give the chosen space; until it is there, its progress is the page."""
    corner = heading(title, question)
    collection, _ = chosen_collection()
    return Page(space_of(collection, chosen_encoder()), corner)


def map_question() -> str:
    """The one sentence above the map."""
    choice = link.read("collection", COLLECTION)
    texts = {"words": "a word", "sentences": "a sentence", "news": "a news document"}
    subject = SUBJECTS.get(_kind_of(choice)) or f"Each dot is {texts.get(choice, 'an item')}"
    return f"{subject}; near means similar to this model. Click one."


def _kind_of(choice: str) -> Kind:
    try:
        return open_collection(choice)[0].kind
    except EmbeddingError:
        return "text"
