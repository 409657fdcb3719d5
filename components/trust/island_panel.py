"""The panel beside the map of five seeds: one island's members, and all islands."""

from __future__ import annotations

import streamlit as st

from components.kit.words import escape, shorten, table_csv
from components.trust.islands import heart, island_table, member_table
from components.trust.requests import Over
from components.trust.scene import look_at
from embeddings.projections import Layout
from embeddings.space import Space


def island_panel(space: Space, layout: Layout, whole: Over, island: int | None, row: int | None) -> None:
    """Everything of the panel; the island is the clicked point's, or an example while nothing is clicked."""
    with st.container(border=True):
        if row is not None:
            st.text(shorten(space.collection.text(row), 120))
            if island is None:
                st.markdown("This point lies between islands.")
        elif island is not None:
            st.markdown("**Click an island on the map**")
            st.caption("Until then, this one is an example:")
        if island is not None:
            _members(space, whole, island)
        _all_islands(space, layout, whole)


def _members(space: Space, whole: Over, island: int) -> None:
    spread, stability = whole
    st.markdown(f"**{escape(stability.sentence(island))}**")
    st.caption("It appears on a map where it shares more than half of its points with one island there (Jaccard).")
    table = member_table(space.collection, stability, island, spread.spread)
    st.dataframe(
        table.drop_columns(["row"]),
        hide_index=True,
        height=min(220, 35 * (table.num_rows + 1) + 3),
        column_config={
            "item": st.column_config.TextColumn("item", width=200),
            "wanders by": st.column_config.NumberColumn("wanders by", format="%.2f", width=75),
        },
        alt="The island’s members",
    )
    st.download_button(
        "Members (CSV)",
        lambda: table_csv(table),
        "island.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _all_islands(space: Space, layout: Layout, whole: Over) -> None:
    stability = whole[1]
    if not stability.islands.sizes:
        return
    table = island_table(space.collection, stability, layout.coordinates)
    st.caption("All islands, the largest first: click one")
    st.dataframe(
        table,
        hide_index=True,
        height=min(300, 35 * (table.num_rows + 1) + 3),
        column_config={
            "around": st.column_config.TextColumn("around", width=135),
            "points": st.column_config.NumberColumn("points", width=55),
            "appears on": st.column_config.TextColumn("appears on", width=85),
        },
        column_order=["around", "points", "appears on"],
        on_select=lambda: _follow(layout, whole),
        selection_mode="single-cell",
        key="islands_table",
        alt="Islands of the map, their size and on how many of five maps they appear",
    )
    st.download_button(
        "Islands (CSV)",
        lambda: table_csv(table),
        "islands.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _follow(layout: Layout, whole: Over) -> None:
    picked = st.session_state["islands_table"]["selection"]["cells"]
    if picked:
        look_at(heart(whole[1], picked[0][0], layout.coordinates))
