"""Groups among the first results, against what is expected and what random orders give."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.bias.skew.groups import group_colours
from components.bias.skew.search_tables import by_skew
from components.text import shorten
from embeddings.bias.search_skew import SearchSkew

DRAWN = 20


def share_chart(found: SearchSkew, *, expected: str, dark: bool) -> go.Figure:
    """Bars are shares among the first k, diamonds what they are compared with, grey bands 95 % of random orders.

    Of more than 20 groups the most and the least favoured are drawn.
    """
    order = drawn(found)
    names = [_plain(found.groups[place]) for place in order]
    heights = list(range(len(order)))
    colours = group_colours(found.groups, dark=dark)
    low, high = (100 * found.usual[order, side] / found.k for side in (0, 1))
    ink, grey = ("#e6e9f0", "#4a5262") if dark else ("#1d2433", "#d3d8e0")
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            x=np.maximum(high - low, 0.4),
            y=heights,
            base=low,
            orientation="h",
            width=0.86,
            marker={"color": grey, "line": {"width": 0}},
            customdata=found.usual[order],
            hovertemplate="95 % of random orders: %{customdata[0]} to %{customdata[1]}<extra></extra>",
            name="95 % of random orders",
        )
    )
    figure.add_trace(
        go.Bar(
            x=100 * found.counts[order] / found.k,
            y=heights,
            orientation="h",
            width=0.42,
            marker={"color": [colours[place] for place in order], "line": {"width": 0}},
            customdata=found.counts[order],
            text=[f" {count}" for count in found.counts[order]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate=f"%{{customdata}} of the first {found.k} (%{{x:.0f}} %)<extra></extra>",
            name=f"among the first {found.k}",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=100 * found.expected[order],
            y=heights,
            mode="markers",
            marker={"symbol": "diamond", "size": 9, "color": ink, "line": {"width": 1, "color": grey}},
            hovertemplate=f"{expected}: %{{x:.1f}} %<extra></extra>",
            name=expected,
        )
    )
    _lay_out(figure, names, found.k)
    return figure


def drawn(found: SearchSkew) -> list[int]:
    """The places of the groups that are drawn, the most favoured first."""
    order = by_skew(found)
    return order if len(order) <= DRAWN else [*order[: DRAWN // 2], *order[-DRAWN // 2 :]]


def _lay_out(figure: go.Figure, names: list[str], k: int) -> None:
    figure.update_layout(
        barmode="overlay",
        height=130 + 30 * len(names),
        margin={"l": 8, "r": 24, "t": 8, "b": 8},
        xaxis={"title": f"% of the first {k}", "rangemode": "tozero", "zeroline": False},
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "range": [len(names) - 0.4, -0.6],
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
        hovermode="closest",
    )


def _plain(name: str) -> str:
    """A name as Plotly draws it: its labels read a little HTML."""
    return shorten(name, 28).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
