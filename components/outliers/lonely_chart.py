"""All scores as a histogram, with those that are listed and the selected item marked."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.kit.colours import Colours
from embeddings.space import Vectors

BINS = 60


def score_chart(scores: Vectors, *, listed: int, selected: int | None, title: str, colours: Colours) -> go.Figure:
    """How many items have which score; the listed ones have a tick each below, the selected one a line."""
    counts, edges = np.histogram(scores, bins=BINS)
    accent, grey = colours.accent, colours.other
    figure = go.Figure(
        go.Bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            width=np.diff(edges),
            marker={"color": grey, "opacity": 0.55, "line": {"width": 0}},
            hovertemplate="%{x:.2f}: %{y:,} items<extra></extra>",
            name="all items",
        )
    )
    top = -np.sort(-scores)[:listed]
    figure.add_trace(
        go.Scatter(
            x=top,
            y=np.zeros(len(top)),
            mode="markers",
            marker={"color": accent, "symbol": "line-ns", "size": 12, "line": {"width": 1.5, "color": accent}},
            hovertemplate="%{x:.3f}<extra>listed</extra>",
            name="listed",
        )
    )
    if selected is not None:
        figure.add_vline(x=float(scores[selected]), line={"color": accent, "width": 2})
    figure.update_layout(
        height=200,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0,
        xaxis={"title": title, "zeroline": False},
        yaxis={"title": "items", "type": "linear", "zeroline": False},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure
