"""The panel beside the map: one item, what is known of it, and its true neighbours."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components import places
from components.item import select
from components.kinds import counted, one
from components.neighbours.tables import list_note, rarity
from components.pictures import gallery, picture, picture_count
from components.reference import kind_of, usual
from components.text import escape, shorten
from embeddings.collection import Collection
from embeddings.neighbours import Neighbours, nearest
from embeddings.space import Space

LISTED = 10
INVITED = {"text": "a point", "image": "a picture", "mixed": "a picture or a text"}


def inspector(space: Space, row: int) -> Neighbours:
    """Draw the panel for an item and give its neighbours in the original space."""
    collection = space.collection
    found = nearest(space, row, k=LISTED)
    key = f"near_{space.fingerprint[:8]}_{row}"
    with st.container(border=True):
        if row < picture_count(collection):
            picture(collection, row, key=f"large_{key}", height=260)
        if collection.text(row) != f"image {row + 1}":
            st.text(shorten(collection.text(row), 400))
        st.caption(escape(" · ".join([f"{one(collection)} {row + 1:,}", *_facts(collection, row)])))
        said = list_note(space, space.vectors[row], found, LISTED, one(collection))
        st.caption("Nearest in the original space, by cosine similarity")
        if said:
            st.info(said)
        if collection.kind == "text" and len(found.rows):
            _neighbour_list(space, row, found, key=key)
        elif len(found.rows):
            scores = [f"{score:.2f}" for score in found.scores]
            gallery(collection, found.rows.tolist(), key=f"gallery_{key}", captions=scores)
            with st.expander("As a list", icon=":material/list:"):
                _neighbour_list(space, row, found, key=key)
        if st.button("Use in a sum", key="use_in_sum", icon=":material/calculate:", type="tertiary"):
            places.go_to(places.ANALOGIES, query_params={"sum": _in_a_sum(collection, row)})
    return found


def _in_a_sum(collection: Collection, row: int) -> str:
    """How a sum names an item: a single word as it is, everything else by its number."""
    item = collection.items[row]
    return item if isinstance(item, str) and item.isalpha() else f"#{row + 1}"


def _facts(collection: Collection, row: int) -> list[str]:
    """What the metadata say of an item beside its text."""
    known = {name: collection.column(name)[row].as_py() for name in collection.columns}
    text = collection.text(row)
    return [shorten(f"{name}: {value}", 60) for name, value in known.items() if value is not None and value != text]


def _neighbour_list(space: Space, row: int, found: Neighbours, *, key: str) -> None:
    """Neighbours with bars; a click on one makes it the selected item."""
    names = [shorten(space.collection.text(int(row)), 120) for row in found.rows]
    st.dataframe(
        pa.table({"item": names, "cosine": found.scores}),
        hide_index=True,
        height=36 * (len(names) + 1),
        row_height=35,
        column_config=bars("cosine"),
        on_select=lambda: _follow(key, found.rows.tolist()),
        selection_mode="single-cell",
        key=key,
        alt="Nearest neighbours of the selected item",
    )
    known = usual(space, kind_of(space.collection.items[row]))
    sample = np.empty(0) if known is None else known.cosines
    if len(found.rows) and len(sample):
        st.caption(f"The first: more alike than {rarity(found.scores[0], sample)}.")


def bars(column: str) -> dict[str, ColumnConfig]:
    """A similarity as a bar with its number, beside a narrow item column."""
    return {
        "item": st.column_config.TextColumn("item", width=95),
        column: st.column_config.ProgressColumn(column, format="%.2f", min_value=0, max_value=1, width=90),
    }


def _follow(key: str, rows: list[int]) -> None:
    picked = st.session_state[key]["selection"]["cells"]
    if picked:
        select(rows[picked[0][0]])


def nothing_selected(space: Space) -> None:
    """What the panel shows before the first click."""
    collection = space.collection
    with st.container(border=True):
        st.markdown(f"**Click {INVITED[collection.kind]}**")
        st.caption(
            f"You will see the {one(collection)}, what is known of it, and which of the {counted(collection)} are "
            "nearest to it in the original space: the map only hints at them."
        )
        count = 5 if collection.kind == "text" else 9
        sample = np.random.default_rng(0).choice(len(space), size=min(count, len(space)), replace=False)
        if collection.kind != "text":
            gallery(collection, sorted(sample.tolist()), key="try")
            return
        for row in sorted(sample.tolist()):
            label = shorten(space.collection.text(row), 28)
            st.button(escape(label), key=f"try_{row}", on_click=select, args=(row,), type="tertiary")
