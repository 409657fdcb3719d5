"""How often each group gets one label, with intervals."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.label_skew import LabelSkew


def rate_chart(found: LabelSkew, label: int, *, colours: Colours) -> go.Figure:
    """Dots are rates of the label with their 95 % intervals, the highest first; the line is the rate over all."""
    rates = 100 * np.array([row[label] for row in found.rates])
    order = np.argsort(-rates[:, 0], kind="stable")
    sizes = found.counts.sum(axis=1)
    colour, grey = colours.accent, colours.other
    told = [
        [chart_text(found.groups[place]), found.counts[place, label], sizes[place], *rates[place, 1:]]
        for place in order
    ]
    figure = go.Figure(
        go.Scatter(
            x=rates[order, 0],
            y=list(range(len(order))),
            mode="markers",
            marker={"color": colour, "size": 10},
            error_x={
                "type": "data",
                "array": rates[order, 2] - rates[order, 0],
                "arrayminus": rates[order, 0] - rates[order, 1],
                "color": colour,
                "thickness": 2,
                "width": 0,
            },
            customdata=told,
            hovertemplate="%{customdata[0]}: %{customdata[1]} of %{customdata[2]}, %{x:.0f} % "
            "[%{customdata[3]:.0f}, %{customdata[4]:.0f}]<extra></extra>",
            showlegend=False,
        )
    )
    _lay_out(figure, found, label, order.tolist(), grey)
    return figure


def _lay_out(figure: go.Figure, found: LabelSkew, label: int, order: list[int], grey: str) -> None:
    over_all = 100 * float(found.counts[:, label].sum() / found.counts.sum())
    figure.add_vline(x=over_all, line={"color": grey, "width": 1.5, "dash": "dash"})
    figure.update_layout(
        height=110 + 28 * len(order),
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        xaxis={
            "title": f"% named “{chart_text(found.labels[label])}”; dashed: of all",
            "rangemode": "tozero",
            "zeroline": False,
        },
        yaxis={
            "tickvals": list(range(len(order))),
            "ticktext": [chart_text(found.groups[place]) for place in order],
            "range": [len(order) - 0.4, -0.6],
            "zeroline": False,
        },
        dragmode=False,
        hovermode="closest",
    )
