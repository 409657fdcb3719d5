"""How many clusters should there be? Four scores over their number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from components.kit.ask import Pending, Request, asking
from components.kit.charts import TEMPLATE, show_chart
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, show_table
from components.kit.words import escape
from components.views.clusterings import Looked, answer, look_at
from embeddings.clusters import Clustering
from embeddings.clusters.counts import COUNTED, SAMPLE, CountScores
from embeddings.space import Space

Floats = NDArray[np.float64]
# The last number that is tried goes beyond that looked at, as far as a few seconds reach.
LAST_TRIED = (15, 22, 31, 44)


class Score(NamedTuple):
    """One of the four scores.

    Attributes:
        name: what it is called.
        larger: whether larger is better.
        values: one for each number of clusters.
        best: the number that it asks for; None for none.
    """

    name: str
    larger: bool
    values: Floats
    best: int | None


def cluster_counts(looked: Looked, pending: Pending) -> None:
    """The panel; what is not known yet is computed meanwhile."""
    method = looked.clustering.method
    st.markdown("**How many clusters should there be?**")
    if method not in COUNTED:
        st.caption(f"Numbers of clusters are compared for {', '.join(COUNTED)}; {method} is not among them.")
        return
    if looked.of_map:
        st.caption("Numbers of clusters are compared in the original space: choose it above.")
        return
    most = last_tried(looked.clustering.count)
    st.caption(
        f"Each score compares groupings into 1 to {most} clusters by the same method; the gap statistic compares them "
        "with data that have none."
    )
    request = counts_request(looked.space, looked.clustering)
    scores = answer(request, f"Compare 1 to {most} clusters", "compare_counts", pending, items=SAMPLE)
    if scores is None:
        return
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        chart = counts_chart(scores, looked.clustering.count, page_colours())
        alt = "Silhouette, Caliński–Harabasz, Davies–Bouldin and gap over the number of clusters"
        show_chart(chart, key="counts_chart", alt=alt)
        st.caption("★ the number that a score asks for; dashed: the number that you look at now; bars: standard error.")
    with right:
        st.markdown(escape(counts_sentence(scores)))
        _take(scores)
        st.caption(
            f"Computed on {scores.items:,} items. The gap’s data without clusters fill the box around the data, which "
            "in many dimensions is far emptier than any real cloud: it tends to ask for many clusters."
        )
        table = Table(
            counts_table(scores),
            "The four scores for each number of clusters",
            height=260,
            label="Scores (CSV)",
            file="how_many_clusters.csv",
            settings=looked.said,
        )
        show_table(table)


def last_tried(count: int) -> int:
    """The largest number of clusters that is tried where somebody looks at so many."""
    return next((last for last in LAST_TRIED if last >= 1.4 * count), LAST_TRIED[-1])


def counts_request(space: Space, clustering: Clustering) -> Request[CountScores]:
    """The job that scores numbers of clusters; that of these says only how far it goes."""
    params = {name: value for name, value in clustering.params.items() if name != "clusters"}
    any_number = Clustering(np.zeros_like(clustering.labels), clustering.method, params, clustering.seed)
    return asking("cluster counts", space, any_number, most=last_tried(clustering.count))


def _take(scores: CountScores) -> None:
    """Buttons that look at the numbers which the scores ask for."""
    chosen = sorted({each.best for each in four_scores(scores) if each.best is not None and each.best > 1})
    with st.container(horizontal=True, gap="small"):
        for count in chosen:
            st.button(f"Look at {count}", key=f"look_at_{count}", on_click=look_at, args=(count,))


def four_scores(scores: CountScores) -> tuple[Score, ...]:
    """Each score with the number of clusters that it asks for."""
    three = (
        ("Silhouette", True, scores.silhouette),
        ("Caliński–Harabasz", True, scores.calinski_harabasz),
        ("Davies–Bouldin", False, scores.davies_bouldin),
    )
    plain = [Score(name, larger, values, _best(scores.counts, values, larger)) for name, larger, values in three]
    return (*plain, Score("Gap statistic", True, scores.gap, scores.gap_choice))


def _best(counts: NDArray[np.int64], values: Floats, larger: bool) -> int | None:
    known = np.isfinite(values)
    if not known.any():
        return None
    return int(counts[np.where(known, values if larger else -values, -np.inf).argmax()])


def counts_sentence(scores: CountScores) -> str:
    """Which numbers the scores ask for, and what that means."""
    every = four_scores(scores)
    said = ", ".join(f"{each.name} {each.best if each.best is not None else 'none'}" for each in every)
    chosen = {each.best for each in every if each.best is not None}
    if len(chosen) == 1:
        return f"All that choose ask for {chosen.pop()} ({said})."
    last = int(scores.counts[-1])
    edge = f" A choice of {last} is the last number that was tried: more might be chosen." if last in chosen else ""
    return f"They do not agree: {said}. No score knows the truth, so take the number that serves your question.{edge}"


def counts_chart(scores: CountScores, current: int, colours: Colours) -> go.Figure:
    """A line a score, its choice as a large dot, the number looked at now as a dashed line."""
    every = four_scores(scores)
    titles = [f"{each.name} ({'larger' if each.larger else 'smaller'} is better)" for each in every]
    drawn = make_subplots(4, 1, shared_xaxes=True, vertical_spacing=0.07, subplot_titles=titles)
    for number, (each, colour) in enumerate(zip(every, colours.categorical, strict=False), 1):
        error = {"type": "data", "array": scores.gap_error, "thickness": 1, "width": 2} if number == 4 else None
        line = go.Scatter(
            x=scores.counts,
            y=each.values,
            error_y=error,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 5},
            name=each.name,
            hovertemplate="%{y:.4g}<extra>" + each.name + "</extra>",
        )
        drawn.add_trace(line, number, 1)
        if each.best is not None:
            best = go.Scatter(
                x=[each.best],
                y=each.values[scores.counts == each.best],
                mode="markers",
                marker={"size": 13, "color": colour, "symbol": "star"},
                hovertemplate="its choice: %{x}<extra></extra>",
            )
            drawn.add_trace(best, number, 1)
    if current <= scores.counts[-1]:
        drawn.add_vline(current, line={"dash": "dash", "width": 1, "color": colours.line})
    drawn.update_layout(template=TEMPLATE, height=560, margin={"t": 24}, showlegend=False, hovermode="x")
    drawn.update_annotations(font_size=12, x=0, xanchor="left")
    drawn.update_xaxes(dtick=1 if scores.counts[-1] <= LAST_TRIED[0] else 5)
    drawn.update_xaxes(title_text="clusters", row=4, col=1)
    return drawn


def counts_table(scores: CountScores) -> pa.Table:
    """The same numbers, a row for each number of clusters."""
    known = {
        "silhouette": scores.silhouette,
        "Caliński–Harabasz": scores.calinski_harabasz,
        "Davies–Bouldin": scores.davies_bouldin,
    }
    return pa.table(
        {
            "clusters": scores.counts,
            **{name: pa.array(values, from_pandas=True) for name, values in known.items()},
            "gap": scores.gap,
            "gap error": scores.gap_error,
        }
    )
