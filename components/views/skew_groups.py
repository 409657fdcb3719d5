"""Groups of a collection: the column that tells them, ready searches among them, and what every skew says of them."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from components.kit import link
from components.kit.choice import COLLECTION, choose_collection, save_and_choose
from components.kit.labels import NO_LABELS, label_columns
from components.kit.texts import examples
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from embeddings.bias.groups import MOST_GROUPS
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.collection import Collection
from embeddings.labelled import label_counts
from embeddings.reading.wording import several

GROUP, QUERY, K = "skew_groups", "skew_query", "skew_k"
BEGUN, NAMES_ID = "skew_begun_with", "skew_names_collection"
NAMES_TEST = "WEAT3"
LEVEL = 0.05
NO_GROUPS = (
    "No column of this collection says which group an item belongs to, so there is nothing to compare. Bring a table "
    "with such a column (gender, region, topic …), or pictures in folders that name their group."
)


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
        for place, each in enumerate(ready_searches()):
            st.button(
                escape(each.query),
                key=f"skew_example_{place}",
                type="primary" if st.session_state.get(QUERY) == each.query else "secondary",
                on_click=_use,
                args=(each,),
            )
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
    typed, ready = st.session_state.get(QUERY), ready_searches()
    if QUERY in st.query_params and typed is None:
        return
    untouched = typed is None or typed == st.session_state.get(BEGUN)
    if untouched and ready and typed not in [each.query for each in ready]:
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


def group_columns(collection: Collection) -> list[str]:
    """All columns, those first that hold from 2 to 50 groups; the others are answered with the reason."""
    usable = [name for name in label_columns(collection) if len(label_counts(collection, name)) <= MOST_GROUPS]
    others = [name for name in collection.columns if name not in usable]
    return usable + sorted(others, key=lambda name: name in NO_LABELS)


def group_picker(collection: Collection) -> str:
    """The chosen column; empty, with the reason in its place, where there is none."""
    columns = group_columns(collection)
    if not columns:
        st.info(NO_GROUPS, icon=":material/label_off:")
        return ""
    help = "Items without a value in it are left out. It is taken as right."
    return pick_from_list("Groups are in the column", columns, key=GROUP, help=help)


def left_out(items: int) -> str:
    """How many items belong to no group; empty where all do."""
    return (
        f"{several(items, 'item')} without a value in this column {'is' if items == 1 else 'are'} left out."
        if items
        else ""
    )
