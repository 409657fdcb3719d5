"""The view “Near-duplicates”: what is there twice, and what would be left without it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.kit.ask import ask, asking
from components.kit.charts import show_chart
from components.kit.choice import save_and_choose
from components.kit.colours import page_colours
from components.kit.items import part_of
from components.kit.kinds import several
from components.kit.pictures import gallery
from components.kit.spaces import graph_request
from components.kit.words import escape, table_csv
from components.outliers.how import how_twice
from components.outliers.obstacles import without_direction
from components.outliers.twice_views import (
    chain_sentence,
    found_sentence,
    group_table,
    nearest_chart,
    nearest_table,
)
from embeddings.outliers.duplicates import THRESHOLD, Duplicates
from embeddings.space import Space

KEY = "threshold"
SHOWN = 1_000
GROUPS, IN_GROUP = 12, 24


def twice_view(space: Space) -> None:
    """The threshold, a preview of what would go, and the groups."""
    st.caption("Which items are almost the same, and what would be left with one of each?")
    left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        threshold = _threshold()
        found = _found(space, threshold)
        _preview(space, found)
    nearest = 1 - ask(graph_request(space)).distances[:, 0]
    with left:
        show_chart(
            nearest_chart(nearest, threshold, colours=page_colours()),
            key="nearest_chart",
            alt="How alike each item and its most similar other are",
        )
        with st.popover("As a table", icon=":material/table:"):
            st.dataframe(nearest_table(nearest), hide_index=True, alt="How many items have one at least as alike")
    with right:
        st.markdown(escape(found_sentence(found, nearest)))
        for note in (chain_sentence(found), without_direction(space)):
            if note:
                st.caption(f":material/info: {note}")
        _offer_lower(found, float(nearest.max()))
        _groups(space, found)
    how_twice()


def _threshold() -> float:
    return float(
        st.slider(
            "Alike means a cosine of at least",
            0.5,
            1.0,
            THRESHOLD,
            0.005,
            format="%.3f",
            key=KEY,
            bind="query-params",
            help="1 finds the same direction up to rounding. What is nearly the same differs from model to model.",
        )
    )


def _found(space: Space, threshold: float) -> Duplicates:
    found: Duplicates = ask(asking("near-duplicates", space, threshold=threshold))
    return found


def _preview(space: Space, found: Duplicates) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.metric("Groups", f"{len(found.groups):,}", width="content")
        st.metric("Would go", f"{len(found.dropped):,}", width="content")
        st.metric("Would stay", f"{len(found.kept):,}", width="content")
    st.button(
        "Without the duplicates as a new collection",
        type="primary",
        icon=":material/library_add:",
        key="without_duplicates",
        disabled=not len(found.dropped),
        on_click=_open_without,
        args=(space, found),
        help="This collection stays as it is.",
    )


def _open_without(space: Space, found: Duplicates) -> None:
    save_and_choose(part_of(space, found.kept.astype(np.int32), called="without near-duplicates"))


def _offer_lower(found: Duplicates, nearest: float) -> None:
    lower = np.floor(nearest * 200) / 200
    if not found.groups and 0.5 <= lower < found.threshold:
        st.button(f"Look at {lower:.3f} or above", on_click=_set, args=(float(lower),), key="lower_threshold")


def _set(threshold: float) -> None:
    st.session_state[KEY] = threshold


def _groups(space: Space, found: Duplicates) -> None:
    if not found.groups:
        return
    collection = space.collection
    if collection.kind != "text":
        _galleries(space, found)
    table = group_table(collection, found, most=SHOWN)
    st.dataframe(
        table,
        hide_index=True,
        height=min(560 if collection.kind == "text" else 260, 35 * (table.num_rows + 1) + 3),
        column_config={
            "group": st.column_config.NumberColumn(width=54),
            "preview": st.column_config.TextColumn(width=80),
            "item": st.column_config.TextColumn(width=380),
            "cosine with the one that stays": st.column_config.NumberColumn("cosine", format="%.3f", width=64),
            "row": st.column_config.NumberColumn(width=54),
        },
        alt="Groups of near-duplicates: what would stay and what would go",
    )
    lines = len(found.dropped) + len(found.groups)
    if lines > SHOWN:
        st.caption(f"The first {SHOWN:,} of {lines:,} {several(collection)} in groups; the file holds all.")
    st.download_button(
        "Groups (CSV)",
        lambda: table_csv(group_table(collection, found, cut=100_000)),
        "near_duplicates.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _galleries(space: Space, found: Duplicates) -> None:
    with st.container(height=420, border=False):
        for number, (rows, cosines) in enumerate(zip(found.groups, found.similarities, strict=True), 1):
            if number > GROUPS:
                st.caption(f"The first {GROUPS} of {len(found.groups):,} groups as pictures.")
                break
            st.caption(f"Group {number}: {len(rows):,} alike")
            captions = ["stays", *(f"{min(1.0, float(cosine)):.3f}" for cosine in cosines[1:])]
            gallery(space.collection, rows.tolist(), key=f"twins_{number}", captions=captions, most=IN_GROUP)
