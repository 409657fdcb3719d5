"""The list of clusters: to look at, to pick from, and to rename."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.clusters import state
from components.clusters.looked import MAP, Looked
from components.clusters.names.naming import Named
from components.clusters.request import Checked, stability_request
from components.clusters.tables import cluster_table
from components.kit import caching
from components.kit.colours import page_colours
from components.kit.map import Colouring
from components.kit.pictures import ROW_HEIGHT, as_picture
from components.kit.words import table_csv
from embeddings.clusters.members import Typical, typical
from embeddings.clusters.stability import Stability

RENAME = "rename_clusters"
UNDONE = "renaming_undone"
SHOWN_MEMBERS = 8
LINE, TALLEST = 35, 470
LONGEST_NAME = 60


def cluster_list(looked: Looked, found: Named, colouring: Colouring) -> None:
    """The table of clusters; a click on one shows its items, and names can be changed."""
    table = cluster_table(
        looked, found, members_of(looked), colouring, stable=known_stability(looked), colours=page_colours()
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Clusters**", width="stretch")
        renaming = st.toggle("Rename", key=RENAME, help="Change names in the list; they stay for this session.")
        st.download_button(
            "List (CSV)",
            lambda: table_csv(
                table.drop_columns([name for name in ("colour", "picture") if name in table.column_names])
            ),
            "clusters.csv",
            "text/csv",
            key="clusters_csv",
            icon=":material/download:",
            on_click="ignore",
        )
    (_renamer if renaming else _picker)(looked, table)


def members_of(looked: Looked) -> Sequence[Typical]:
    """The typical members of each cluster, by its own metric in the original space."""
    space, clustering = looked.space, looked.clustering
    return caching.remembered(f"typical|{looked.key}", lambda: typical(space, clustering, count=SHOWN_MEMBERS))


def known_stability(looked: Looked) -> Stability | None:
    """How stable the clusters are, if somebody has asked."""
    layout = looked.layout if looked.settings.of == MAP else None
    known = caching.outcomes().get(stability_request(Checked(looked.space, looked.clustering, layout)).key)
    return known if isinstance(known, Stability) else None


def _picker(looked: Looked, table: pa.Table) -> None:
    key = f"clusters_{looked.key}"
    pictures = "picture" in table.column_names
    st.dataframe(
        table,
        hide_index=True,
        height=_height(table.num_rows, ROW_HEIGHT if pictures else LINE),
        row_height=ROW_HEIGHT if pictures else LINE,
        column_config=_columns(),
        on_select=lambda: _picked(key),
        selection_mode="single-cell",
        key=key,
        alt="The clusters with their names, sizes and typical members",
    )
    st.caption("Click a cluster to see its items. Larger clusters come first.")


def _renamer(looked: Looked, table: pa.Table) -> None:
    key = f"rename_{st.session_state.get(UNDONE, 0)}_{looked.key}"
    shown = table.select([name for name in ("colour", "#", "name", "items", "typical") if name in table.column_names])
    st.data_editor(
        shown,
        hide_index=True,
        height=_height(table.num_rows, LINE),
        disabled=[name for name in shown.column_names if name != "name"],
        column_config=_columns()
        | {"name": st.column_config.TextColumn("name ✎", max_chars=LONGEST_NAME, required=True, width="medium")},
        on_change=_rename,
        args=(key, looked.key, looked.clustering.count),
        key=key,
        alt="The names of the clusters, to be changed",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Double-click a name to change it; it stays for this session, on the map and in downloads.")
        st.button(
            "Names as found",
            key="names_as_found",
            type="tertiary",
            disabled=not state.renamed(looked.key),
            on_click=_forget,
            args=(looked.key,),
        )


def _rename(key: str, clusters: str, count: int) -> None:
    for row, change in st.session_state[key]["edited_rows"].items():
        name = " ".join(str(change.get("name") or "").split())[:LONGEST_NAME]
        if name and 0 <= int(row) < count:
            state.renamed(clusters)[int(row)] = name


def _forget(clusters: str) -> None:
    """Take all names back; the editor, which remembers its changes, begins anew under another key."""
    state.renamed(clusters).clear()
    st.session_state[UNDONE] = st.session_state.get(UNDONE, 0) + 1


def _picked(key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    state.choose_cluster(cells[0][0] if cells else None)


def _columns() -> dict[str, ColumnConfig]:
    number = st.column_config.NumberColumn
    return {
        "colour": st.column_config.ImageColumn("", width=36),
        "#": number("#", width=40),
        "name": st.column_config.TextColumn("name", width="medium"),
        "items": number("items", format="localized", width=65),
        "share": number("share", format="%.1f %%", width=70),
        "stability": number("stability", format="%.2f", width=75),
        "mean probability": number("probability", format="%.2f", width=85, help="Mean over its items."),
        "picture": as_picture("typical"),
        "typical": st.column_config.TextColumn("typical", width="large"),
    }


def _height(rows: int, line: int) -> int:
    return min(TALLEST, LINE + line * max(1, rows) + 3)
