"""The confusion matrix as a heat map whose cells can be picked, and counts where there is no truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.kit.colours import Colours
from components.kit.words import shorten
from embeddings.zero_shot import ZeroShotReport

FEW = 25


def confusion_chart(report: ZeroShotReport, named: Sequence[str], *, colours: Colours) -> go.Figure:
    """True labels in rows, what they were named in columns; colours are shares of the row, numbers are counts.

    The first names are the labels, in their order.

    Over each cell lies an unseen marker, because cells themselves cannot be selected: x is the name, y the truth.
    """
    counts = report.confusion
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    names = [shorten(name, 24) for name in named]
    labels = names[: len(counts)]
    palette = colours.sequential
    page = colours.surface
    stops = [[0, page], *([0.02 + 0.98 * n / (len(palette) - 1), colour] for n, colour in enumerate(palette))]
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            zmin=0,
            zmax=1,
            colorscale=stops,
            text=np.where(counts > 0, counts.astype(str), "") if len(labels) <= FEW else None,
            texttemplate="%{text}" if len(labels) <= FEW else "",
            xgap=1,
            ygap=1,
            hoverinfo="skip",
            colorbar={"title": "share of row", "thickness": 12, "tickformat": ".0%"},
        )
    )
    figure.add_trace(_cells(counts, shares, names))
    grid = {"showgrid": False, "zeroline": False}
    figure.update_layout(
        height=min(760, 170 + 30 * len(labels)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={**grid, **_ticks(names), "title": "named", "range": [-0.5, len(names) - 0.5]},
        yaxis={**grid, **_ticks(labels), "title": "true", "range": [len(labels) - 0.5, -0.5]},
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
    )
    return figure


def names_chart(predicted: NDArray[np.intp], named: Sequence[str], *, colours: Colours) -> go.Figure:
    """How many pictures got each name; bars can be picked."""
    counts = np.bincount(predicted, minlength=len(named))
    names = [shorten(name, 40) for name in named]
    figure = go.Figure(
        go.Bar(
            x=counts,
            y=list(range(len(names))),
            orientation="h",
            marker={"color": colours.accent},
            text=counts,
            hovertemplate="%{x:,} pictures<extra></extra>",
        )
    )
    figure.update_layout(
        height=min(900, 90 + 30 * len(names)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis_title="pictures",
        yaxis={**_ticks(names), "range": [len(names) - 0.5, -0.5]},
        dragmode=False,
        clickmode="event+select",
    )
    return figure


def _ticks(names: Sequence[str]) -> dict[str, object]:
    return {"tickvals": list(range(len(names))), "ticktext": list(names)}


def _cells(counts: NDArray[np.int64], shares: NDArray[np.float64], names: Sequence[str]) -> go.Scatter:
    true, named = (each.ravel() for each in np.indices(counts.shape))
    said = [
        f"{names[t]}, named {names[n]}: {counts[t, n]:,} ({100 * shares[t, n]:.0f} % of {names[t]})"
        for t, n in zip(true.tolist(), named.tolist(), strict=True)
    ]
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=named,
        y=true,
        mode="markers",
        marker={"symbol": "square", "size": 24, "opacity": 0},
        selected=unseen,
        unselected=unseen,
        text=said,
        hovertemplate="%{text}<extra></extra>",
    )
