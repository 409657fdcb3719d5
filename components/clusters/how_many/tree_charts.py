"""Trees of clusters drawn: the dendrogram of all merges, and HDBSCAN's condensed tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.colours import MOST_CATEGORIES, Colours
from components.kit.words import shorten
from embeddings.clusters.trees import Branches, Dendrogram

NAMED = 30


def cuts(drawing: Dendrogram) -> NDArray[np.int64]:
    """For each merge of the drawing, how many clusters are left if the tree is cut just below it."""
    tops = drawing.heights[:, 1]
    return np.array([int((tops >= top).sum()) + 1 for top in tops], dtype=np.int64)


def dendrogram_chart(drawing: Dendrogram, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """Merges as bridges in the colour of the cluster below the cut; a dot on each is where it can be cut apart."""
    figure = go.Figure()
    tints = _colours(names, colours)
    labels = _labels_of_merges(drawing)
    for label in sorted(set(labels.tolist())):
        of_this = labels == label
        figure.add_trace(
            go.Scatter(
                x=_broken(drawing.places[of_this]),
                y=_broken(drawing.heights[of_this]),
                mode="lines",
                line={"color": _colour(label, tints, colours), "width": 1.5},
                hoverinfo="skip",
            )
        )
    figure.add_trace(_cut_dots(drawing, colours))
    cut = (drawing.low + drawing.high) / 2
    figure.add_hline(cut, line={"dash": "dash", "width": 1.5, "color": colours.line}, annotation_text="cut here now")
    figure.add_trace(_leaves(drawing, names, tints, colours))
    figure.update_layout(
        height=430,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        xaxis={"visible": False},
        yaxis={"title": "distance of the merged parts", "rangemode": "tozero"},
    )
    return figure


def merge_table(drawing: Dendrogram) -> pa.Table:
    """The upper merges, the last first: at which distance, and how many clusters are left below it."""
    order = np.argsort(-drawing.heights[:, 1], kind="stable")
    return pa.table({"clusters below": cuts(drawing)[order], "merged at": drawing.heights[order, 1]})


def condensed_chart(tree: Branches, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """Branches as wide as they have items, from the sparse top to the dense bottom; the chosen ones in colour."""
    figure = go.Figure()
    tints = _colours(names, colours)
    for label in sorted(set(tree.labels.tolist())):
        of_this = np.flatnonzero(tree.labels == label)
        figure.add_trace(
            go.Scatter(
                x=_broken(np.array([_across(tree, branch) for branch in of_this.tolist()])),
                y=_broken(np.array([_down(tree, branch) for branch in of_this.tolist()])),
                mode="lines",
                fill="toself",
                line={"color": _colour(label, tints, colours), "width": 0.5},
                hoverinfo="skip",
            )
        )
    middle = [tree.lefts[each] + tree.sizes[each] / 2 for each in range(len(tree.sizes))]
    chosen = tree.chosen
    figure.add_trace(
        go.Scatter(
            x=middle,
            y=(tree.births + tree.deaths) / 2,
            mode="markers+text",
            marker={"opacity": 0, "size": 12},
            text=[
                shorten(names[label], 22) if is_chosen and tree.chosen.sum() <= NAMED else ""
                for label, is_chosen in zip(tree.labels.tolist(), chosen.tolist(), strict=True)
            ],
            customdata=[_branch_said(tree, branch, names) for branch in range(len(tree.sizes))],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        height=430,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        dragmode=False,
        xaxis={"title": "items", "showgrid": False},
        yaxis={"title": "density (1 / distance)", "autorange": "reversed"},
    )
    return figure


def branch_table(tree: Branches, names: Sequence[str]) -> pa.Table:
    """The branches: their sizes, where they begin and end, and the cluster that they are."""
    count = len(tree.sizes)
    return pa.table(
        {
            "branch": list(range(1, count + 1)),
            "of branch": pa.array([None if parent < 0 else int(parent) + 1 for parent in tree.parents], pa.int64()),
            "items": tree.sizes,
            "from density": tree.births,
            "to density": tree.deaths,
            "chosen as": pa.array(
                [
                    names[label] if is_chosen else None
                    for label, is_chosen in zip(tree.labels.tolist(), tree.chosen.tolist(), strict=True)
                ],
                pa.string(),
            ),
        }
    )


def _labels_of_merges(drawing: Dendrogram) -> NDArray[np.int64]:
    """The cluster of all leaves below each merge, −2 for several or where it is above the cut."""
    order = np.argsort(drawing.heights[:, 1], kind="stable")
    below = dict(zip(drawing.leaves.tolist(), drawing.labels.tolist(), strict=True))
    labels = np.full(len(order), -2, dtype=np.int64)
    for merge in order.tolist():
        left, right = (float(drawing.places[merge, side]) for side in (0, 3))
        one, other = below.get(left, -2), below.get(right, -2)
        labels[merge] = one if one == other and drawing.heights[merge, 1] <= drawing.low else -2
        below[(left + right) / 2] = int(labels[merge])
    return labels


def _cut_dots(drawing: Dendrogram, colours: Colours) -> go.Scatter:
    left = cuts(drawing)
    return go.Scatter(
        x=(drawing.places[:, 0] + drawing.places[:, 3]) / 2,
        y=drawing.heights[:, 1],
        mode="markers",
        marker={"size": 8, "color": colours.surface, "line": {"width": 1.5, "color": colours.line}},
        customdata=left,
        hovertemplate="cut below %{y:.3g}: %{customdata} clusters<extra></extra>",
        name="cuts",
    )


def _leaves(drawing: Dendrogram, names: Sequence[str], tints: Sequence[str], colours: Colours) -> go.Scatter:
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
            "color": [_colour(label, tints, colours) for label in drawing.labels.tolist()],
        },
        text=said,
        hovertemplate="%{text}<extra></extra>",
        name="leaves",
    )


def _across(tree: Branches, branch: int) -> list[float]:
    left, size, end = float(tree.lefts[branch]), float(tree.sizes[branch]), float(tree.ends[branch])
    return [left, left + size, left + end, left, left]


def _down(tree: Branches, branch: int) -> list[float]:
    birth, death = float(tree.births[branch]), float(tree.deaths[branch])
    return [birth, birth, death, death, birth]


def _branch_said(tree: Branches, branch: int, names: Sequence[str]) -> str:
    label = int(tree.labels[branch])
    part = "the cluster " if tree.chosen[branch] else "within "
    return f"{tree.sizes[branch]:,} items" + (f", {part}{shorten(names[label], 40)}" if label >= 0 else "")


def _broken(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Several lines as one, with gaps between them."""
    gaps = np.full((len(lines), 1), np.nan)
    return np.hstack([lines, gaps]).ravel()


def _colours(names: Sequence[str], colours: Colours) -> tuple[str, ...]:
    """The colours that the map gives to clusters; of more than it has colours for, the smallest have none."""
    tints = colours.categorical
    return tints if len(names) <= MOST_CATEGORIES else tints[: MOST_CATEGORIES - 1]


def _colour(label: int, tints: Sequence[str], colours: Colours) -> str:
    """The colour of a cluster; grey for none and several."""
    return tints[label] if 0 <= label < len(tints) else colours.other
