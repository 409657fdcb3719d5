"""How many clusters should there be? Four scores over their number."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.asked import Asking
from components.clusters.controls import COUNT
from components.clusters.how_many.counts_chart import counts_chart, counts_sentence, counts_table, four_scores
from components.clusters.looked import MAP, Looked
from components.clusters.request import counts_request
from components.kit.ask import Pending
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.words import escape, table_csv
from embeddings.clusters.counts import COUNTED, CountScores
from embeddings.errors import EmbeddingError


def how_many_panel(looked: Looked, pending: Pending) -> None:
    """The panel; scores that nobody has asked for yet are computed on a click."""
    st.markdown("**How many clusters should there be?**")
    if looked.clustering.method not in COUNTED:
        st.caption(
            f"Numbers of clusters are compared for {', '.join(COUNTED)}; {looked.clustering.method} is not among them."
        )
        return
    if looked.settings.of == MAP:
        st.caption("Numbers of clusters are compared in the original space: choose it above.")
        return
    st.caption(
        "Each score holds groupings into 1, 2, … 15 clusters by the same method against each other; the gap statistic "
        "holds them against data without any."
    )
    scores = _scores(looked, Asking(pending))
    if isinstance(scores, EmbeddingError):
        st.info(escape(str(scores)), icon=":material/info:")
    elif scores is not None:
        _shown(scores, looked.clustering.count)


def _scores(looked: Looked, asking: Asking) -> CountScores | EmbeddingError | None:
    request = counts_request(looked.space, looked.clustering)
    return asking.answer(request, "Compare 1 to 15 clusters", "compare_counts")


def _shown(scores: CountScores, current: int) -> None:
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        show_chart(
            counts_chart(scores, current, colours=page_colours()),
            key="counts_chart",
            alt="Silhouette, Caliński–Harabasz, Davies–Bouldin and gap over the number of clusters",
        )
        st.caption("★ the number that a score asks for; dashed: the number that you look at now; bars: standard error.")
    with right:
        st.markdown(escape(counts_sentence(scores)))
        _take(scores)
        st.caption(
            f"Computed on {scores.items:,} items. The gap’s data without clusters fill the box around the data, which "
            "in many dimensions is far emptier than any real cloud: it tends to ask for many clusters."
        )
        table = counts_table(scores)
        st.dataframe(table, hide_index=True, height=260, alt="The four scores for each number of clusters")
        st.download_button(
            "Scores (CSV)",
            lambda: table_csv(table),
            "how_many_clusters.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _take(scores: CountScores) -> None:
    """Buttons that look at the numbers which the scores ask for."""
    chosen = sorted({each.best for each in four_scores(scores) if each.best is not None and each.best > 1})
    with st.container(horizontal=True, gap="small"):
        for count in chosen:
            st.button(f"Look at {count}", key=f"look_at_{count}", on_click=look_at, args=(count,))


def look_at(count: int) -> None:
    """Ask for another number of clusters."""
    st.session_state[COUNT] = count
