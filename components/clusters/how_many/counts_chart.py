"""Four scores over the number of clusters, one above the other, and as a table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from components.kit.colours import Colours
from embeddings.clusters.counts import CountScores


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
    values: NDArray[np.float64]
    best: int | None


def four_scores(scores: CountScores) -> tuple[Score, ...]:
    """Each score with the number of clusters that it asks for."""
    three = (
        ("Silhouette", True, scores.silhouette),
        ("Caliński–Harabasz", True, scores.calinski_harabasz),
        ("Davies–Bouldin", False, scores.davies_bouldin),
    )
    plain = [Score(name, larger, values, _best(scores.counts, values, larger)) for name, larger, values in three]
    return (*plain, Score("Gap statistic", True, scores.gap, scores.gap_choice))


def counts_chart(scores: CountScores, current: int | None, *, colours: Colours) -> go.Figure:
    """A line a score, its choice as a large dot, the number looked at now as a dashed line."""
    every = four_scores(scores)
    titles = [f"{each.name} ({'larger' if each.larger else 'smaller'} is better)" for each in every]
    figure = make_subplots(4, 1, shared_xaxes=True, vertical_spacing=0.07, subplot_titles=titles)
    palette = colours.categorical
    for number, (each, colour) in enumerate(zip(every, palette, strict=False), 1):
        error = {"type": "data", "array": scores.gap_error, "thickness": 1, "width": 2} if number == 4 else None
        figure.add_trace(_line(scores.counts, each, colour, error), number, 1)
        if each.best is not None:
            value = float(each.values[scores.counts == each.best][0])
            dot = {"size": 13, "color": colour, "symbol": "star"}
            best = go.Scatter(
                x=[each.best], y=[value], mode="markers", marker=dot, hovertemplate="its choice: %{x}<extra></extra>"
            )
            figure.add_trace(best, number, 1)
    if current is not None and current <= scores.counts[-1]:
        figure.add_vline(current, line={"dash": "dash", "width": 1, "color": colours.line})
    figure.update_layout(height=560, margin={"l": 8, "r": 8, "t": 24, "b": 8}, showlegend=False, hovermode="x")
    figure.update_annotations(font_size=12, x=0, xanchor="left")
    figure.update_xaxes(dtick=1)
    figure.update_xaxes(title_text="clusters", row=4, col=1)
    return figure


def counts_table(scores: CountScores) -> pa.Table:
    """The same numbers, a row for each number of clusters."""
    return pa.table(
        {
            "clusters": scores.counts,
            "silhouette": _known(scores.silhouette),
            "Caliński–Harabasz": _known(scores.calinski_harabasz),
            "Davies–Bouldin": _known(scores.davies_bouldin),
            "gap": scores.gap,
            "gap error": scores.gap_error,
        }
    )


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


def _line(counts: NDArray[np.int64], score: Score, colour: str, error: dict[str, object] | None) -> go.Scatter:
    return go.Scatter(
        x=counts,
        y=score.values,
        error_y=error,
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={"size": 5},
        name=score.name,
        hovertemplate="%{y:.4g}<extra>" + score.name + "</extra>",
    )


def _best(counts: NDArray[np.int64], values: NDArray[np.float64], larger: bool) -> int | None:
    known = np.isfinite(values)
    if not known.any():
        return None
    ranked = np.where(known, values if larger else -values, -np.inf)
    return int(counts[ranked.argmax()])


def _known(values: NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]
