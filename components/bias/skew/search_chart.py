"""Groups among the first results, against what is expected and what random orders give."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.bias.skew.search_tables import AS_USUAL, FEWER, MORE, by_skew, standings
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.search_skew import SearchSkew

DRAWN = 20


def share_chart(found: SearchSkew, *, expected: str, colours: Colours) -> go.Figure:
    """Bars are shares among the first k, diamonds what they are compared with, grey bands 95 % of random orders.

    Of more than 20 groups the most and the least favoured are drawn.
    """
    order = drawn(found)
    figure = go.Figure([_band(found, order, colours=colours), *_bars(found, order, colours=colours)])
    ink = colours.ink
    heights = list(range(len(order)))
    figure.add_trace(
        go.Scatter(
            x=100 * found.expected[order],
            y=heights,
            mode="markers",
            marker={"symbol": "diamond", "size": 8, "color": ink},
            hovertemplate=f"{expected}: %{{x:.1f}} %<extra></extra>",
            name=expected,
        )
    )
    ends = np.maximum.reduce([found.counts / found.k, found.usual[:, 1] / found.k, found.expected])[order]
    figure.add_trace(
        go.Scatter(
            x=100 * ends,
            y=heights,
            mode="text",
            text=[f"  {count}" for count in found.counts[order]],
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    _lay_out(figure, [chart_text(found.groups[place]) for place in order], found.k)
    return figure


def tints(*, colours: Colours) -> dict[str, str]:
    """The colour of each standing: orange for more, blue for fewer, grey for what random orders give too."""
    return {MORE: colours.diverging[-2], FEWER: colours.diverging[1], AS_USUAL: colours.other}


def _band(found: SearchSkew, order: list[int], *, colours: Colours) -> go.Bar:
    low, high = (100 * found.usual[order, side] / found.k for side in (0, 1))
    return go.Bar(
        x=np.maximum(high - low, 0.4),
        y=list(range(len(order))),
        base=low,
        orientation="h",
        width=0.86,
        marker={"color": colours.band, "line": {"width": 0}},
        customdata=found.usual[order],
        hovertemplate="95 % of random orders: %{customdata[0]} to %{customdata[1]}<extra></extra>",
        name="95 % of random orders",
    )


def _bars(found: SearchSkew, order: list[int], *, colours: Colours) -> list[go.Bar]:
    """The groups in one trace for each standing, so that the legend tells them."""
    standing = standings(found)
    traces = []
    for each, colour in tints(colours=colours).items():
        places = [(height, place) for height, place in enumerate(order) if standing[place] == each]
        traces.append(
            go.Bar(
                x=[100 * float(found.counts[place]) / found.k for _, place in places],
                y=[height for height, _ in places],
                orientation="h",
                width=0.42,
                marker={"color": colour, "line": {"width": 0}},
                customdata=[int(found.counts[place]) for _, place in places],
                hovertemplate=f"%{{customdata}} of the first {found.k} (%{{x:.0f}} %)<extra></extra>",
                name=each,
                showlegend=bool(places),
            )
        )
    return traces


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
