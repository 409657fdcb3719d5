"""What stands behind the measures of sets, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from components.bias.direction.charts import lean_chart
from components.kit.charts import NullChart, null_chart
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.effect import Floats


def detail_chart(measure: str, result: Any, groups: tuple[str, str], *, colours: Colours) -> go.Figure:
    """The words behind one value."""
    words = [str(word) for word in result.words]
    one, other = map(chart_text, groups)
    if measure == "RND":
        title = f"← {one}\u2003 nearer to\u2003 {other} →"
        return lean_chart(words, result.by_word, middle=0.0, title=title, usual=None, colours=colours)
    if measure == "RNSB":
        return _shares(words, result.shares, colours=colours)
    if measure == "MAC":
        kind = "similarity" if result.similarity else "distance"
        titles = (f"cosine {kind} with {one}", f"cosine {kind} with {other}")
        return _against(words, (result.scores[:, 0], result.scores[:, 1]), titles, colours=colours)
    titles = (f"cosine with the mean of {one}", f"cosine with the mean of {other}")
    return _against(words, (result.to_group_1, result.to_group_2), titles, colours=colours)


def random_chart(random: Floats, value: float, *, title: str, colours: Colours) -> go.Figure:
    """The values of random items as a histogram, with the value of these words as a line."""
    return null_chart(random, value, NullChart("random items", "these words", "draws", title), colours=colours)


def _shares(words: Sequence[str], shares: Floats, *, colours: Colours) -> go.Figure:
    order = np.argsort(shares, kind="stable")
    names = [chart_text(words[place]) for place in order]
    figure = go.Figure(
        go.Bar(
            x=100 * shares[order],
            y=list(range(len(order))),
            orientation="h",
            marker={"color": colours.accent, "line": {"width": 0}},
            customdata=names,
            hovertemplate="%{customdata}: %{x:.1f} %<extra></extra>",
        )
    )
    grey = colours.other
    figure.add_vline(x=100 / len(words), line={"color": grey, "width": 1.5, "dash": "dash"})
    figure.update_layout(
        height=90 + 18 * len(order),
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": "% of the negative probability; dashed: equal shares"},
        yaxis={
            "tickvals": list(range(len(order))),
            "ticktext": names,
            "range": [-0.7, len(order) - 0.3],
            "tickfont": {"size": 11},
        },
        bargap=0.25,
        dragmode=False,
    )
    return figure


def _against(
    words: Sequence[str], values: tuple[Floats, Floats], titles: tuple[str, str], *, colours: Colours
) -> go.Figure:
    """Each word as a dot, one group across and the other up; on the dashed line it is as near to both."""
    ends = [float(np.min(values)), float(np.max(values))]
    room = 0.08 * ((ends[1] - ends[0]) or 1.0)
    span = [ends[0] - room, ends[1] + room]
    grey = colours.other
    figure = go.Figure(
        go.Scatter(
            x=span, y=span, mode="lines", line={"color": grey, "width": 1.2, "dash": "dash"},
            hoverinfo="skip", showlegend=False,
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=values[0],
            y=values[1],
            mode="markers+text" if len(words) <= 40 else "markers",
            text=[chart_text(word) for word in words],
            textposition="top center",
            textfont={"size": 10},
            marker={"color": colours.categorical[0], "size": 8},
            hovertemplate="%{text}: %{x:.3f}, %{y:.3f}<extra></extra>",
            showlegend=False,
        )
    )
    figure.update_layout(
        height=460,
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": titles[0], "range": span, "zeroline": False},
        yaxis={"title": titles[1], "range": span, "zeroline": False},
        dragmode=False,
    )
    return figure
