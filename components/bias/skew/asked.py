"""What is asked of a search: the query, the groups, how many places, and what they are compared with."""

from __future__ import annotations

from typing import Literal, NamedTuple

import streamlit as st

from components.bias.skew.examples import QUERY, K
from components.bias.skew.groups import group_picker
from components.kit.widgets import pick
from embeddings.collection import Collection

EXPECTED = "skew_expected"
MOST_PLACES = 1_000
LONGEST = 2_000
Expected = Literal["collection", "equal"]
TITLES: dict[Expected, str] = {"collection": "The collection", "equal": "Equal shares"}


class Asked(NamedTuple):
    """A question to a labelled collection.

    Attributes:
        query: as typed.
        column: of the groups.
        k: how many places count.
        expected: what the shares are compared with.
    """

    query: str
    column: str
    k: int
    expected: Expected


def search_controls(collection: Collection) -> Asked | None:
    """What is asked; None, with the reason in its place, where the collection has no groups."""
    query = st.text_input(
        "Search for",
        key=QUERY,
        bind="query-params",
        persist_state="session",
        placeholder="CEO",
        max_chars=LONGEST,
        help="Any text that the encoder reads, an item of the collection, or #12 for the item of that number.",
    )
    column = group_picker(collection)
    if not column:
        return None
    if K not in st.session_state and K not in st.query_params:
        st.session_state[K] = 20
    k = st.number_input(
        "How many of the first results count (k)",
        1,
        MOST_PLACES,
        step=5,
        key=K,
        bind="query-params",
        persist_state="session",
    )
    expected = pick(
        "Compare with",
        TITLES,
        key=EXPECTED,
        help="The shares of the groups in the whole collection, or the same share for every group.",
    )
    return Asked(str(query or "").strip(), column, int(k), expected)
