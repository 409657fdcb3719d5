"""Clusters beside those of noise: a verdict, dots and a table."""

from __future__ import annotations

import plotly.graph_objects as go
import pyarrow as pa

from components.kit.colours import Colours
from embeddings.clusters.noise import NoiseComparison
from embeddings.clusters.scores import ClusterScores


def over_all(scores: ClusterScores) -> float:
    """The silhouette over all items, those in no cluster counting as 0."""
    return scores.silhouette * (1 - scores.noise)


def noise_sentence(found: NoiseComparison) -> tuple[str, str]:
    """The verdict in a few words, and the figures behind it."""
    if found.stands_out is None:
        return "There is nothing to compare.", "The silhouette needs at least two clusters, and these are fewer."
    best = max((over_all(each) for each in found.noise if over_all(each) == over_all(each)), default=float("nan"))
    own = over_all(found.data)
    draws = len(found.noise)
    if best != best:
        figures = f"Their silhouette is {own:.3f}; in {draws} sets of noise the method found no clusters to score."
    else:
        figures = f"Their silhouette is {own:.3f}; the best of {draws} sets of noise reaches {best:.3f}."
    if found.stands_out:
        return "Noise does not do as well.", f"{figures} By chance that happens once in {draws + 1} times."
    return "Noise does as well: do not read groups into these clusters.", figures


def noise_chart(found: NoiseComparison, *, colours: Colours) -> go.Figure:
    """Silhouettes over all items on one line: the clusters as a diamond, each set of noise as a ring."""
    accent, grey = colours.accent, colours.other
    figure = go.Figure()
    drawn = (
        ("noise", found.noise, grey, "circle-open"),
        ("these clusters", (found.data,), accent, "diamond"),
    )
    for name, scores, colour, symbol in drawn:
        figure.add_trace(
            go.Scatter(
                x=[over_all(each) for each in scores],
                y=[0] * len(scores),
                mode="markers",
                name=name,
                marker={"color": colour, "symbol": symbol, "size": 12, "line": {"width": 2, "color": colour}},
                hovertemplate="%{x:.3f}<extra>" + name + "</extra>",
            )
        )
    figure.update_layout(
        height=130,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": "silhouette over all items", "rangemode": "tozero", "zeroline": True},
        yaxis={"visible": False, "range": [-1, 1]},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def noise_table(found: NoiseComparison) -> pa.Table:
    """The scores side by side; empty where there are fewer than two clusters."""
    scores = (found.data, *found.noise)
    columns: dict[str, object] = {
        "clusters of": ["these items", *(f"noise {number}" for number in range(1, len(scores)))],
        "clusters": [each.clusters for each in scores],
        "noise": [each.noise for each in scores],
    }
    numbers = {
        "silhouette": [each.silhouette for each in scores],
        "over all items": [over_all(each) for each in scores],
        "Calinski–Harabasz": [each.calinski_harabasz for each in scores],
        "Davies–Bouldin": [each.davies_bouldin for each in scores],
    }
    for name, values in numbers.items():
        columns[name] = pa.array([None if value != value else value for value in values], pa.float64())
    return pa.table(columns)
