"""The ranked items themselves, each with its group."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from components.bias.skew.search_chart import tints
from components.bias.skew.search_tables import ranked_table, standings
from components.kit.colours import LIGHT
from components.kit.evidence import Setting, csv_button
from components.kit.kinds import drawn, several
from components.kit.pictures import gallery
from components.kit.words import shorten
from embeddings.bias.search_skew import SearchSkew
from embeddings.collection import Collection

SHOWN = 200
PICTURES = 60


def ranked_panel(collection: Collection, found: SearchSkew, column: str, *, settings: Mapping[str, Setting]) -> None:
    """The first k, pictures as a gallery, with the group under or beside each."""
    st.markdown(f"**The first {found.k} {several(collection)}, best first**")
    table = ranked_table(collection, found, column, most=found.k)
    if not drawn(collection):
        _as_table(table.slice(0, SHOWN), found)
    else:
        ranks, groups = table.column("rank").to_pylist(), table.column("group").to_pylist()
        captions = [f"{rank} · {shorten(group, 30)}" for rank, group in zip(ranks, groups, strict=True)]
        gallery(collection, found.rows[: found.k].tolist(), key="skew_gallery", captions=captions, most=PICTURES)
    csv_button(
        f"The ranking, {len(found.rows):,} places (CSV)",
        lambda: ranked_table(collection, found, column),
        "search_ranking.csv",
        settings,
    )


def _as_table(table: pa.Table, found: SearchSkew) -> None:
    """Groups as chips in the colours of the chart."""
    # Their letters are white on either page, so the darker tints serve both.
    colours = [tints(colours=LIGHT)[standing] for standing in standings(found)]
    chips = table.set_column(1, "group", pa.array([[group] for group in table.column("group").to_pylist()]))
    st.dataframe(
        chips,
        hide_index=True,
        height=min(460, 35 * (table.num_rows + 1) + 3),
        column_config={
            "rank": st.column_config.NumberColumn("#", width=40),
            "group": st.column_config.MultiselectColumn("group", options=list(found.groups), color=colours, width=190),
            "item": st.column_config.TextColumn("item"),
        },
        alt="The first results with their groups",
    )
