"""What was selected on the map: a table, a download, a new collection."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.choice import save_and_choose
from components.kinds import several
from components.pictures import gallery, picture_count, zip_of
from components.text import shorten, table_csv
from embeddings.collection import Collection, Item, Kind
from embeddings.space import Space
from embeddings.store import is_given

SHOWN = 5_000
GALLERY = 120


def selection_panel(space: Space, rows: NDArray[np.int32], coordinates: NDArray[np.float32]) -> None:
    """The selected items with what can be done with them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Selection: {len(rows):,} {several(space.collection)}**", width="stretch")
        downloads(space, rows, coordinates, name="selection")
        if st.button("As new collection", icon=":material/library_add:"):
            open_part(space, rows)
    table = table_of(space, rows[:SHOWN], coordinates)
    if space.collection.kind == "text":
        st.dataframe(table, hide_index=True, height=260, alt="The selected items")
        return
    left, right = st.columns([0.6, 0.4], gap="small")
    with left.container(height=320, border=False):
        gallery(space.collection, rows.tolist(), key="selected_pictures", most=GALLERY)
    right.dataframe(table, hide_index=True, height=320, alt="The selected items")


def downloads(space: Space, rows: NDArray[np.int32], coordinates: NDArray[np.float32], *, name: str) -> None:
    """Buttons that give some rows away: as a table, as pictures, and as vectors; files are made when asked for."""
    st.download_button(
        "Table (CSV)",
        lambda: csv_of(space, rows, coordinates),
        f"{name}.csv",
        "text/csv",
        key=f"{name}_csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if picture_count(space.collection):
        st.download_button(
            "Pictures (ZIP)",
            lambda: zip_of(space.collection, rows),
            f"{name}.zip",
            "application/zip",
            key=f"{name}_zip",
            icon=":material/photo_library:",
            on_click="ignore",
        )
    st.download_button(
        "Vectors (NPZ)",
        lambda: npz_of(space, rows),
        f"{name}.npz",
        "application/zip",
        key=f"{name}_npz",
        icon=":material/download:",
        on_click="ignore",
    )


def table_of(space: Space, rows: NDArray[np.int32], coordinates: NDArray[np.float32]) -> pa.Table:
    """Row numbers, items, their metadata and their places on the map."""
    texts = [shorten(space.collection.text(int(row)), 300) for row in rows]
    columns: dict[str, object] = {"item": texts}
    for name in space.collection.columns:
        columns[name if name not in columns else f"{name} (metadata)"] = space.collection.column(name).take(rows)
    for axis, values in zip(("x", "y", "z"), coordinates[rows].T, strict=False):
        columns[f"map {axis}"] = values
    return pa.table(columns | {"row": rows + 1})


def csv_of(space: Space, rows: NDArray[np.int32], coordinates: NDArray[np.float32]) -> bytes:
    """The same table as CSV, items whole, formulas neutralised."""
    table = table_of(space, rows, coordinates).set_column(0, "item", [[space.collection.text(int(r)) for r in rows]])
    return table_csv(table)


def npz_of(space: Space, rows: NDArray[np.int32]) -> bytes:
    """Vectors and items as NumPy arrays; reads back as ready-made vectors."""
    buffer = io.BytesIO()
    texts = np.array([space.collection.text(int(row)) for row in rows], dtype=np.str_)
    np.savez_compressed(buffer, vectors=space.vectors[rows], items=texts)
    return buffer.getvalue()


def part_of(space: Space, rows: NDArray[np.int32], *, called: str = "selected") -> Collection | Space:
    """Some rows as a collection of their own; ready-made vectors go with them."""
    whole = space.collection
    name = f"{whole.name}: {len(rows):,} {called}"
    items = tuple(whole.items[row] for row in rows)
    part = Collection(name, kind_of(items), items, whole.metadata.take(rows))
    return Space(part, space.vectors[rows], "given vectors") if is_given(space.encoder) else part


def kind_of(items: Sequence[Item]) -> Kind:
    """What some items are."""
    kinds = {isinstance(item, str) for item in items}
    return "mixed" if len(kinds) == 2 else "text" if True in kinds else "image"


def open_part(space: Space, rows: NDArray[np.int32]) -> None:
    """Save some rows as a new collection and look at it."""
    if save_and_choose(part_of(space, rows)):
        st.rerun()
