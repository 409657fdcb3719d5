"""Values that chance gives as a histogram, with one's own marked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.palettes import CHANCE, PLAIN


class NullChart(NamedTuple):
    """How such a histogram is worded and binned.

    Attributes:
        random, own: what the bars and the line are called.
        counted: what the bars count.
        title: of the values.
        bins: how many bars.
        reach: lowest and highest value; None for those of the values.
        digits: of the values under the pointer.
        height: in pixels.
    """

    random: str
    own: str
    counted: str
    title: str
    bins: int = 30
    reach: tuple[float, float] | None = None
    digits: int = 3
    height: int = 220


def null_chart(values: NDArray[np.floating], own: float, drawn: NullChart, *, dark: bool) -> go.Figure:
    """Histogram of random values; the line is one's own."""
    counts, edges = np.histogram(values, bins=drawn.bins, range=drawn.reach)
    number = f"%{{x:.{drawn.digits}f}}"
    hover = f"about {number}: %{{y}} {drawn.counted}"
    figure = go.Figure(chance_bars(counts, edges, hover=hover, name=drawn.random, dark=dark))
    top = float(counts.max(initial=1)) * 1.08
    figure.add_trace(
        go.Scatter(
            x=[own] * 2,
            y=[0, top],
            mode="lines",
            line={"color": (PLAIN.dark if dark else PLAIN.light)[0], "width": 3},
            hovertemplate=f"{drawn.own}: {number}<extra></extra>",
            name=drawn.own,
        )
    )
    figure.update_layout(
        height=drawn.height,
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        bargap=0,
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": drawn.title},
        yaxis={"title": drawn.counted, "range": [0, top], "nticks": 4},
    )
    if drawn.reach:
        low, high = drawn.reach
        figure.update_xaxes(range=[low - 0.02, high + 0.02])
    return figure


def chance_bars(
    heights: NDArray[np.number], edges: NDArray[np.floating], *, hover: str, name: str, dark: bool
) -> go.Bar:
    """The bars of a histogram of what chance gives; there is one edge more than heights."""
    return go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=heights,
        width=np.diff(edges),
        marker={"color": (CHANCE.dark if dark else CHANCE.light)[0], "line": {"width": 0}},
        hovertemplate=f"{hover}<extra></extra>",
        name=name,
    )
