"""The trees that clusters come from, to look at and to cut elsewhere: the dendrogram and HDBSCAN's condensed tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.charts import figure, show_chart
from components.kit.colours import MOST_CATEGORIES, Colours, page_colours
from components.kit.evidence import Table, show_twin
from components.kit.words import shorten
from components.views.clusterings import METHOD, Looked, look_at
from embeddings.clusters.trees import (
    Branches,
    Dendrogram,
    branch_table,
    branches,
    chosen_names,
    cuts,
    dendrogram,
    labels_of_merges,
    merge_table,
)

CUT_DOTS, CUT_INTO = "cut_dots", "cut_into"
MOST_CUT = 60
# With more, their names would lie over each other.
NAMED = 30
HEIGHT = 430
TREES = ("Ward", "Average linkage", "HDBSCAN")


def cluster_tree(looked: Looked) -> None:
    """The dendrogram, HDBSCAN's condensed tree, or which methods build one."""
    method = looked.clustering.method
    if looked.clustering.merges is not None:
        _dendrogram(looked)
    elif looked.clustering.condensed is not None:
        _condensed(looked)
    else:
        st.caption(f"{method} builds no tree. {', '.join(TREES[:-1])} and {TREES[-1]} do.")
        with st.container(horizontal=True, gap="small"):
            for each in TREES:
                st.button(f"Use {each}", key=f"use_{each}", on_click=_use, args=(each,))


def _use(method: str) -> None:
    st.session_state[METHOD] = method


def _dendrogram(looked: Looked) -> None:
    st.markdown("**Which clusters were merged into which, and at what distance?**")
    drawing, count = dendrogram(looked.clustering), looked.clustering.count
    most = min(MOST_CUT, len(looked.space))
    if most > 2:
        key = f"{CUT_INTO}_{count}"
        help = "The same as clicking a dot of the tree, and as the number above."
        label = "Cut into so many clusters"
        st.slider(label, 2, most, min(count, most), key=key, on_change=_slid, args=(key,), help=help)
    key = f"{CUT_DOTS}_{count}"
    st.plotly_chart(
        dendrogram_chart(drawing, looked.numbered, page_colours()),
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
    _twin(looked, lambda: merge_table(drawing), "merges")


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
    tree, names = branches(looked.clustering), looked.numbered
    chart = condensed_chart(tree, names, page_colours())
    show_chart(chart, key="condensed_tree", alt="Condensed tree of HDBSCAN")
    st.caption(
        "Each branch is as wide as it has items and narrows as they fall out as noise; where it splits, two dense "
        "regions part. Coloured branches were chosen as clusters: those that last longest for their size (excess of "
        "mass)."
    )
    _twin(looked, lambda: branch_table(tree, names), "branches")


def _twin(looked: Looked, lines: Callable[[], pa.Table], name: str) -> None:
    def table() -> Table:
        file, said = f"{name}.csv", looked.said
        return Table(lines(), f"The {name} of the tree", height=300, label="The tree (CSV)", file=file, settings=said)

    show_twin("The tree as a table", table, key="tree_twin")


def dendrogram_chart(drawing: Dendrogram, names: Sequence[str], colours: Colours) -> go.Figure:
    """Merges as bridges in the colour of the cluster below the cut; a dot on each is where it can be cut apart."""
    labels = labels_of_merges(drawing)
    bridges = [
        go.Scatter(
            x=_broken(drawing.places[labels == label]),
            y=_broken(drawing.heights[labels == label]),
            mode="lines",
            line={"color": _tint(label, names, colours), "width": 1.5},
            hoverinfo="skip",
        )
        for label in sorted(set(labels.tolist()))
    ]
    drawn = figure(
        *bridges,
        _cut_dots(drawing, colours),
        _leaves(drawing, names, colours),
        height=HEIGHT,
        margin={"t": 16},
        showlegend=False,
        clickmode="event+select",
        x={"visible": False},
        y={"title": "distance of the merged parts", "rangemode": "tozero"},
    )
    cut = (drawing.low + drawing.high) / 2
    drawn.add_hline(cut, line={"dash": "dash", "width": 1.5, "color": colours.line}, annotation_text="cut here now")
    return drawn


def _cut_dots(drawing: Dendrogram, colours: Colours) -> go.Scatter:
    return go.Scatter(
        x=(drawing.places[:, 0] + drawing.places[:, 3]) / 2,
        y=drawing.heights[:, 1],
        mode="markers",
        marker={"size": 8, "color": colours.surface, "line": {"width": 1.5, "color": colours.line}},
        customdata=cuts(drawing),
        hovertemplate="cut below %{y:.3g}: %{customdata} clusters<extra></extra>",
        name="cuts",
    )


def _leaves(drawing: Dendrogram, names: Sequence[str], colours: Colours) -> go.Scatter:
    said = [
        f"{size:,} item{'' if size == 1 else 's'} of {names[label] if label >= 0 else 'several clusters'}"
        for size, label in zip(drawing.sizes.tolist(), drawing.labels.tolist(), strict=True)
    ]
    return go.Scatter(
        x=drawing.leaves,
        y=np.zeros(len(drawing.leaves)),
        mode="markers",
        marker={
            "size": 4 + 10 * np.sqrt(drawing.sizes / drawing.sizes.max()),
            "color": [_tint(label, names, colours) for label in drawing.labels.tolist()],
        },
        text=said,
        hovertemplate="%{text}<extra></extra>",
        name="leaves",
    )


def condensed_chart(tree: Branches, names: Sequence[str], colours: Colours) -> go.Figure:
    """Branches as wide as they have items, from the sparse top to the dense bottom; the chosen ones in colour."""
    left, birth, death = tree.lefts.astype(float), tree.births, tree.deaths
    across = np.column_stack([left, left + tree.sizes, left + tree.ends, left, left])
    down = np.column_stack([birth, birth, death, death, birth])
    spans = [
        go.Scatter(
            x=_broken(across[tree.labels == label]),
            y=_broken(down[tree.labels == label]),
            mode="lines",
            fill="toself",
            line={"color": _tint(label, names, colours), "width": 0.5},
            hoverinfo="skip",
        )
        for label in sorted(set(tree.labels.tolist()))
    ]
    chosen = chosen_names(tree, names) if tree.chosen.sum() <= NAMED else [None] * len(tree.sizes)
    middles = go.Scatter(
        x=left + tree.sizes / 2,
        y=(birth + death) / 2,
        mode="markers+text",
        marker={"opacity": 0, "size": 12},
        text=[shorten(name or "", 22) for name in chosen],
        customdata=[_branch_said(tree, branch, names) for branch in range(len(tree.sizes))],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return figure(
        *spans,
        middles,
        height=HEIGHT,
        showlegend=False,
        x={"title": "items", "showgrid": False},
        y={"title": "density (1 / distance)", "autorange": "reversed"},
    )


def _branch_said(tree: Branches, branch: int, names: Sequence[str]) -> str:
    label = int(tree.labels[branch])
    part = "the cluster " if tree.chosen[branch] else "within "
    return f"{tree.sizes[branch]:,} items" + (f", {part}{shorten(names[label], 40)}" if label >= 0 else "")


def _broken(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Several lines as one, with gaps between them."""
    return np.hstack([lines, np.full((len(lines), 1), np.nan)]).ravel()


def _tint(label: int, names: Sequence[str], colours: Colours) -> str:
    """The colour that the map gives a cluster; grey for none, for several, and for the smallest of too many."""
    shown = MOST_CATEGORIES if len(names) <= MOST_CATEGORIES else MOST_CATEGORIES - 1
    return colours.categorical[label] if 0 <= label < shown else colours.other
