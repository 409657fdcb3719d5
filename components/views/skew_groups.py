"""Groups of a collection: the column that tells them, ready searches among them, and what every skew says of them."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.choice import COLLECTION, choose_collection, save_and_choose
from components.kit.kinds import drawn
from components.kit.texts import examples
from components.kit.words import escape, shorten
from components.views.bias_forms import group_columns
from components.views.bias_inputs import is_untouched, ready_row
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.collection import Collection
from embeddings.encoders import find_spec
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


NAMES = Search("CEO", "group", 16)


def ready_searches() -> list[Search]:
    """Those of the collection that is looked at."""
    return [Search(*each) for each in examples("searches").get(link.read("collection", COLLECTION), ())]


def search_row(own: Collection, encoder: str) -> Collection:
    """The examples behind a button, and what is said of the first names; gives the collection that is searched.

    That is the chosen one, or the first names in its place: groups of a search are people there, while the groups of
    words and sentences are mostly what a search is about.
    """
    lendable = not drawn(own) and reads_texts(encoder) and not find_spec(encoder).fits
    _begin(lendable=lendable and NAMES.column not in own.columns)
    with st.popover("Examples", icon=":material/lightbulb:", width="content"):
        ready = ready_searches()
        lent = lendable and _asks_for_names(own)
        now = None if lent else next((n for n, each in enumerate(ready) if _value(QUERY) == each.query), None)
        titles = {place: each.query for place, each in enumerate(ready)}
        ready_row("skew_example", titles, now, lambda place: _use(ready[place]))
        if not _looks_at_names():
            st.button(
                "CEO among 64 first names",
                key="skew_names",
                icon=":material/badge:",
                type="primary" if lent else "secondary",
                on_click=_use if lendable and NAMES.column not in own.columns else _open_names,
                args=(NAMES,) if lendable and NAMES.column not in own.columns else (),
                help="The first names of a published test, each with the group that the study took it for.",
            )
    if lent:
        st.button(
            "Search the collection instead",
            key="skew_own",
            type="tertiary",
            on_click=_search_own,
            args=(own,),
        )
    return first_names() if lent else own


def say_whose(searched: Collection, own: Collection) -> None:
    """That the first names are searched, and what such groups can and cannot stand for."""
    if searched is not own:
        name = escape(shorten(own.name, 40))
        st.caption(f":material/info: These are 64 first names of a published test, not “{name}”. {NOTICE}")
    elif _looks_at_names():
        st.caption(f":material/info: {NOTICE}")


def _begin(*, lendable: bool) -> None:
    """Begin with an example where nobody has typed yet; another collection brings its own while it is untouched."""
    offered = [NAMES] if lendable else ready_searches()
    here = (_value(QUERY), _value(GROUP)) in [(each.query, each.column) for each in offered]
    if offered and not here and is_untouched(QUERY, BEGUN):
        _use(offered[0])
        st.session_state[BEGUN] = offered[0].query


def _asks_for_names(own: Collection) -> bool:
    """Whether fields or link name the group of the first names, which the chosen collection does not have."""
    return _value(GROUP) == NAMES.column and NAMES.column not in own.columns


def _value(key: str) -> str:
    """What a field holds, or the link says before it is drawn."""
    return str(st.session_state.get(key) or st.query_params.get(key) or "")


def _search_own(own: Collection) -> None:
    """Search the chosen collection for what was typed."""
    columns, ready = group_columns(own), ready_searches()
    if ready:
        _use(ready[0])
    else:
        st.session_state[GROUP] = columns[0] if columns else ""


def _use(search: Search) -> None:
    """Take an example, by a click: then it is what the reader chose."""
    st.session_state[QUERY], st.session_state[GROUP], st.session_state[K] = search
    st.session_state.pop(BEGUN, None)


def _open_names() -> None:
    """Look at the first names of a published test and search them for “CEO”; saved once a session."""
    if known := st.session_state.get(NAMES_ID):
        choose_collection(known)
    elif save_and_choose(first_names()):
        st.session_state[NAMES_ID] = link.read("collection")
    else:
        return
    _use(NAMES)


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
