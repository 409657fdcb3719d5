"""What a similarity means here: the scores of random pairs, with the neighbours of one item marked."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.kit.charts import chance_bars
from components.kit.colours import Colours


def similarity_chart(
    sample: NDArray[np.floating], scores: NDArray[np.floating], *, metric: str, colours: Colours
) -> go.Figure:
    """Histogram of random pairs with a line for each neighbour's score; both are numbers of the given metric."""
    counts, edges = np.histogram(sample, bins=60)
    share = counts / max(1, counts.sum()) * 100
    hover = "%{x:.2f}: %{y:.1f} % of random pairs"
    figure = go.Figure(chance_bars(share, edges, hover=hover, name="random pairs", colours=colours))
    top = float(share.max(initial=1.0))
    figure.add_trace(
        go.Scatter(
            x=np.repeat(scores, 3),
            y=np.tile([0, top, np.nan], len(scores)),
            mode="lines",
            line={"color": colours.accent, "width": 1.5},
            hoverinfo="skip",
            name="these neighbours",
        )
    )
    figure.update_layout(
        height=260,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0,
        legend={"orientation": "h", "y": 1.12, "x": 0},
        xaxis_title=f"{metric} of two items",
        yaxis_title="% of random pairs",
    )
    return figure
