"""The filter of the map: charts of all columns to brush, chips of what is filtered by, and the link that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.kit import link
from components.kit.ask import Pending, Request, asking
from components.kit.caching import remembered
from components.kit.kinds import counted
from components.kit.map.browser import starter
from components.kit.words import escape, shorten
from embeddings.conditions import Condition, said, write
from embeddings.errors import EmbeddingError
from embeddings.facets import Facet, facet_names, facet_of, needs_terms, scale_facet, words_facet
from embeddings.filters import Filtered, changed, filtered, summary
from embeddings.space import Space

FILTER, KEY, OPEN, GRAPH = "filter", "filter_charts", "filter_open", "filter_graph"
# What the graph of the 10 nearest neighbours tells of each item.
MEASURES = {"hubness": "in_degree", "PageRank": "pagerank", "clustering coefficient": "clustering"}
MEANING = (
    "Hubness: in how many lists of the 10 nearest an item stands. PageRank: 1 is the average. Clustering coefficient: "
    "the share of pairs of its neighbours that are neighbours themselves."
)


def measures(space: Space) -> list[str]:
    """The measures of the neighbour graph by name; a column of the same name hides one."""
    return [name for name in MEASURES if name not in space.collection.columns] if len(space) > 1 else []


def measured(space: Space, name: str, pending: Pending) -> NDArray[np.float64] | None:
    """A measure of the neighbour graph, shape (n,); None while it is being worked out.

    Raises:
        EmbeddingError: it cannot be.
    """
    found = _ask(asking("graph measures", space), pending)
    return None if found is None else np.asarray(getattr(found, MEASURES[name]))


def _ask(request: Request[Any], pending: Pending) -> Any:
    found = pending.ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        raise found
    return found


def filter_button() -> None:
    """The button that opens and closes the charts."""
    is_open = bool(st.session_state.get(OPEN))
    turn = partial(st.session_state.update, {OPEN: not is_open})
    kind: Any = "primary" if is_open else "secondary"
    st.button("Filter", key="filter_button", icon=":material/filter_alt:", type=kind, on_click=turn)


def read_filter(space: Space, pending: Pending) -> Filtered:
    """What the filter of the link keeps; all columns are counted where the charts are open."""
    drawn = _drawn(space) if st.session_state.get(OPEN) else []
    link.show({FILTER: ""})
    return filtered(link.read(FILTER), drawn, lambda column: _facet(space, column, pending), len(space))


def _drawn(space: Space) -> list[str]:
    graph = measures(space) if st.session_state.get(GRAPH) else []
    return [*facet_names(space.collection), *graph]


def _facet(space: Space, column: str, pending: Pending) -> Facet | None:
    """A column or a measure made ready; None while it is being looked at."""
    collection = space.collection
    if column in measures(space):
        values = measured(space, column, pending)
        key = f"measure|{space.fingerprint}|{column}"
        return None if values is None else remembered(key, lambda: scale_facet(column, values))
    key = f"{collection.fingerprint}|{column}"
    if column not in facet_names(collection) or not remembered(f"texts|{key}", lambda: needs_terms(collection, column)):
        return remembered(f"facet|{key}", lambda: facet_of(collection, column))
    terms = _ask(asking("terms", collection, column), pending)
    return None if terms is None else words_facet(column, terms)


def chips(space: Space, found: Filtered) -> None:
    """What is filtered by, each with ×, and how much is kept; nothing where no filter is on."""
    for reason in found.reasons:
        st.caption(f":material/info: {escape(reason)}")
    if not link.read(FILTER):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chips"):
        if found.used:
            kept = np.count_nonzero(found.kept.rows)
            st.markdown(f"**{kept:,} of {counted(space.collection)}**", width="content")
        for number, condition in enumerate(found.wanted):
            st.button(
                escape(shorten(said(condition), 60)),
                key=f"chip_{number}",
                icon=":material/close:",
                icon_position="right",
                help="Take this condition away",
                on_click=_filter_by,
                args=([each for each in found.wanted if each != condition],),
            )
        st.button("Clear all", key="clear_filter", type="tertiary", on_click=clear)


def note_on(row: int, found: Filtered) -> None:
    """What the filter has to do with an item that is looked at; nothing where no filter is on."""
    if found.used:
        left_out = "" if found.kept.rows[row] else "The filter leaves this one out. "
        st.caption(f":material/filter_alt: {left_out}Neighbours are those in the whole collection, filtered or not.")


def clear() -> None:
    """Filter by nothing; for callbacks."""
    link.write(FILTER, "")


def _filter_by(conditions: Sequence[Condition]) -> None:
    link.write(FILTER, write(conditions))


def charts(space: Space, found: Filtered) -> None:
    """Draw the columns; what is brushed, picked or typed there becomes the filter."""
    shown = [(name, summary(found, name)) for name in _drawn(space) if name in found.facets]
    telling = [(name, each) for name, each in shown if each is None or each.labels or each.missing]
    data = [{"column": name} if each is None else each._asdict() for name, each in telling]
    mount = st.components.v2.component("vectorscope.filter", js=starter("filter", "The charts"), isolate_styles=False)
    mount(key=KEY, data={"charts": data}, on_brushed_change=partial(_brushed, found))
    if measures(space):
        st.checkbox("Neighbour graph", key=GRAPH, persist_state="session", help=MEANING)


def _brushed(found: Filtered) -> None:
    state = st.session_state.get(KEY)
    conditions = changed(found, state.get("brushed")) if isinstance(state, Mapping) else None
    if conditions is not None:
        _filter_by(conditions)
