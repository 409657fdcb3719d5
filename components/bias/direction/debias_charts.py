"""Before and after as charts: what the sides are told by, association tests, and the most biased words drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.kit.colours import Colours
from components.kit.words import chart_text, shorten
from embeddings.bias.plan import Asked
from embeddings.bias.remaining import Remaining
from embeddings.bias.taking_out import Compared
from embeddings.space import Vectors

CHECKS = ("classifier: right", "two clusters: right", "neighbours: r")


def remaining_chart(found: Remaining, *, colours: Colours) -> go.Figure:
    """The three checks of Gonen & Goldberg before and after; dotted where nothing can be told: half, and 0 for r."""
    colour, grey = colours.accent, colours.other
    classifier, clusters, neighbours = found.classifier, found.clusters, found.neighbours
    figure = go.Figure()
    for name, tint, opacity, side in (("before", grey, 0.75, 0), ("after", colour, 1.0, 1)):
        told = classifier[side]
        values = [told.share, clusters[side], neighbours[side]]
        figure.add_trace(
            go.Bar(
                x=list(CHECKS),
                y=values,
                name=name,
                marker={"color": tint, "opacity": opacity, "line": {"width": 0}},
                error_y={
                    "type": "data",
                    "array": [told.high - told.share, None, None],
                    "arrayminus": [told.share - told.low, None, None],
                    "thickness": 1.5,
                    "color": colours.ink,
                },
                text=[f"{value:.2f}" for value in values],
                textposition="inside",
                insidetextanchor="start",
                hovertemplate="%{x}: %{y:.2f}<extra>" + name + "</extra>",
            )
        )
    figure.add_shape(type="line", x0=-0.5, x1=1.5, y0=0.5, y1=0.5, line={"color": grey, "width": 1.5, "dash": "dot"})
    low = min(0.0, *neighbours)
    figure.update_layout(
        height=300,
        barmode="group",
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        yaxis={"range": [low, 1.04], "title": "share, or r"},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def effects_chart(compared: Sequence[Compared], *, colours: Colours) -> go.Figure:
    """Effect sizes of the association tests before and after, with their 95 % intervals."""
    colour, grey = colours.accent, colours.other
    figure = go.Figure()
    for name, tint, symbol, side in (("before", grey, "circle-open", 0), ("after", colour, "circle", 1)):
        figures = [each.figures[side] for each in compared]
        values = np.array([each.value for each in figures])
        figure.add_trace(
            go.Scatter(
                x=values,
                y=np.arange(len(compared)) + (-0.14 if side == 0 else 0.14),
                mode="markers",
                marker={"color": tint, "size": 10, "symbol": symbol, "line": {"width": 2}},
                error_x={
                    "type": "data",
                    "array": [each.interval.high - each.value for each in figures],
                    "arrayminus": [each.value - each.interval.low for each in figures],
                    "color": tint,
                    "thickness": 1.5,
                    "width": 0,
                },
                hovertemplate="d = %{x:.2f}<extra>" + name + "</extra>",
                name=name,
            )
        )
    figure.add_vline(x=0, line={"color": grey, "width": 1.2, "dash": "dot"})
    figure.update_layout(
        height=110 + 54 * len(compared),
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": "effect size d with its 95 % interval", "range": [-2.05, 2.05]},
        yaxis={
            "tickvals": list(range(len(compared))),
            "ticktext": [_test(each.asked) for each in compared],
            "range": [len(compared) - 0.5, -0.5],
        },
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def words_chart(places: Vectors, names: Sequence[str], ends: tuple[str, str], *, colours: Colours) -> go.Figure:
    """The most biased words: the first half leant to the high end, the second to the low one."""
    palette = colours.diverging
    half = len(places) // 2
    figure = go.Figure()
    sides = ((ends[1], slice(0, half), palette[-2], "circle"), (ends[0], slice(half, None), palette[1], "diamond"))
    for end, part, tint, symbol in sides:
        figure.add_trace(
            go.Scattergl(
                x=places[part, 0],
                y=places[part, 1],
                mode="markers",
                marker={"color": tint, "size": 6, "symbol": symbol, "opacity": 0.75},
                text=[chart_text(name, 40) for name in names[part]],
                hovertemplate="%{text}<extra></extra>",
                name=f"leant to {chart_text(end, 40)}",
            )
        )
    figure.update_layout(
        height=340,
        margin={"l": 8, "r": 8, "t": 4, "b": 8},
        xaxis={"title": "", "showticklabels": False, "zeroline": False},
        yaxis={"showticklabels": False, "zeroline": False, "scaleanchor": "x", "scaleratio": 1},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def _test(asked: Asked) -> str:
    """What an association test is called beside its bars: by its number, or by its pictures."""
    number, _, title = asked.title.partition(": ")
    return chart_text(shorten(title, 22) if asked.probe == "iEAT" else number, 40)
