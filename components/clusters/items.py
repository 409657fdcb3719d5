"""The items behind a cluster or a shape drawn on the map: typical ones, all of them, and what can be done with them."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.clusters import state
from components.clusters.listing import members_of
from components.clusters.looked import Looked
from components.clusters.names.naming import Named
from components.clusters.tables import item_table, with_clusters
from components.kit.choice import save_and_choose
from components.kit.items import open_part
from components.kit.kinds import several
from components.kit.pictures import gallery, picture_count
from components.kit.words import escape, shorten, table_csv

SHOWN = 5_000
GALLERY = 60
TALL = 300


def cluster_panel(looked: Looked, found: Named, cluster: int) -> None:
    """One cluster: what it is called and why, typical members, and all its items."""
    rows = looked.clustering.members(cluster)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            title = f"{looked.numbered[cluster]}: {len(rows):,} {several(looked.space.collection)}"
            st.markdown(f"**{escape(title)}**", width="stretch")
            _actions(looked, rows, f"cluster_{cluster + 1}")
            st.button("Close", icon=":material/close:", type="tertiary", on_click=state.choose_cluster, args=(None,))
        if found.reasons[cluster]:
            st.caption(escape(f"Behind the name: {found.reasons[cluster]}"))
        left, right = st.columns([0.42, 0.58], gap="medium")
        with left:
            _typical(looked, cluster)
        with right:
            _table(looked, rows, f"Items of cluster {cluster + 1}")


def selection_panel(looked: Looked, rows: NDArray[np.intp]) -> None:
    """The items within a shape drawn on the map."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Selection: {len(rows):,} {several(looked.space.collection)}**", width="stretch")
            _actions(looked, rows, "selection")
        counts = np.bincount(looked.clustering.labels[rows] + 1, minlength=looked.clustering.count + 1)
        parts = [
            f"{counts[each + 1]:,} of {looked.numbered[each]}"
            for each in np.argsort(-counts[1:])[:5]
            if counts[each + 1]
        ]
        noise = [f"{counts[0]:,} of no cluster"] if counts[0] else []
        st.caption(escape("; ".join(parts + noise)))
        if picture_count(looked.space.collection):
            with st.container(height=TALL, border=False):
                gallery(looked.space.collection, rows.tolist(), key="lassoed", most=GALLERY)
        _table(looked, rows, "The selected items")


def whole_export(looked: Looked) -> None:
    """The whole collection with its clusters: as a file, or as a collection to look at."""
    every = np.arange(len(looked.space))
    st.download_button(
        "Items with clusters (CSV)",
        lambda: table_csv(item_table(looked, every, whole=True)),
        "items_with_clusters.csv",
        "text/csv",
        key="every_item_csv",
        icon=":material/download:",
        on_click="ignore",
    )
    wanted = st.button(
        "As new collection",
        key="with_clusters",
        icon=":material/library_add:",
        help="The whole collection with the clusters as a column, which every page can then use as labels.",
    )
    if wanted and save_and_choose(with_clusters(looked)):
        st.rerun()


def _actions(looked: Looked, rows: NDArray[np.intp], name: str) -> None:
    st.download_button(
        "Table (CSV)",
        lambda: table_csv(item_table(looked, rows, whole=True)),
        f"{name}.csv",
        "text/csv",
        key=f"{name}_csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if st.button("As new collection", key=f"{name}_open", icon=":material/library_add:"):
        open_part(looked.space, rows.astype(np.int32))


def _typical(looked: Looked, cluster: int) -> None:
    collection, members = looked.space.collection, members_of(looked)[cluster]
    for title, rows in (("Nearest to its centre", members.nearest), ("Spread out within it", members.spread)):
        st.caption(title)
        if picture_count(collection):
            gallery(collection, rows.tolist(), key=f"{title[:6]}_{looked.key}_{cluster}".replace("|", "_"))
        else:
            for row in rows[:5].tolist():
                st.text(f"• {shorten(collection.text(row), 110)}")


def _table(looked: Looked, rows: NDArray[np.intp], alt: str) -> None:
    st.dataframe(
        item_table(looked, rows[:SHOWN]),
        hide_index=True,
        height=TALL,
        column_config={
            "item": st.column_config.TextColumn("item", width="medium"),
            "probability": st.column_config.ProgressColumn("probability", format="%.2f", min_value=0, max_value=1),
        },
        alt=alt,
    )
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(rows):,} items; the file holds all.")
