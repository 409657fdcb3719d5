"""Clusters beside other groups of the same items: known labels, and the clusters of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, Request, asking
from components.kit.charts import figure, named_rows, show_chart
from components.kit.colours import Colours, page_colours, shades
from components.kit.evidence import Table, show_twin
from components.kit.kinds import several
from components.kit.labels import group_columns, group_picker
from components.kit.words import chart_text, escape, shorten
from components.views.clusterings import Looked, answer
from embeddings.clusters import Clustering
from embeddings.clusters.agreement import Agreement, Overlap, agreement, frequent_labels, overlap
from embeddings.clusters.base import Labels
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of

COLUMN = "against"
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
ARI = "Adjusted Rand index: 1 the same, 0 as by chance."


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


def against_labels(looked: Looked) -> None:
    """Scores of agreement with a column of labels, and which label went into which cluster."""
    collection, names = looked.space.collection, looked.numbered
    st.markdown("**Do the clusters agree with known labels?** (ARI, AMI, V-measure)")
    columns = group_columns(collection)
    if not columns:
        st.caption(
            f"No column of this collection puts its {several(collection)} into groups. A file with a column of labels, "
            "or the ready sentences with their topics, can be compared."
        )
        return
    column = group_picker(columns, key=COLUMN)
    try:
        found = agreement(looked.clustering, labels_of(collection, column))
    except EmbeddingError as error:
        st.info(escape(str(error)), icon=":material/info:")
        return
    left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        mutual = "Adjusted mutual information: 1 the same, 0 as by chance."
        harmonic = "Harmonic mean of homogeneity and completeness; it rises with the number of clusters by itself."
        with st.container(horizontal=True, gap="medium"):
            _metrics(("ARI", found.ari, ARI), ("AMI", found.ami, mutual), ("V-measure", found.v_measure, harmonic))
        st.markdown(escape(agreement_sentence(found, column)))
        st.caption(escape(left_out_sentence(found)))
    with right:
        drawn = drawn_crossing(found, names)
        alt = "Confusion matrix: labels by row, clusters by column, colours are shares of the row"
        show_chart(crossing_chart(drawn, column, page_colours()), key="agreement_chart", alt=alt)
        if len(drawn.rows) < len(found.names) or drawn.folded:
            st.caption(
                "The most frequent labels and the largest clusters have places of their own; the table holds all."
            )
        show_twin("The matrix as a table", lambda: _crossing(looked, found, column), key="agreement_twin")


def _metrics(*shown: tuple[str, float, str]) -> None:
    for name, value, help in shown:
        st.metric(name, f"{value:.2f}", width="content", help=help)


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


def crossing_chart(drawn: Crossing, title: str, colours: Colours) -> go.Figure:
    """Labels in rows, clusters in columns; colours are shares of the row, numbers are counts."""
    counts = drawn.counts
    totals = counts.sum(axis=1, keepdims=True)
    numbered = counts.shape[1] <= NUMBERED
    rows, columns = ([chart_text(name, 24) for name in each] for each in (drawn.rows, drawn.columns))
    said = [
        [f"{row}, {column}: {counts[i, j]:,} items" for j, column in enumerate(columns)] for i, row in enumerate(rows)
    ]
    # An empty cell looks like the page, and the first item in a cell does not.
    scale = [(0, colours.surface), *((0.02 + 0.98 * at, colour) for at, colour in shades(colours.sequential))]
    cells = go.Heatmap(
        z=np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0),
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        zmin=0,
        zmax=1,
        colorscale=scale,
        text=np.where(counts > 0, counts.astype(str), "") if numbered else None,
        texttemplate="%{text}" if numbered else "",
        customdata=np.array(said, dtype=object),
        hovertemplate="%{customdata} (%{z:.0%} of the row)<extra></extra>",
        xgap=1,
        ygap=1,
        colorbar={"title": "share of row", "thickness": 12, "tickformat": ".0%"},
    )
    across = {"tickvals": list(range(len(columns))), "ticktext": columns, "title": "cluster", "showgrid": False}
    down = {**named_rows(drawn.rows, length=24), "title": chart_text(title, 30)}
    return figure(cells, height=150 + 24 * len(rows), x=across, y=down)


def _crossing(looked: Looked, found: Agreement, column: str) -> Table:
    return Table(
        crossing_table(found, looked.numbered),
        "How many items of each label are in each cluster",
        height=320,
        label="The matrix (CSV)",
        file="labels_and_clusters.csv",
        settings=looked.said | {"labels": column},
    )


def crossing_table(found: Agreement, names: Sequence[str]) -> pa.Table:
    """Every label with every cluster that holds an item of it: a long table, the most frequent first."""
    rows, columns, counts = _pairs(found.confusion)
    called = [*names, NO_CLUSTER]
    return pa.table(
        {
            "label": pa.array([found.names[row] for row in rows], pa.string()),
            "cluster": pa.array([called[column] for column in columns], pa.string()),
            "items": counts,
            "share of the label": np.round(counts / found.confusion.sum(axis=1)[rows], 4),
        }
    )


def against_map(looked: Looked, pending: Pending) -> None:
    """The same method in the original space and on the map, held against each other."""
    clustering, method = looked.clustering, looked.layout.method
    st.markdown("**Does the map show the same groups as the original space?** (ARI of the two)")
    st.caption(f"{clustering.method} with the same settings, in the original space and on the {method} map.")
    labels = answer(_on_map_request(looked), "Cluster the map too", "ask_elsewhere", pending, items=len(looked.space))
    if labels is None:
        return
    found = overlap_of(clustering, labels)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _metrics(("ARI", found.ari, ARI), ("AMI", found.ami, "Adjusted mutual information, the same scale."))
        st.markdown(overlap_sentence(found.ari))
    table = Table(
        overlap_table(found, looked.numbered),
        "How many items each pair of clusters shares",
        height=320,
        label="These counts (CSV)",
        file="space_and_map.csv",
        settings=looked.said | {"map": method},
    )
    show_twin("Which clusters share items", lambda: table, key="elsewhere_twin")


def _on_map_request(looked: Looked) -> Request[Labels]:
    """The job that gives the labels of the same method for the places on the map."""
    return asking("clusters like these", looked.layout.coordinates, looked.clustering.light)


def overlap_of(clustering: Clustering, labels: Labels) -> Overlap:
    """How far clusters and the labels of the other side are the same groups."""
    return overlap(clustering, Clustering(labels, clustering.method, {}, clustering.seed))


def overlap_sentence(ari: float) -> str:
    """What the index says about the map."""
    if ari >= 0.9:
        return "The map shows almost the same groups as the original space."
    if ari >= 0.5:
        return "The map shows the groups roughly: what stands together on it need not belong together."
    return "The groups of the map are not those of the original space: do not read clusters off the map."


def overlap_table(found: Overlap, names: Sequence[str]) -> pa.Table:
    """How many items each pair of clusters shares, the largest first."""
    rows, columns, counts = _pairs(found.table)
    called = [*names, NO_CLUSTER]
    return pa.table(
        {
            "cluster": pa.array([called[row] for row in rows], pa.string()),
            "of the map": columns + 1,
            "items": counts,
        }
    )


def _pairs(table: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
    """Rows, columns and counts of the cells that are not empty, row by row, the largest first."""
    rows, columns = np.nonzero(table)
    counts = table[rows, columns]
    order = np.lexsort((-counts, rows))
    return rows[order], columns[order], counts[order]
