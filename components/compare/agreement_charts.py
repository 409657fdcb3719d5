"""How far encoders agree, as figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.compare.agreement_tables import MEASURES, agreement
from components.kit.colours import Colours
from components.kit.words import shorten
from embeddings.compare import AgreementTable, Comparison

MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}


def measures_chart(found: Comparison, *, colours: Colours) -> go.Figure:
    """Each measure as a dot, with the range of its shuffles as a grey bar."""
    grey, colour = colours.other, colours.accent
    names = [measure.name for measure in MEASURES]
    each = [agreement(found, measure) for measure in MEASURES]
    low, high = (np.array([bound(one.null) for one in each]) for bound in (np.min, np.max))
    figure = go.Figure(
        go.Bar(
            y=names,
            x=np.maximum(high - low, 0.004),
            base=low,
            orientation="h",
            width=0.42,
            marker={"color": grey, "opacity": 0.45, "line": {"width": 0}},
            customdata=np.column_stack([low, high]),
            hovertemplate="%{y}: %{customdata[0]:.3f} to %{customdata[1]:.3f}<extra>99 shuffles</extra>",
            name="99 shuffles (chance)",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[one.value for one in each],
            y=names,
            mode="markers+text",
            marker={"color": colour, "size": 12},
            text=[_short(one.value) for one in each],
            textposition="middle right",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.3f}<extra>measured</extra>",
            name="measured",
        )
    )
    figure.update_layout(
        height=300,
        margin=MARGIN,
        xaxis={
            "range": [min(-0.05, float(np.nanmin(low)) - 0.05), 1.08],
            "title": "0: nothing in common · 1: the same",
        },
        yaxis={"autorange": "reversed", "showgrid": False},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def spread_chart(found: Comparison, *, colours: Colours) -> go.Figure:
    """How many items share 0, 1, …, k neighbours."""
    known = found.item_overlap[np.isfinite(found.item_overlap)]
    counts = np.bincount(np.rint(known * found.k).astype(np.int64), minlength=found.k + 1)
    figure = go.Figure(
        go.Bar(
            x=np.arange(found.k + 1),
            y=counts,
            marker={"color": colours.accent, "line": {"width": 0}},
            hovertemplate="%{y:,} items share %{x}<extra></extra>",
        )
    )
    figure.update_layout(
        height=300,
        margin=MARGIN,
        bargap=0.15,
        xaxis={"title": f"neighbours shared, of {found.k}", "dtick": max(1, found.k // 10)},
        yaxis={"title": "items"},
        dragmode=False,
    )
    return figure


def pair_chart(found: AgreementTable, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """The share of neighbours that each two encoders have in common, as a heat map."""
    labels = [shorten(name, 22) for name in names]
    shades = colours.sequential
    figure = go.Figure(
        go.Heatmap(
            z=found.overlap,
            x=labels,
            y=labels,
            zmin=0,
            zmax=1,
            colorscale=[[place / (len(shades) - 1), shade] for place, shade in enumerate(shades)],
            text=[[_short(value) for value in line] for line in found.overlap],
            texttemplate="%{text}",
            hovertemplate="%{y} and %{x}: %{z:.3f}<extra></extra>",
            colorbar={"title": "shared", "thickness": 12},
            xgap=2,
            ygap=2,
        )
    )
    figure.update_layout(height=110 + 52 * len(names), margin=MARGIN, yaxis={"autorange": "reversed"}, dragmode=False)
    return figure


def _short(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.2f}".replace("0.", ".", 1)
