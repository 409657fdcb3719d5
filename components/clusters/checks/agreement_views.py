"""Clusters beside known labels: sentences, a heat map and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.colours import Colours
from components.kit.words import chart_text, shorten
from embeddings.clusters.agreement import Agreement, frequent_labels

MOST = 30
NUMBERED = 15
NO_CLUSTER = "noise"
OTHER_CLUSTERS = "other clusters"
STEPS = (
    (0.9, "almost the same groups as"),
    (0.65, "much like the groups of"),
    (0.3, "partly the groups of"),
    (0.1, "only faintly like the groups of"),
)


class Crossing(NamedTuple):
    """What is drawn of a confusion matrix.

    Attributes:
        rows: the labels.
        columns: the clusters, those with the same main label side by side, in the order of the labels.
        counts: items, shape (rows, columns).
        folded: whether the last columns gather several clusters.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]
    folded: bool


def agreement_sentence(found: Agreement, column: str) -> str:
    """The adjusted Rand index in plain words."""
    words = next((words for least, words in STEPS if found.ari >= least), "")
    said = f"The clusters are {words} “{column}”." if words else f"The clusters tell hardly anything of “{column}”."
    pure, whole = found.homogeneity, found.completeness
    if abs(pure - whole) > 0.15:
        said += (
            " Some labels are spread over several clusters." if pure > whole else " Some clusters mix several labels."
        )
    return f"{said} Homogeneity {pure:.2f}, completeness {whole:.2f}."


def left_out_sentence(found: Agreement) -> str:
    """How many items and labels count."""
    said = f"{found.used:,} items with {len(found.names):,} different labels are compared"
    said += f"; {found.left_out:,} without a label are left out." if found.left_out else "."
    if not np.isnan(found.ari_clustered) and found.confusion.shape[1] and abs(found.ari_clustered - found.ari) > 0.005:
        said += (
            f" Noise counts as one more cluster; the items in clusters alone have an ARI of {found.ari_clustered:.2f}."
        )
    return said


def drawn_crossing(found: Agreement, names: Sequence[str]) -> Crossing:
    """At most 30 labels and clusters, the rest of each added up."""
    rows, counts = frequent_labels(found, most=MOST)
    ahead = min(counts.shape[1], len(names))
    shown = min(ahead, MOST)
    parts, called = [counts[:, :shown]], [shorten(name, 24) for name in names[:shown]]
    with np.errstate(invalid="ignore"):
        shares = np.nan_to_num(parts[0] / counts.sum(axis=1, keepdims=True))
    order = np.argsort(shares.argmax(axis=0), kind="stable") if shown else np.arange(0)
    parts[0], called = parts[0][:, order], [called[place] for place in order]
    if shown < ahead:
        parts.append(counts[:, shown:ahead].sum(axis=1, keepdims=True))
        called.append(OTHER_CLUSTERS)
    if ahead < counts.shape[1]:
        parts.append(counts[:, ahead:])
        called.append(NO_CLUSTER)
    return Crossing(tuple(rows), tuple(called), np.hstack(parts), shown < ahead)


def crossing_chart(drawn: Crossing, title: str, *, colours: Colours) -> go.Figure:
    """Labels in rows, clusters in columns; colours are shares of the row, numbers are counts."""
    counts = drawn.counts
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    palette = colours.sequential
    page = colours.surface
    stops = [[0, page], *([0.02 + 0.98 * n / (len(palette) - 1), colour] for n, colour in enumerate(palette))]
    numbered = counts.shape[1] <= NUMBERED
    rows, columns = ([chart_text(name, 24) for name in each] for each in (drawn.rows, drawn.columns))
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            x=list(range(len(columns))),
            y=list(range(len(rows))),
            zmin=0,
            zmax=1,
            colorscale=stops,
            text=np.where(counts > 0, counts.astype(str), "") if numbered else None,
            texttemplate="%{text}" if numbered else "",
            customdata=np.array(
                [
                    [f"{row}, {column}: {counts[i, j]:,} items" for j, column in enumerate(columns)]
                    for i, row in enumerate(rows)
                ],
                dtype=object,
            ),
            hovertemplate="%{customdata} (%{z:.0%} of the row)<extra></extra>",
            xgap=1,
            ygap=1,
            colorbar={"title": "share of row", "thickness": 12, "tickformat": ".0%"},
        )
    )
    plain_axis = {"showgrid": False, "zeroline": False}
    figure.update_layout(
        height=150 + 24 * len(rows),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={**plain_axis, "tickvals": list(range(len(columns))), "ticktext": columns, "title": "cluster"},
        yaxis={
            **plain_axis,
            "tickvals": list(range(len(rows))),
            "ticktext": rows,
            "title": shorten(title, 30).replace("<", "&lt;"),
            "range": [len(rows) - 0.5, -0.5],
        },
        dragmode=False,
    )
    return figure


def crossing_table(found: Agreement, names: Sequence[str]) -> pa.Table:
    """Every label with every cluster that holds an item of it: a long table, the most frequent first."""
    called = [*names, NO_CLUSTER]
    rows, columns = np.nonzero(found.confusion)
    totals = found.confusion.sum(axis=1)
    counts = found.confusion[rows, columns]
    order = np.lexsort((-counts, rows))
    return pa.table(
        {
            "label": pa.array([found.names[rows[place]] for place in order], pa.string()),
            "cluster": pa.array([called[columns[place]] for place in order], pa.string()),
            "items": counts[order],
            "share of the label": np.round(counts[order] / totals[rows[order]], 4),
        }
    )
