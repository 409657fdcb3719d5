"""The panel “Would I also see clusters in noise?”."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.asked import Asking
from components.clusters.checks.noise_views import noise_chart, noise_sentence, noise_table
from components.clusters.request import Checked, noise_request
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.words import escape, table_csv
from embeddings.clusters.noise import DRAWS, NoiseComparison
from embeddings.errors import EmbeddingError


def noise_panel(checked: Checked, asking: Asking) -> None:
    """The scores of the clusters beside those of the same method on noise."""
    st.markdown("**Would I also see clusters in noise?** (the same method on noise of the same covariance)")
    st.caption("A method that is asked for ten clusters finds ten, also where there are none.")
    found = asking.answer(noise_request(checked), f"Cluster {DRAWS} sets of noise", "ask_noise")
    if isinstance(found, EmbeddingError):
        st.info(escape(str(found)), icon=":material/info:")
    elif found is not None:
        _draw(found)


def _draw(found: NoiseComparison) -> None:
    heading, sentence = noise_sentence(found)
    show = {True: st.success, False: st.warning, None: st.info}[found.stands_out]
    show(f"**{heading}** {sentence}")
    table = noise_table(found)
    show_chart(
        noise_chart(found, colours=page_colours()),
        key="noise_chart",
        alt="Silhouette of the clusters beside that of the same method on noise",
    )
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={
            "noise": st.column_config.NumberColumn("left out", format="percent"),
            "silhouette": st.column_config.NumberColumn(format="%.3f"),
            "over all items": st.column_config.NumberColumn(format="%.3f"),
            "Calinski–Harabasz": st.column_config.NumberColumn(format="%.1f"),
            "Davies–Bouldin": st.column_config.NumberColumn(format="%.2f"),
        },
        alt="Scores of the clusters and of noise",
    )
    st.download_button(
        "Scores (CSV)",
        lambda: table_csv(table),
        "noise.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
