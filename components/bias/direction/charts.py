"""A direction as charts: how much of the pairs is one, and how words lean along it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.direction import BiasDirection
from embeddings.bias.effect import Floats

COMPONENTS = 10


def explained_chart(direction: BiasDirection, *, colours: Colours) -> go.Figure:
    """Share of the pairs' variance along each component; at the first, what random pairs have."""
    shares = 100 * direction.explained[:COMPONENTS]
    colour, grey = colours.accent, colours.other
    figure = go.Figure(
        go.Bar(
            x=list(range(1, len(shares) + 1)),
            y=shares,
            marker={"color": [colour] + [grey] * (len(shares) - 1), "line": {"width": 0}},
            hovertemplate="component %{x}: %{y:.0f} %<extra></extra>",
            showlegend=False,
        )
    )
    random = 100 * direction.random_explained
    if len(random):
        low, middle, high = np.quantile(random, [0.025, 0.5, 0.975])
        orange = colours.categorical[1]
        figure.add_trace(
            go.Scatter(
                x=[1],
                y=[middle],
                mode="markers",
                marker={"symbol": "diamond", "size": 11, "color": orange, "line": {"width": 1, "color": "#ffffff"}},
                error_y={
                    "type": "data", "array": [high - middle], "arrayminus": [middle - low],
                    "color": orange, "thickness": 2,
                },
                hovertemplate=f"random pairs: {middle:.0f} % [{low:.0f}, {high:.0f}]<extra></extra>",
                name="first component of random pairs (95 % of draws)",
            )
        )  # fmt: skip
    figure.update_layout(
        height=300,
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": "principal component of the pairs", "dtick": 1},
        yaxis={"title": "% of variance", "rangemode": "tozero"},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        bargap=0.25,
        dragmode=False,
    )
    return figure


def lean_chart(
    words: list[str], values: Floats, *, middle: float, title: str, usual: float | None, colours: Colours
) -> go.Figure:
    """Each word's place as a bar from the middle of the pairs, the largest on top; dotted: what any item leans."""
    order = np.argsort(values, kind="stable")
    palette = colours.diverging
    figure = go.Figure(
        go.Bar(
            x=values[order] - middle,
            base=middle,
            y=list(range(len(order))),
            orientation="h",
            marker={
                "color": [palette[-2] if values[place] > middle else palette[1] for place in order],
                "line": {"width": 0},
            },
            hovertext=[
                f"{chart_text(words[n])}: {values[n]:.3f}, {values[n] - middle:+.3f} from the middle" for n in order
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    if usual is not None:
        grey = colours.other
        for side in (middle - usual, middle + usual):
            figure.add_vline(x=side, line={"color": grey, "width": 1.2, "dash": "dot"})
    figure.add_vline(x=middle, line={"color": colours.line, "width": 1.5, "dash": "dash"})
    figure.update_layout(
        height=90 + 18 * len(order),
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": title, "zeroline": False},
        yaxis={
            "tickvals": list(range(len(order))),
            "ticktext": [chart_text(words[place]) for place in order],
            "range": [-0.7, len(order) - 0.3],
            "tickfont": {"size": 11},
        },
        bargap=0.25,
        dragmode=False,
    )
    return figure
