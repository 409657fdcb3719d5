"""Groups of a collection: the column that tells them, ready searches among them, and what every skew says of them."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from components.kit import link
from components.kit.choice import COLLECTION, choose_collection, save_and_choose
from components.kit.texts import examples
from components.views.bias_inputs import is_untouched, ready_row
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.collection import Collection
from embeddings.reading.wording import several

GROUP, QUERY, K = "skew_groups", "skew_query", "skew_k"
BEGUN, NAMES_ID = "skew_begun_with", "skew_names_collection"
NAMES_TEST = "WEAT3"
LEVEL = 0.05


class Search(NamedTuple):
    """A search over a ready collection."""

    query: str
    column: str
    k: int


def ready_searches() -> list[Search]:
    """Those of the collection that is looked at."""
    return [Search(*each) for each in examples("searches").get(link.read("collection", COLLECTION), ())]


def search_row() -> None:
    """The examples of this collection side by side, and the names with what is said of them."""
    _begin()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        ready = ready_searches()
        now = next((n for n, each in enumerate(ready) if st.session_state.get(QUERY) == each.query), None)
        titles = {place: each.query for place, each in enumerate(ready)}
        ready_row("skew_example", titles, now, lambda place: _use(ready[place]))
        if not _looks_at_names():
            st.button(
                "CEO among 64 first names",
                key="skew_names",
                icon=":material/badge:",
                on_click=_open_names,
                help="Opens the first names of a published test, each with the group that the study took it for.",
            )
    if _looks_at_names():
        st.info(NOTICE, icon=":material/info:")


def _begin() -> None:
    """Begin with an example where nobody has typed yet; another collection brings its own while it is untouched."""
    ready = ready_searches()
    here = st.session_state.get(QUERY) in [each.query for each in ready]
    if ready and not here and is_untouched(QUERY, BEGUN):
        _use(ready[0])
        st.session_state[BEGUN] = ready[0].query


def _use(search: Search) -> None:
    st.session_state[QUERY], st.session_state[GROUP], st.session_state[K] = search


def _open_names() -> None:
    """Look at the first names of a published test and search them for “CEO”; saved once a session."""
    if known := st.session_state.get(NAMES_ID):
        choose_collection(known)
    elif save_and_choose(first_names()):
        st.session_state[NAMES_ID] = link.read("collection")
    else:
        return
    _use(Search("CEO", "group", 16))


def first_names() -> Collection:
    """First names of Caliskan, Bryson & Narayanan (2017), with the group that each stands for there."""
    test = ready_tests()[NAMES_TEST]
    groups = [each.name for each in (test.x, test.y) for _ in each.words]
    return Collection.from_texts(
        [*test.x.words, *test.y.words], name="First names of a published test", metadata=pa.table({"group": groups})
    )


def _looks_at_names() -> bool:
    return bool(st.session_state.get(NAMES_ID)) and link.read("collection") == st.session_state[NAMES_ID]


def left_out(items: int) -> str:
    """How many items belong to no group; empty where all do."""
    return (
        f"{several(items, 'item')} without a value in this column {'is' if items == 1 else 'are'} left out."
        if items
        else ""
    )
