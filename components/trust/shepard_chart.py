"""The Shepard diagram: distance on the map beside the true distance, over pairs of items."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.colours import Colours
from embeddings.trust import Shepard

BINS = 60
STEPS = 20


def shepard_chart(found: Shepard, *, metric: str, colours: Colours) -> go.Figure:
    """How many pairs lie where, and the median distance on the map for each true distance."""
    counts, across, up = np.histogram2d(found.true, found.shown, bins=BINS)
    shown = np.where(counts > 0, np.log10(np.maximum(counts, 1)), np.nan)
    tints = colours.sequential
    figure = go.Figure(
        go.Heatmap(
            x=(across[:-1] + across[1:]) / 2,
            y=(up[:-1] + up[1:]) / 2,
            z=shown.T,
            customdata=counts.T,
            colorscale=[[n / (len(tints) - 1), tint] for n, tint in enumerate(tints)],
            showscale=False,
            hoverongaps=False,
            hovertemplate="%{customdata:.0f} pairs: truly %{x:.2f}, on the map %{y:.1f}<extra></extra>",
        )
    )
    table = shepard_table(found)
    figure.add_trace(
        go.Scatter(
            x=table["true distance"].to_numpy(),
            y=table["median on the map"].to_numpy(),
            mode="lines",
            line={"color": colours.categorical[3], "width": 3},
            hovertemplate="truly %{x:.2f}: half lie nearer than %{y:.1f} on the map<extra></extra>",
        )
    )
    figure.update_layout(
        height=300,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": f"true distance ({_word(metric)})", "showgrid": False, "zeroline": False},
        yaxis={"title": "distance on the map", "showgrid": False, "zeroline": False},
        showlegend=False,
        dragmode=False,
    )
    return figure


def shepard_table(found: Shepard) -> pa.Table:
    """Pairs in steps of equally many by their true distance, with the distances on the map."""
    order = np.argsort(found.true, kind="stable")
    parts = [part for part in np.array_split(order, STEPS) if len(part)]
    return pa.table(
        {
            "true distance": [float(np.median(found.true[part])) for part in parts],
            "median on the map": [_share(found.shown[part], 50) for part in parts],
            "a tenth lies below": [_share(found.shown[part], 10) for part in parts],
            "a tenth lies above": [_share(found.shown[part], 90) for part in parts],
            "pairs": [len(part) for part in parts],
        }
    )


def _share(values: NDArray[np.float64], percent: float) -> float:
    return float(np.percentile(values, percent))


def _word(metric: str) -> str:
    return {"cosine": "1 − cosine", "dot": "− dot product"}.get(metric, metric)
