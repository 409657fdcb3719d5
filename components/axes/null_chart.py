"""The scores of random axes, with that of this one marked."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.palettes import PLAIN
from embeddings.axes import AxisCheck


def null_chart(check: AxisCheck, *, dark: bool) -> go.Figure:
    """Histogram of the AUC of random axes; the line is the axis itself."""
    counts, edges = np.histogram(check.random_aucs, bins=20, range=(0, 1))
    figure = go.Figure(
        go.Bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            width=np.diff(edges),
            marker={"color": "#8a93a3" if dark else "#b6bdc9", "line": {"width": 0}},
            hovertemplate="AUC about %{x:.2f}: %{y} random axes<extra></extra>",
            name="random axes",
        )
    )
    top = float(counts.max(initial=1)) * 1.08
    figure.add_trace(
        go.Scatter(
            x=[check.held_out.auc] * 2,
            y=[0, top],
            mode="lines",
            line={"color": (PLAIN.dark if dark else PLAIN.light)[0], "width": 3},
            hovertemplate="this axis: %{x:.2f}<extra></extra>",
            name="this axis",
        )
    )
    figure.update_layout(
        height=180,
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        bargap=0,
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={"title": "AUC on seeds left out", "range": [-0.02, 1.02]},
        yaxis={"title": "random axes", "range": [0, top], "nticks": 4},
    )
    return figure
