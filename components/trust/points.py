"""The points of a map as a table: those that are mostly false, and all."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.text import table_csv
from components.trust.colours import mostly_false, mostly_false_sentence
from components.trust.scene import look_at
from components.trust.tables import points_table
from embeddings.collection import Collection
from embeddings.trust import Trust

MOST = 5_000
FORMATS = {
    "kept": st.column_config.NumberColumn("kept", format="%d"),
    "false": st.column_config.NumberColumn("false", format="%d"),
    "missing": st.column_config.NumberColumn("missing", format="%d"),
    "trustworthiness": st.column_config.NumberColumn("trustworthiness", format="%.3f"),
    "continuity": st.column_config.NumberColumn("continuity", format="%.3f"),
}


def false_points(collection: Collection, trust: Trust) -> None:
    """The points whose neighbours on the map are mostly false, the worst first; a click selects one."""
    rows = mostly_false(trust)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(mostly_false_sentence(trust), width="stretch")
        st.download_button(
            "These points (CSV)",
            lambda: table_csv(points_table(collection, trust, rows)),
            "mostly_false.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    if not len(rows):
        return
    st.dataframe(
        points_table(collection, trust, rows[:MOST]),
        hide_index=True,
        height=min(260, 35 * (len(rows) + 1) + 3),
        column_config=FORMATS,
        on_select=lambda: _follow(rows.tolist()),
        selection_mode="single-cell",
        key="false_points",
        alt="Points with mostly false neighbours, the worst first",
    )


def points_twin(collection: Collection, trust: Trust) -> None:
    """Every point with its kept, false and missing neighbours."""
    twin = st.expander("Every point as a table", icon=":material/table:", on_change="rerun", key="points_twin")
    if not twin.open:
        return
    rows = trust.scored
    twin.dataframe(
        points_table(collection, trust, rows[:MOST]),
        hide_index=True,
        height=320,
        column_config=FORMATS,
        alt="Every point with its kept, false and missing neighbours",
    )
    twin.caption(
        f"A point has as many false neighbours as missing ones: both lists hold {trust.k}. What differs is how wrong "
        "they are: trustworthiness falls with how truly far the false ones are, continuity with how far the missing "
        "ones were put." + (f" The first {MOST:,} of {len(rows):,} points." if len(rows) > MOST else "")
    )
    twin.download_button(
        "Every point (CSV)",
        lambda: table_csv(points_table(collection, trust, np.asarray(rows))),
        "trust_of_points.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _follow(rows: list[int]) -> None:
    picked = st.session_state["false_points"]["selection"]["cells"]
    if picked:
        look_at(rows[picked[0][0]])
