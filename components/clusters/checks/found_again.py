"""The panel “Is each cluster found again?”."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.asked import Asking
from components.clusters.checks.stability_views import MOST, stability_chart, stability_sentence, stability_table
from components.clusters.request import DRAWS, Checked, stability_request
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.words import escape, table_csv
from embeddings.clusters.stability import Stability
from embeddings.errors import EmbeddingError


def stability_panel(checked: Checked, names: tuple[str, ...], asking: Asking) -> None:
    """Bootstrap stability, cluster by cluster."""
    st.markdown("**Is each cluster found again?** (bootstrap stability)")
    st.caption("Tells a real group from one that was split or lumped together by the method.")
    found = asking.answer(stability_request(checked), f"Cluster {DRAWS} samples again", "ask_stability")
    if isinstance(found, EmbeddingError):
        st.info(escape(str(found)), icon=":material/info:")
    elif found is not None:
        _draw(found, checked, names)


def _draw(found: Stability, checked: Checked, names: tuple[str, ...]) -> None:
    st.markdown(escape(stability_sentence(found, names)))
    show_chart(
        stability_chart(found, names, colours=page_colours()),
        key="stability_chart",
        alt="Mean Jaccard similarity of each cluster with its best match in samples drawn again",
    )
    if len(names) > MOST:
        st.caption(f"The {MOST} largest of {len(names):,} clusters are drawn; the table holds all.")
    twin = table_twin("Stability as a table", key="stability_twin")
    if not twin.open:
        return
    table = stability_table(found, checked.clustering, names)
    twin.dataframe(
        table,
        hide_index=True,
        height=min(420, 35 * (table.num_rows + 1) + 3),
        column_config={"mean Jaccard": st.column_config.NumberColumn(format="%.2f")},
        alt="Stability of each cluster",
    )
    twin.download_button(
        "Stability (CSV)",
        lambda: table_csv(table),
        "stability.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
