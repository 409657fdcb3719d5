"""The panel “Do the clusters agree with known labels?”."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.agreement_views import (
    agreement_sentence,
    crossing_chart,
    crossing_table,
    drawn_crossing,
    left_out_sentence,
)
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.kinds import several
from components.kit.labels import group_columns, group_picker
from components.kit.words import escape, table_csv
from embeddings.clusters import Clustering
from embeddings.clusters.agreement import Agreement, agreement
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of

COLUMN = "against"


def labels_panel(collection: Collection, clustering: Clustering, names: tuple[str, ...]) -> None:
    """Scores of agreement with a column of labels, and which label went into which cluster."""
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
        found = agreement(clustering, labels_of(collection, column))
    except EmbeddingError as error:
        st.info(escape(str(error)), icon=":material/info:")
        return
    left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        _scores(found, column)
    with right:
        _crossing(found, names, column)


def _scores(found: Agreement, column: str) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.metric("ARI", f"{found.ari:.2f}", width="content", help="Adjusted Rand index: 1 the same, 0 as by chance.")
        st.metric(
            "AMI", f"{found.ami:.2f}", width="content", help="Adjusted mutual information: 1 the same, 0 as by chance."
        )
        st.metric(
            "V-measure",
            f"{found.v_measure:.2f}",
            width="content",
            help="Harmonic mean of homogeneity and completeness; it rises with the number of clusters by itself.",
        )
    st.markdown(escape(agreement_sentence(found, column)))
    st.caption(escape(left_out_sentence(found)))


def _crossing(found: Agreement, names: tuple[str, ...], column: str) -> None:
    drawn = drawn_crossing(found, names)
    show_chart(
        crossing_chart(drawn, column, colours=page_colours()),
        key="agreement_chart",
        alt="Confusion matrix: labels by row, clusters by column, colours are shares of the row",
    )
    if len(drawn.rows) < len(found.names) or drawn.folded:
        st.caption("The most frequent labels and the largest clusters have places of their own; the table holds all.")
    twin = table_twin("The matrix as a table", key="agreement_twin")
    if not twin.open:
        return
    table = crossing_table(found, names)
    twin.dataframe(table, hide_index=True, height=320, alt="How many items of each label are in each cluster")
    twin.download_button(
        "The matrix (CSV)",
        lambda: table_csv(table),
        "labels_and_clusters.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
