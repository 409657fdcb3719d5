"""The tree that clusters come from: to look at, and to cut elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from components.clusters.controls import METHOD
from components.clusters.how_many.counting import look_at
from components.clusters.how_many.tree_charts import branch_table, condensed_chart, cuts, dendrogram_chart, merge_table
from components.clusters.looked import Looked
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.words import table_csv
from embeddings.clusters.trees import Dendrogram, branches, dendrogram

CUT_DOTS = "cut_dots"
CUT_INTO = "cut_into"
MOST_CUT = 60
TREES = ("Ward", "Average linkage", "HDBSCAN")


def tree_panel(looked: Looked) -> None:
    """The dendrogram, HDBSCAN's condensed tree, or which methods build one."""
    clustering = looked.clustering
    if clustering.merges is not None:
        _dendrogram(looked)
    elif clustering.condensed is not None:
        _condensed(looked)
    else:
        _none(clustering.method)


def _dendrogram(looked: Looked) -> None:
    st.markdown("**Which clusters were merged into which, and at what distance?**")
    drawing = dendrogram(looked.clustering)
    _slider(looked)
    key = f"{CUT_DOTS}_{looked.clustering.count}"
    st.plotly_chart(
        dendrogram_chart(drawing, looked.numbered, colours=page_colours()),
        config={"displayModeBar": False},
        key=key,
        on_select=lambda: _clicked(key, drawing),
        selection_mode="points",
        alt="Dendrogram of the last merges",
    )
    st.caption(
        f"The last {len(drawing.leaves) - 1} of {len(looked.space) - 1:,} merges; dots at the bottom hold what was "
        "merged before. Click an open dot to cut just below it: what it joins falls apart. A long stretch without "
        "merges is a cut that holds."
    )
    _twin(merge_table(drawing), "merges")


def _slider(looked: Looked) -> None:
    count, most = looked.clustering.count, min(MOST_CUT, len(looked.space))
    if most <= 2:
        return
    key = f"{CUT_INTO}_{count}"
    st.slider(
        "Cut into so many clusters",
        2,
        most,
        min(count, most),
        key=key,
        on_change=_slid,
        args=(key,),
        help="The same as clicking a dot of the tree, and as the number above.",
    )


def _slid(key: str) -> None:
    look_at(int(st.session_state[key]))


def _clicked(key: str, drawing: Dendrogram) -> None:
    count = clicked_cut(st.session_state.get(key), drawing)
    if count is not None:
        look_at(count)


def clicked_cut(state: object, drawing: Dendrogram) -> int | None:
    """How many clusters the clicked dot leaves; None where no such dot was clicked."""
    selection = state.get("selection") if isinstance(state, Mapping) else None
    points = selection.get("points", []) if isinstance(selection, Mapping) else []
    known = set(cuts(drawing).tolist())
    for point in points:
        count = point.get("customdata")
        count = count[0] if isinstance(count, list) and count else count
        if isinstance(count, int) and count in known:
            return count
    return None


def _condensed(looked: Looked) -> None:
    st.markdown("**How do dense regions fall apart as the density grows?**")
    tree = branches(looked.clustering)
    show_chart(
        condensed_chart(tree, looked.numbered, colours=page_colours()),
        key="condensed_tree",
        alt="Condensed tree of HDBSCAN",
    )
    st.caption(
        "Each branch is as wide as it has items and narrows as they fall out as noise; where it splits, two dense "
        "regions part. Coloured branches were chosen as clusters: those that last longest for their size (excess of "
        "mass)."
    )
    _twin(branch_table(tree, looked.numbered), "branches")


def _none(method: str) -> None:
    st.caption(f"{method} builds no tree. {', '.join(TREES[:-1])} and {TREES[-1]} do.")
    with st.container(horizontal=True, gap="small"):
        for each in TREES:
            st.button(f"Use {each}", key=f"use_{each}", on_click=_use, args=(each,))


def _use(method: str) -> None:
    st.session_state[METHOD] = method


def _twin(table: pa.Table, name: str) -> None:
    twin = table_twin("The tree as a table", key="tree_twin")
    if not twin.open:
        return
    twin.dataframe(table, hide_index=True, height=300, alt=f"The {name} of the tree")
    twin.download_button(
        "The tree (CSV)",
        lambda: table_csv(table),
        f"{name}.csv",
        "text/csv",
        key="tree_csv",
        icon=":material/download:",
        on_click="ignore",
    )
