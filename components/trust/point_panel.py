"""The panel beside the map: one point's true neighbours and those that the map shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.items import INVITED
from components.kit.link import select
from components.kit.pictures import gallery, picture, picture_count
from components.kit.words import escape, shorten, table_csv
from components.trust.colours import mostly_false, mostly_false_sentence
from components.trust.filtering import show_mostly_false
from components.trust.scene import look_at
from components.trust.tables import both_lists, near_on_map, point_sentence, truly_near
from embeddings.collection import Collection
from embeddings.space import Space
from embeddings.trust import PointTrust, Trust

LISTED = 8
TRIED = 3


def point_panel(space: Space, row: int, point: PointTrust, *, metric: str) -> None:
    """One point, in words and as two lists."""
    collection = space.collection
    with st.container(border=True):
        if row < picture_count(collection):
            picture(collection, row, key=f"trusted_{row}", height=160)
        st.markdown(f"**{escape(shorten(collection.text(row), 200))}**")
        st.markdown(escape(point_sentence(point)))
        st.caption("**Truly near** · ✓ shown near it, ○ put away: its place in the map’s own list")
        _list(truly_near(collection, point, metric=metric), point.true.tolist(), f"true_{row}", "Its true neighbours")
        st.caption("**Near on the map** · ✓ truly near, × false: its true place in the list")
        _list(
            near_on_map(collection, point, metric=metric),
            point.shown.tolist(),
            f"shown_{row}",
            "Its nearest on the map",
        )
        with st.container(horizontal=True, gap="medium"):
            st.download_button(
                "Both lists (CSV)",
                lambda: table_csv(both_lists(collection, point, metric=metric)),
                f"neighbours_of_{row + 1}.csv",
                "text/csv",
                key=f"both_{row}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )
            st.button("Clear", icon=":material/close:", key="unselect", type="tertiary", on_click=_none)


def nothing_clicked(collection: Collection, trust: Trust | None) -> None:
    """What the panel shows before the first click."""
    with st.container(border=True):
        st.markdown(f"**Click {INVITED[collection.kind]}**")
        st.caption(
            "Lines lead to its true neighbours wherever the map put them, false neighbours are crossed out, and all "
            "points take the colour of their true distance to it."
        )
        if trust is None:
            return
        st.caption(mostly_false_sentence(trust))
        if len(mostly_false(trust)):
            st.button("Show only those", icon=":material/filter_alt:", on_click=show_mostly_false)
        st.caption("Where this map is most wrong:")
        _try(collection, mostly_false(trust)[:TRIED].tolist(), "wrong")
        st.caption("Where it is most right:")
        _try(collection, _best(trust), "right")


def _best(trust: Trust) -> list[int]:
    rows = trust.scored
    order = np.lexsort((rows, -trust.point_trustworthiness[rows], -trust.point_kept[rows]))
    return [int(row) for row in rows[order[:TRIED]]]


def _try(collection: Collection, rows: Sequence[int], name: str) -> None:
    if not rows:
        st.caption("Nowhere: no point has mostly false neighbours.")
        return
    if collection.kind != "text":
        gallery(collection, rows, key=f"try_{name}", on_pick=look_at)
        return
    with st.container(gap="xxsmall"):
        for row in rows:
            label = escape(shorten(collection.text(row), 44)) or f"item {row + 1}"
            st.button(label, key=f"try_{name}_{row}", on_click=look_at, args=(row,), type="tertiary")


def _list(table: pa.Table, rows: Sequence[int], key: str, alt: str) -> None:
    where, score = table.column_names[1:]
    st.dataframe(
        table,
        hide_index=True,
        height=36 * (min(LISTED, table.num_rows) + 1),
        column_config={
            "item": st.column_config.TextColumn("item", width=140),
            where: st.column_config.TextColumn(where, width=85),
            score: st.column_config.NumberColumn(score, format="%.2f", width=50),
        },
        on_select=lambda: _follow(key, rows),
        selection_mode="single-cell",
        key=key,
        alt=alt,
    )


def _follow(key: str, rows: Sequence[int]) -> None:
    picked = st.session_state[key]["selection"]["cells"]
    if picked:
        look_at(rows[picked[0][0]])


def _none() -> None:
    select(None)
