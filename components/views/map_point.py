"""One point of a map beside it: where the map put its true neighbours, and how near those shown truly are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.evidence import Table, csv_button, items_of, show_table
from components.kit.link import select
from components.kit.pictures import picture, picture_count
from components.kit.words import escape, shorten
from components.views.trust import (
    Asked,
    look_at,
)
from embeddings.collection import Collection
from embeddings.trust import PointTrust
from embeddings.trust.sentence import point_sentence

SCORES = {"cosine": "cosine", "dot": "dot product", "Euclidean": "distance"}
ITEM = 90


def one_point(asked: Asked, row: int, point: PointTrust) -> None:
    """One point, in words and as two lists."""
    collection, metric = asked.space.collection, asked.metric
    if row < picture_count(collection):
        picture(collection, row, key=f"trusted_{row}", height=160)
    st.markdown(f"**{escape(shorten(collection.text(row), 200))}**")
    st.markdown(escape(point_sentence(point)))
    st.caption("**Truly near** · ✓ shown near it, ○ put away: its place in the map’s own list")
    _list(truly_near(collection, point, metric=metric), point.true, f"true_{row}", "Its true neighbours")
    st.caption("**Near on the map** · ✓ truly near, × false: its true place in the list")
    _list(near_on_map(collection, point, metric=metric), point.shown, f"shown_{row}", "Its nearest on the map")
    with st.container(horizontal=True, gap="medium"):
        settings = asked.said(neighbours_of=row + 1)
        file = f"neighbours_of_{row + 1}.csv"
        csv_button("Both lists (CSV)", lambda: both_lists(collection, point, metric=metric), file, settings)
        st.button("Clear", icon=":material/close:", key="unselect", type="tertiary", on_click=select, args=(None,))


def _list(table: pa.Table, rows: NDArray[np.integer], key: str, alt: str) -> None:
    where, score = table.column_names[1:]
    columns = {"item": 140, where: 85, score: st.column_config.NumberColumn(format="%.2f", width=50)}
    show_table(Table(table, alt, columns, key, on_click=lambda place: look_at(int(rows[place])), height=324))


def truly_near(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """A point's true neighbours, and where the map put them."""
    k = len(point.shown)
    places = [f"✓ {rank}" if rank <= k else f"○ {rank:,}" for rank in point.map_ranks.tolist()]
    return _near(collection, point.true, {"on the map": places, SCORES[metric]: point.scores[point.true]})


def near_on_map(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """What the map shows near a point, and how near that truly is."""
    k = len(point.shown)
    places = [f"✓ {rank}" if rank <= k else f"× {rank:,}" for rank in point.true_ranks.tolist()]
    return _near(collection, point.shown, {"in the space": places, SCORES[metric]: point.scores[point.shown]})


def _near(collection: Collection, rows: NDArray[np.integer], then: Mapping[str, object]) -> pa.Table:
    return items_of(collection, rows, then=then, cut=ITEM, numbered=False)


def both_lists(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """Both lists as one table of numbers, for taking away; each row an item that is in either."""
    rows = np.concatenate([point.true, point.false]).tolist()
    true, shown = point.true.tolist(), point.shown.tolist()
    on_map = dict(zip(true, point.map_ranks.tolist(), strict=True)) | {row: at for at, row in enumerate(shown, 1)}
    truly = dict(zip(shown, point.true_ranks.tolist(), strict=True)) | {row: at for at, row in enumerate(true, 1)}
    kinds = dict.fromkeys(point.kept.tolist(), "kept") | dict.fromkeys(point.missing.tolist(), "missing")
    then = {
        "kind": [kinds.get(row, "false") for row in rows],
        "true rank": [truly[row] for row in rows],
        "rank on the map": [on_map[row] for row in rows],
        SCORES[metric]: point.scores[rows],
    }
    return items_of(collection, rows, then=then, cut=None)
