"""The Neighbours page put together: three metrics side by side, centring, what a score means, what the encoder saw."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.kit.ask import ask
from components.kit.caching import centred_space
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.kinds import one
from components.kit.link import select
from components.kit.pictures import ROW_HEIGHT, as_picture, gallery, single_picture
from components.kit.reference import Usual, kind_of, texts_request, usual
from components.kit.words import escape, shorten, table_csv
from components.neighbours.chart import similarity_chart
from components.neighbours.lookup import Query
from components.neighbours.query import query_picker
from components.neighbours.seen import seen_panel
from components.neighbours.tables import (
    changed,
    in_powers,
    least_similar,
    list_note,
    rarity,
    side_by_side,
    with_pictures,
)
from embeddings.metrics import METRICS
from embeddings.neighbours import PAIRS, Neighbours, nearest
from embeddings.space import Space

LINE = 36
TALLEST = 720
NARROW = 125


def neighbours_page(space: Space) -> None:
    """Everything of the page below its heading."""
    left, right = st.columns([0.68, 0.32], gap="large")
    with left:
        query = query_picker(space)
    with right:
        k = st.slider("How many neighbours", 1, min(50, max(2, len(space))), min(10, max(1, len(space) - 1)), key="k")
        centre = st.toggle(
            "Centre the space",
            key="centre",
            bind="query-params",
            help="Takes the mean vector away before comparing. Off, nothing is changed.",
        )
        least = st.toggle(
            "Also the least similar",
            key="least",
            bind="query-params",
            help="The items that point most nearly the opposite way, by cosine.",
        )
    if query is None:
        return
    with left:
        _three_lists(space, query, k)
        if least:
            _least_similar(space, query, k)
        _similarities(space, query, k)
    with right:
        if centre:
            _what_centring_changes(space, query, k)
        if query.item is not None:
            seen_panel(space, query.item, query.vector(space), looked_up=not isinstance(query.target, int))


def _three_lists(space: Space, query: Query, k: int) -> None:
    found = {metric: nearest(space, query.target, k=k, metric=metric) for metric in METRICS}
    said = list_note(space, query.vector(space), found["cosine"], k, one(space.collection))
    if said:
        st.info(said, icon=":material/info:")
    table = side_by_side(space, found)
    if not table.num_rows:
        return
    pictured = space.collection.kind != "text"
    if pictured:
        _as_pictures(space, query, found["cosine"])
    shown = in_powers(with_pictures(space, table, found) if pictured else table)
    st.dataframe(
        shown,
        hide_index=True,
        height=min(TALLEST, ROW_HEIGHT * table.num_rows + LINE) if pictured else LINE * (table.num_rows + 1),
        row_height=ROW_HEIGHT if pictured else None,
        column_config=_columns(shown),
        alt="The nearest items by three metrics",
    )
    st.caption(
        "↑ ↓ ranked differently by cosine, ● not in the cosine list. Cosine and dot: larger is nearer; "
        "Euclidean distance: smaller is nearer. Ties are broken at random, the same way every time. "
        + _what_lengths_mean(space)
    )
    st.download_button(
        "These neighbours (CSV)",
        lambda: table_csv(table),
        "neighbours.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _least_similar(space: Space, query: Query, k: int) -> None:
    st.markdown("**The least similar**")
    found, level = least_similar(space, query, k)
    if not len(found.rows):
        st.caption("Nothing here is less similar than the rest.")
        return
    rows = found.rows.tolist()
    if space.collection.kind != "text":
        gallery(space.collection, rows, key="least_pictures", captions=[f"{each:.3f}" for each in found.scores])
    st.dataframe(
        pa.table({"cosine": found.scores, "item": [shorten(space.collection.text(row), 120) for row in rows]}),
        hide_index=True,
        height=min(TALLEST, LINE * (len(rows) + 1)),
        column_config={"cosine": st.column_config.NumberColumn(format="%.3f", width=70)},
        alt="The items of lowest cosine",
    )
    tied = f" {level:,} items share the last cosine here, so which of them are listed says nothing." if level else ""
    st.caption(
        f"Lowest cosine first: what points most nearly the opposite way. That is seldom the opposite in meaning.{tied}"
    )


def _as_pictures(space: Space, query: Query, found: Neighbours) -> None:
    """The query large, and its neighbours to pick from."""
    left, right = st.columns([0.28, 0.72], gap="medium")
    with left:
        if isinstance(query.item, bytes):
            single_picture(query.item, alt="what is looked up", key="looked_up", height=220)
        elif query.item is not None:
            st.text(shorten(query.item, 300))
        else:
            st.caption("Nearest to the vector")
    with right:
        scores = [f"{score:.3f}" for score in found.scores]
        rows = found.rows.tolist()
        gallery(space.collection, rows, key="neighbour_pictures", captions=scores, on_pick=_look_up)
        st.caption("By cosine similarity; a click looks that one up.")


def _look_up(row: int) -> None:
    select(row)
    st.session_state["look_up"] = "item"


def _similarities(space: Space, query: Query, k: int) -> None:
    found = nearest(space, query.target, k=k)
    known = _usual(space, query)
    if known is None:
        st.caption("Nothing here has a caption or a label, so there is no telling what a high score is.")
        return
    if not len(known.cosines) or not len(found.rows):
        return
    st.markdown("**What does such a similarity mean here?**")
    sample, pair = known.cosines, "items" if known.query == "item" else f"{known.query}s and {known.item}s"
    show_chart(
        similarity_chart(sample, found.scores, metric="cosine similarity", colours=page_colours()),
        alt="Histogram of the cosine similarity of random pairs, with the neighbours marked",
    )
    st.caption(
        f"Random pairs of {pair} have a cosine of {sample.mean():.2f} on average. The nearest neighbour has "
        f"{found.scores[0]:.2f}: more alike than {rarity(found.scores[0], sample)}"
        + (f" ({PAIRS:,} pairs, seed 0)." if len(sample) >= PAIRS else ".")
    )


def _usual(space: Space, query: Query) -> Usual | None:
    """What the scores are held against; a vector of no kind is held against all pairs of items."""
    if query.item is None:
        return Usual(space)
    kind = kind_of(query.item)
    about = texts_request(space) if kind == "text" else None
    return usual(space, kind, None if about is None else ask(about))


def _what_centring_changes(space: Space, query: Query, k: int) -> None:
    middle = centred_space(space)
    mean = space.vectors.mean(axis=0, dtype=np.float64)
    target = query.target if isinstance(query.target, int) else query.target - mean
    before, after = nearest(space, query.target, k=k), nearest(middle, target, k=k)
    gone, come = changed(before, after)
    st.markdown(f"**Centring changes {len(come)} of the first {len(before.rows)}**")
    names = [shorten(space.collection.text(int(row)), 60) for row in after.rows]
    marks = ["new" if int(row) in come else "" for row in after.rows]
    st.dataframe(
        pa.table({"centred": names, "cosine": after.scores, "": marks}),
        hide_index=True,
        height=36 * (len(names) + 1),
        column_config={"cosine": st.column_config.NumberColumn(format="%.3f", width="small")},
        alt="Nearest items in the centred space",
    )
    if gone:
        st.caption("No longer among them: " + escape(", ".join(shorten(space.collection.text(r), 40) for r in gone)))


def _what_lengths_mean(space: Space) -> str:
    if abs(space.norms - 1).max() < 1e-3:
        return "All vectors have length 1, so the three agree."
    return f"Vectors have lengths from {space.norms.min():.3g} to {space.norms.max():.3g}, so the three may disagree."


def _columns(table: pa.Table) -> dict[str, ColumnConfig]:
    scores = {
        name: st.column_config.TextColumn("score", width=80, alignment="right")
        if pa.types.is_string(table.column(name).type)
        else st.column_config.NumberColumn("score", format="%.3f", width=70)
        for name in table.column_names
        if name.endswith(" score")
    }
    pictures = {name: as_picture() for name in table.column_names if name.endswith(" picture")}
    names = {name.removesuffix(" picture"): st.column_config.TextColumn(width=NARROW) for name in pictures}
    return {"rank": st.column_config.NumberColumn("#", width=40), **scores, **pictures, **names}
