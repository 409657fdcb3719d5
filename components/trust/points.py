"""The points of a map as a table: those that the filter leaves, and all."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.kit.charts import table_twin
from components.kit.words import table_csv
from components.trust.filtering import Picked, picked_sentence
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


def picked_points(collection: Collection, trust: Trust, found: Picked) -> None:
    """The points that the filter leaves, the worst first; a click selects one."""
    rows = found.rows
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{picked_sentence(found, trust)}**", width="stretch")
        st.download_button(
            "These points (CSV)",
            lambda: table_csv(points_table(collection, trust, rows)),
            f"{found.shade}_{found.low}_to_{found.high}.csv",
            "text/csv",
            icon=":material/download:",
            type="tertiary",
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
        key="picked_points",
        alt="Points that the filter leaves, the worst first",
    )


def points_twin(collection: Collection, trust: Trust) -> None:
    """Every point with its kept, false and missing neighbours."""
    twin = table_twin("Every point as a table", key="points_twin")
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
    picked = st.session_state["picked_points"]["selection"]["cells"]
    if picked:
        look_at(rows[picked[0][0]])
