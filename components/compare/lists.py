"""The neighbours of one item in two spaces, side by side."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from components.compare.encoders import names_of
from components.kit.kinds import one as called
from components.kit.link import select
from components.kit.pictures import ROW_HEIGHT, as_picture, picture, picture_column, picture_count
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.compare import BothNeighbours, both_neighbours
from embeddings.space import Space

LINE = 35
LENGTH = 90


def both_lists(one: Space, other: Space, row: int, *, k: int, metric: str = "cosine") -> None:
    """Draw both lists; a click on an item looks it up."""
    collection = one.collection
    k = min(k, len(collection) - 1)
    found = both_neighbours(one, other, row, k=k, metric=metric)
    names = names_of([one.encoder, other.encoder])
    if row < picture_count(collection):
        picture(collection, row, key="compare_item", height=150)
    st.markdown(f"**{escape(shorten(collection.text(row), 200))}**")
    st.caption(escape(shared_sentence(found, called(collection), row)))
    for name, rows in zip(names, (found.a, found.b), strict=True):
        if not len(rows):
            st.info(f"{escape(name)} gives no answer: to it everything is equally near to this {called(collection)}.")
    table = both_table(collection, found, names)
    if not table.num_rows:
        return
    pictured = picture_count(collection) > 0
    key = f"both_{row}_{one.fingerprint[:6]}_{other.fingerprint[:6]}_{k}"
    st.dataframe(
        table,
        hide_index=True,
        height=(ROW_HEIGHT if pictured else LINE) * table.num_rows + LINE + 3,
        row_height=ROW_HEIGHT if pictured else None,
        column_config={name: as_picture() for name in table.column_names if name.strip() == ""}
        | {"#": st.column_config.NumberColumn(width=40)}
        | {heading(names, place): st.column_config.TextColumn(width=270) for place in (0, 1)},
        on_select=lambda: _follow(key, found, names),
        selection_mode="single-cell",
        key=key,
        alt="Nearest neighbours of the chosen item by two encoders",
    )
    st.caption("✓ in both lists. A click on an item looks it up.")


def both_table(collection: Collection, found: BothNeighbours, names: list[str]) -> pa.Table:
    """One row a rank: the neighbour by each encoder; ✓ marks those in both lists."""
    shared = set(found.shared.tolist())
    longest = max(len(found.a), len(found.b))
    columns: dict[str, object] = {"#": list(range(1, longest + 1))}
    for place, rows in enumerate((found.a.tolist(), found.b.tolist())):
        missing = [None] * (longest - len(rows))
        if picture_count(collection):
            columns[" " * (place + 1)] = pa.array(
                [*picture_column(collection, rows).to_pylist(), *missing], pa.string()
            )
        texts = [("✓ " if row in shared else "") + shorten(collection.text(row), LENGTH) for row in rows]
        columns[heading(names, place)] = pa.array([*texts, *missing], pa.string())
    return pa.table(columns)


def heading(names: list[str], place: int) -> str:
    """The column of an encoder; the second of two equal names says so."""
    return names[place] if names.index(names[place]) == place else f"{names[place]} ({place + 1})"


def shared_sentence(found: BothNeighbours, noun: str, row: int) -> str:
    """How many neighbours of an item both lists hold."""
    shared, longest = len(found.shared), max(len(found.a), len(found.b))
    return f"{noun} {row + 1:,} · the two lists share {shared} of {longest} neighbours"


def _follow(key: str, found: BothNeighbours, names: list[str]) -> None:
    picked = st.session_state[key]["selection"]["cells"]
    if picked:
        place, column = picked[0]
        rows = found.b if column == heading(names, 1) else found.a
        if place < len(rows):
            select(int(rows[place]))
