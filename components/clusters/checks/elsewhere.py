"""The panel “Are these also the groups of the map?”."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import streamlit as st

from components.clusters.checks.agreement_views import NO_CLUSTER
from components.clusters.checks.asked import Asking
from components.clusters.request import Checked, elsewhere_request
from components.kit.charts import table_twin
from components.kit.words import escape, table_csv
from embeddings.clusters import Clustering
from embeddings.clusters.agreement import Overlap, overlap
from embeddings.clusters.base import Labels
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout


def elsewhere_panel(checked: Checked, names: tuple[str, ...], layout: Layout, asking: Asking) -> None:
    """The same method in the original space and on the map, held against each other."""
    st.markdown("**Does the map show the same groups as the original space?** (ARI of the two)")
    st.caption(
        f"{checked.clustering.method} with the same settings, in the original space and on the {layout.method} map."
    )
    found = asking.answer(elsewhere_request(checked, layout), "Cluster the map too", "ask_elsewhere")
    if isinstance(found, EmbeddingError):
        st.info(escape(str(found)), icon=":material/info:")
    elif found is not None:
        _draw(overlap_of(checked.clustering, found), names)


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


def overlap_table(found: Overlap, names: tuple[str, ...]) -> pa.Table:
    """How many items each pair of clusters shares, the largest first."""
    rows, columns = np.nonzero(found.table)
    counts = found.table[rows, columns]
    order = np.lexsort((-counts, rows))
    noise = [*names, NO_CLUSTER]
    return pa.table(
        {
            "cluster": pa.array([noise[rows[place]] for place in order], pa.string()),
            "of the map": columns[order] + 1,
            "items": counts[order],
        }
    )


def _draw(found: Overlap, names: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.metric("ARI", f"{found.ari:.2f}", width="content", help="Adjusted Rand index: 1 the same, 0 as by chance.")
        st.metric("AMI", f"{found.ami:.2f}", width="content", help="Adjusted mutual information, the same scale.")
        st.markdown(overlap_sentence(found.ari))
    twin = table_twin("Which clusters share items", key="elsewhere_twin")
    if not twin.open:
        return
    table = overlap_table(found, names)
    twin.dataframe(table, hide_index=True, height=320, alt="How many items each pair of clusters shares")
    twin.download_button(
        "These counts (CSV)",
        lambda: table_csv(table),
        "space_and_map.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
