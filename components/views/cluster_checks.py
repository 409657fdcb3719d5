"""Are these clusters real? Found again in other samples, held against noise, known labels and the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, Request, asking
from components.kit.charts import figure, named_rows, show_chart, whiskers
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, show_table, show_twin
from components.kit.texts import how
from components.kit.words import escape, shorten
from components.views.cluster_agreement import against_labels, against_map
from components.views.clusterings import Looked, answer
from embeddings.clusters import Clustering
from embeddings.clusters.noise import DRAWS as NOISES
from embeddings.clusters.noise import NoiseComparison
from embeddings.clusters.scores import ClusterScores
from embeddings.clusters.stability import DOUBTFUL, DRAWS, STABLE, Stability, verdict
from embeddings.columns import nullable

Floats = NDArray[np.float64]
# A mean of 20 similarities between 0 and 1 has a standard error of at most .11, about the distance of Hennig's steps.
MOST = 40
NAMED = 3
STABLE_WORD, DOUBTFUL_WORD, POOR_WORD = (verdict(mean) for mean in (1.0, DOUBTFUL, 0.0))


def cluster_checks(looked: Looked, pending: Pending) -> None:
    """Everything that says how far the clusters can be trusted; it stops no script."""
    if looked.clustering.count == 0:
        st.info("There is no cluster here, so there is nothing to check: all items are noise.", icon=":material/info:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _found_again(looked, pending)
    with right:
        _in_noise(looked, pending)
    st.divider()
    against_labels(looked)
    if not looked.of_map:
        st.divider()
        against_map(looked, pending)
    how("cluster_checks", "How are these checks computed?")


def stability_request(looked: Looked) -> Request[Stability]:
    """The job that looks how well each cluster is found again in 20 bootstrap samples."""
    return asking("cluster stability", looked.points, looked.clustering.light, draws=DRAWS)


def noise_request(looked: Looked) -> Request[NoiseComparison]:
    """The job that puts the scores of clusters beside those of noise."""
    return asking("clusters of noise", looked.points, looked.clustering.light, draws=NOISES)


def _found_again(looked: Looked, pending: Pending) -> None:
    """Bootstrap stability, cluster by cluster."""
    st.markdown("**Is each cluster found again?** (bootstrap stability)")
    st.caption("Tells a real group from one that was split or lumped together by the method.")
    found = answer(
        stability_request(looked), f"Cluster {DRAWS} samples again", "ask_stability", pending, items=len(looked.space)
    )
    if found is None:
        return
    names = looked.numbered
    st.markdown(escape(stability_sentence(found, names)))
    alt = "Mean Jaccard similarity of each cluster with its best match in samples drawn again"
    show_chart(stability_chart(found, names, page_colours()), key="stability_chart", alt=alt)
    if len(names) > MOST:
        st.caption(f"The {MOST} largest of {len(names):,} clusters are drawn; the table holds all.")
    table = Table(
        stability_table(found, looked.clustering, names),
        "Stability of each cluster",
        {"mean Jaccard": "%.2f"},
        height=420,
        label="Stability (CSV)",
        file="stability.csv",
        settings=looked.said | {"samples": DRAWS},
    )
    show_twin("Stability as a table", lambda: table, key="stability_twin")


def stability_sentence(found: Stability, names: Sequence[str]) -> str:
    """Which clusters are stable, which are doubtful, which are not to be trusted."""
    said = [verdict(mean) for mean in found.means.tolist()]
    stable = said.count(STABLE_WORD)
    parts = [f"{stable} of {len(said)} {'cluster is' if len(said) == 1 else 'clusters are'} stable."]
    doubtful, poor = (
        _named([name for name, word in zip(names, said, strict=True) if word == each])
        for each in (DOUBTFUL_WORD, POOR_WORD)
    )
    if doubtful:
        parts.append(f"A pattern, but doubtful who belongs to it: {doubtful}.")
    if poor:
        parts.append(f"Not to be trusted: {poor}; often one group that was cut in parts, or several that were joined.")
    return " ".join(parts)


def stability_chart(found: Stability, names: Sequence[str], colours: Colours) -> go.Figure:
    """A bar for each of the largest clusters, at most 40, with what eight of ten samples gave, and Hennig's steps."""
    count = min(MOST, len(names))
    means = found.means[:count]
    low, high = _middle(found.jaccards[:, :count], means)
    said = np.array([verdict(mean) for mean in means.tolist()])
    bars = []
    # Blue, amber and grey differ for colour-blind eyes too.
    for word, colour in zip(
        (STABLE_WORD, DOUBTFUL_WORD, POOR_WORD), (*colours.categorical[:2], colours.other), strict=True
    ):
        rows = np.flatnonzero(said == word)
        if len(rows):
            bar = go.Bar(
                x=means[rows],
                y=rows,
                orientation="h",
                name=word,
                marker={"color": colour},
                error_x=whiskers(means[rows], low[rows], high[rows], colours.line, thickness=1.5),
                text=[f"{mean:.2f}" for mean in means[rows]],
                textposition="inside",
                insidetextanchor="start",
                hovertemplate="%{x:.2f}<extra>" + word + "</extra>",
            )
            bars.append(bar)
    steps = [0, 0.25, 0.5, DOUBTFUL, STABLE, 1]
    drawn = figure(
        *bars,
        height=110 + 28 * count,
        x={"title": "mean Jaccard similarity", "range": [0, 1.02], "tickvals": steps},
        y=named_rows(names[:count], length=26),
        showlegend=True,
    )
    for step in (DOUBTFUL, STABLE):
        drawn.add_vline(x=step, line={"color": colours.other, "width": 1, "dash": "dot"})
    return drawn


def stability_table(found: Stability, clustering: Clustering, names: Sequence[str]) -> pa.Table:
    """Every cluster with its size, mean and spread over the samples, and what that means."""
    low, high = _middle(found.jaccards, found.means)
    return pa.table(
        {
            "cluster": pa.array(list(names), pa.string()),
            "items": clustering.sizes,
            "mean Jaccard": found.means,
            "8 of 10 samples": [f"{a:.2f} to {b:.2f}" for a, b in zip(low.tolist(), high.tolist(), strict=True)],
            "verdict": [verdict(mean) for mean in found.means.tolist()],
        }
    )


def _middle(jaccards: Floats, means: Floats) -> tuple[Floats, Floats]:
    """The 10th and 90th percentile over the samples, never inside of the mean."""
    known = np.where(np.isnan(jaccards), means, jaccards)
    low, high = np.percentile(known, [10, 90], axis=0)
    return np.minimum(low, means), np.maximum(high, means)


def _named(names: Sequence[str]) -> str:
    some = ", ".join(shorten(name, 40) for name in names[:NAMED])
    return some + (f" and {len(names) - NAMED:,} more" if len(names) > NAMED else "")


def _in_noise(looked: Looked, pending: Pending) -> None:
    """The scores of the clusters beside those of the same method on noise."""
    st.markdown("**Would I also see clusters in noise?** (the same method on noise of the same covariance)")
    st.caption("A method that is asked for ten clusters finds ten, also where there are none.")
    found = answer(
        noise_request(looked), f"Cluster {NOISES} sets of noise", "ask_noise", pending, items=len(looked.space)
    )
    if found is None:
        return
    heading, sentence = noise_sentence(found)
    say = {True: st.success, False: st.warning, None: st.info}[found.stands_out]
    say(f"**{heading}** {sentence}")
    alt = "Silhouette of the clusters beside that of the same method on noise"
    show_chart(noise_chart(found, page_colours()), key="noise_chart", alt=alt)
    table = Table(
        noise_table(found),
        "Scores of the clusters and of noise",
        {
            "noise": st.column_config.NumberColumn("left out", format="percent"),
            "silhouette": "%.3f",
            "over all items": "%.3f",
            "Calinski–Harabasz": "%.1f",
            "Davies–Bouldin": "%.2f",
        },
        label="Scores (CSV)",
        file="noise.csv",
        settings=looked.said,
    )
    show_table(table)


def noise_sentence(found: NoiseComparison) -> tuple[str, str]:
    """The verdict in a few words, and the figures behind it."""
    if found.stands_out is None:
        return "There is nothing to compare.", "The silhouette needs at least two clusters, and these are fewer."
    scored = [score for each in found.noise if not np.isnan(score := over_all(each))]
    own, draws = over_all(found.data), len(found.noise)
    if not scored:
        figures = f"Their silhouette is {own:.3f}; in {draws} sets of noise the method found no clusters to score."
    else:
        figures = f"Their silhouette is {own:.3f}; the best of {draws} sets of noise reaches {max(scored):.3f}."
    if found.stands_out:
        return "Noise does not do as well.", f"{figures} By chance that happens once in {draws + 1} times."
    return "Noise does as well: do not read groups into these clusters.", figures


def noise_chart(found: NoiseComparison, colours: Colours) -> go.Figure:
    """Silhouettes over all items on one line: the clusters as a diamond, each set of noise as a ring."""
    drawn = (
        ("noise", found.noise, colours.other, "circle-open"),
        ("these clusters", (found.data,), colours.accent, "diamond"),
    )
    dots = [
        go.Scatter(
            x=[over_all(each) for each in scores],
            y=[0] * len(scores),
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": colour}},
            hovertemplate="%{x:.3f}<extra>" + name + "</extra>",
        )
        for name, scores, colour, symbol in drawn
    ]
    return figure(
        *dots,
        height=130,
        x={"title": "silhouette over all items", "rangemode": "tozero", "zeroline": True},
        y={"visible": False, "range": [-1, 1]},
    )


def noise_table(found: NoiseComparison) -> pa.Table:
    """The scores side by side; empty where there are fewer than two clusters."""
    scores = (found.data, *found.noise)
    separated = {
        "silhouette": [each.silhouette for each in scores],
        "over all items": [over_all(each) for each in scores],
        "Calinski–Harabasz": [each.calinski_harabasz for each in scores],
        "Davies–Bouldin": [each.davies_bouldin for each in scores],
    }
    return pa.table(
        {
            "clusters of": ["these items", *(f"noise {number}" for number in range(1, len(scores)))],
            "clusters": [each.clusters for each in scores],
            "noise": [each.noise for each in scores],
            **{name: nullable(values) for name, values in separated.items()},
        }
    )


def over_all(scores: ClusterScores) -> float:
    """The silhouette over all items, those in no cluster counting as 0."""
    return scores.silhouette * (1 - scores.noise)
