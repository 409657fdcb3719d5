"""Items beside the map: one with its true neighbours, or those that were selected, with what can be done with them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import overload

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.elements.lib.column_types import ColumnConfig

from components.kit import link
from components.kit.ask import Pending
from components.kit.caching import remembered
from components.kit.caveats import list_note
from components.kit.charts import table_twin
from components.kit.choice import save_and_choose
from components.kit.evidence import Setting, download, settings_of, with_settings
from components.kit.kinds import counted, drawn, one, several, shown_below
from components.kit.link import select
from components.kit.pictures import gallery, listing, picture, picture_count, zip_of
from components.kit.reference import usual
from components.kit.words import escape, shorten, table_csv
from embeddings.collection import Collection
from embeddings.kinds import KINDS, kind_of
from embeddings.neighbours import Neighbours, nearest, rarity
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.store import is_given

LISTED = 10


def inspector(space: Space, row: int, pending: Pending) -> Neighbours:
    """Draw the panel for an item and give its neighbours in the original space."""
    collection = space.collection
    found = remembered(f"nearest|{space.fingerprint}|{row}", lambda: nearest(space, row, k=LISTED))
    key = f"near_{space.fingerprint[:8]}_{row}"
    with st.container(border=True):
        with st.container(horizontal=True, gap="small", key="panel_head_item"):
            facts = " · ".join([f"{one(collection)} {row + 1:,}", *_facts(collection, row)])
            st.caption(escape(facts), width="stretch")
            st.button(
                "Close", key="close_item", icon=":material/close:", type="tertiary", on_click=select, args=(None,)
            )
        if row < picture_count(collection):
            picture(collection, row, key=f"large_{key}", height=260)
            shown_below(collection.items[row])
        if collection.text(row) != f"image {row + 1}":
            st.text(shorten(collection.text(row), 400))
        said = list_note(space, space.vectors[row], found, LISTED, one(collection))
        st.caption("Nearest in the original space, by cosine similarity")
        if said:
            st.info(said)
        if not drawn(collection) and len(found.rows):
            _neighbour_list(space, row, found, pending, key=key)
        elif len(found.rows):
            scores = [f"{score:.2f}" for score in found.scores]
            gallery(collection, found.rows.tolist(), key=f"gallery_{key}", captions=scores)
            with st.expander("As a list", icon=":material/list:"):
                _neighbour_list(space, row, found, pending, key=key)
        if st.button("Use in a sum", key="use_in_sum", icon=":material/calculate:", type="tertiary"):
            link.go_to(link.ANALOGIES, query_params={"sum": _in_a_sum(collection, row)})
    return found


def invited(collection: Collection) -> str:
    """What there is to click: “a point”, “a picture”, “a picture or a text”."""
    return " or ".join(f"a {KINDS[kind].noun}" for kind in collection.kinds) if drawn(collection) else "a point"


def _in_a_sum(collection: Collection, row: int) -> str:
    """How a sum names an item: a single word as it is, everything else by its number."""
    item = collection.items[row]
    return item if isinstance(item, str) and item.isalpha() else f"#{row + 1}"


def _facts(collection: Collection, row: int) -> list[str]:
    """What the metadata say of an item beside its text."""
    known = {name: collection.column(name)[row].as_py() for name in collection.columns}
    text = collection.text(row)
    return [shorten(f"{name}: {value}", 60) for name, value in known.items() if value is not None and value != text]


def _neighbour_list(space: Space, row: int, found: Neighbours, pending: Pending, *, key: str) -> None:
    """Neighbours with bars; a click on one makes it the selected item."""
    listing(space.collection, found.rows.tolist(), key=key, scores=found.scores.tolist())
    known = usual(space, kind_of(space.collection.items[row]))
    sample = None if known is None else pending.ask(known.sample)
    if len(found.rows) and sample is not None and len(sample):
        st.caption(f"The first: more alike than {rarity(found.scores[0], sample)}.")


def bars(column: str) -> dict[str, ColumnConfig]:
    """A similarity as a bar with its number, beside a narrow item column."""
    return {
        "item": st.column_config.TextColumn("item", width=95),
        column: st.column_config.ProgressColumn(column, format="%.2f", min_value=0, max_value=1, width=90),
    }


def nothing_selected(space: Space, invite: Callable[[], None]) -> None:
    """What the panel shows before the first click; `invite` draws what else there is to try."""
    collection = space.collection
    with st.container(border=True):
        st.markdown(f"**Click {invited(collection)}**")
        st.caption(
            f"You will see the {one(collection)}, what is known of it, and which of the {counted(collection)} are "
            "nearest to it in the original space: the map only hints at them."
        )
        count = 9 if drawn(collection) else 5
        sample = np.random.default_rng(0).choice(len(space), size=min(count, len(space)), replace=False)
        (gallery if drawn(collection) else listing)(collection, sorted(sample.tolist()), key="try")
        invite()


SHOWN = 5_000
GALLERY = 120


def selection_panel(
    space: Space,
    rows: NDArray[np.int32],
    layout: Layout,
    *,
    close: Callable[[], None],
    heading: str = "",
    called: str = "selected",
    **settings: Setting,
) -> None:
    """The selected items with what can be done with them: `close` takes the selection away, `called` names a part.

    How they were selected stands in every line of a file: the map, and further `settings`.
    """
    collection = space.collection
    with st.container(border=True):
        with st.container(horizontal=True, gap="small", key="panel_head_selection"):
            said = heading or f"Selection: {len(rows):,} {several(collection)}"
            st.markdown(f"**{said}**", width="stretch")
            st.button("Close", key="close_selection", icon=":material/close:", type="tertiary", on_click=close)
        if not len(rows):
            return
        with st.container(horizontal=True, gap="small"):
            with st.popover("Download", icon=":material/download:"):
                downloads(space, rows, layout, name="selection", **settings)
            if st.button("As new collection", icon=":material/library_add:"):
                open_part(space, rows, called)
        with st.container(height=360, border=False):
            if drawn(collection):
                gallery(collection, rows.tolist(), key="selected_pictures", most=GALLERY)
            else:
                listing(collection, rows.tolist(), key="selected_items", most=GALLERY)
    whole = table_twin("The selection as a table", key="selection_table")
    if whole.open:
        whole.dataframe(table_of(space, rows[:SHOWN], layout.coordinates), hide_index=True, alt="The selected items")


def downloads(space: Space, rows: NDArray[np.int32], layout: Layout, *, name: str, **settings: Setting) -> None:
    """Buttons that give some rows away: as a table, as pictures, and as vectors; files are made when asked for."""
    download("Table (CSV)", lambda: csv_of(space, rows, layout, **settings), f"{name}.csv")
    if picture_count(space.collection):
        pictures, icon = lambda: zip_of(space.collection, rows), ":material/photo_library:"
        download("Pictures (ZIP)", pictures, f"{name}.zip", icon=icon)
    download("Vectors (NPZ)", lambda: npz_of(space, rows), f"{name}.npz")


def table_of(space: Space, rows: NDArray[np.int32], coordinates: NDArray[np.float32]) -> pa.Table:
    """Row numbers, items, their metadata and their places on the map."""
    texts = [shorten(space.collection.text(int(row)), 300) for row in rows]
    columns: dict[str, object] = {"item": texts}
    for name in space.collection.columns:
        columns[name if name not in columns else f"{name} (metadata)"] = space.collection.column(name).take(rows)
    for axis, values in zip(("x", "y", "z"), coordinates[rows].T, strict=False):
        columns[f"map {axis}"] = values
    return pa.table(columns | {"row": rows + 1})


def csv_of(space: Space, rows: NDArray[np.int32], layout: Layout, **settings: Setting) -> bytes:
    """The same table as CSV with the settings of the map, items whole, formulas neutralised."""
    table = table_of(space, rows, layout.coordinates)
    table = table.set_column(0, "item", [[space.collection.text(int(row)) for row in rows]])
    made = {"method": layout.method, "dims": layout.dims, "seed": layout.seed, **layout.params, **settings}
    return table_csv(with_settings(table, settings_of(space, **made)))


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
    items = whole.items.take(rows)
    part = Collection(name, items, whole.metadata.take(rows))
    return Space(part, space.vectors[rows], "given vectors") if is_given(space.encoder) else part


def open_part(space: Space, rows: NDArray[np.int32], called: str = "selected") -> None:
    """Save some rows as a new collection and look at it."""
    if save_and_choose(part_of(space, rows, called=called)):
        st.rerun()


class ItemTexts(Sequence[str]):
    """The texts of a space's items, without a copy."""

    def __init__(self, space: Space) -> None:
        self._collection = space.collection

    def __len__(self) -> int:
        return len(self._collection)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self._collection.text(each) for each in range(*row.indices(len(self)))]
        return self._collection.text(int(row))
