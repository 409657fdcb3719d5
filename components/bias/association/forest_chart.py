"""Effect sizes with their intervals, and behind each what random sets give."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.bias.association.measures import bounds, null_bounds
from components.bias.association.request import Measured
from components.kit.colours import CATEGORICAL, Colours, faded
from components.kit.words import chart_text

SHAPES = ("circle", "diamond", "square", "triangle-up", "star", "cross")
REACH = 2.05
WIDE = 32


class Line(NamedTuple):
    """One effect size.

    Attributes:
        row: what stands beside it; equal rows share a place.
        encoder: who was asked.
        measured: what came out.
        published: the effect size in the source of the lists; None for lists of the reader's own.
        before: the effect size before the reader changed the lists; None where they are unchanged.
    """

    row: str
    encoder: str
    measured: Measured
    published: float | None = None
    before: float | None = None


def forest_chart(lines: Sequence[Line], ends: tuple[str, str, str], *, colours: Colours) -> go.Figure:
    """A row for each test or encoder; the bar is what 95 % of random sets give, the ring the published figure.

    Args:
        lines: in order, those of a row together.
        ends: what an effect below 0 means, what both are about, and what one above 0 means.
        colours: of the theme.
    """
    rows = list(dict.fromkeys(line.row for line in lines))
    encoders = list(dict.fromkeys(line.encoder for line in lines))
    places = _places(lines, rows, encoders)
    figure = go.Figure()
    figure.add_trace(_nulls(lines, places, thick=_thickness(rows, encoders), colours=colours))
    for number, encoder in enumerate(encoders):
        chosen = [n for n, line in enumerate(lines) if line.encoder == encoder and line.measured.test is not None]
        colour = colours.categorical[number % len(CATEGORICAL)]
        figure.add_trace(
            _effects([lines[n] for n in chosen], [places[n] for n in chosen], colour, SHAPES[number % len(SHAPES)])
        )
    figure.add_trace(_published(lines, rows, colours=colours))
    figure.add_trace(_before(lines, places, colours=colours))
    figure.add_vline(x=0, line={"color": colours.line, "width": 1.5})
    low, middle, high = (chart_text(end, 34) for end in ends)
    figure.update_layout(
        height=int(150 + _height(rows, encoders)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={
            "title": f"effect size d<br>← {low}\u2003{middle}\u2003{high} →",
            "range": [-REACH, REACH],
            "zeroline": False,
        },
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [_wrapped(row) for row in rows],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hovermode="closest",
        dragmode=False,
    )
    return figure


def _places(lines: Sequence[Line], rows: Sequence[str], encoders: Sequence[str]) -> list[float]:
    """Where each line lies: its row, and within it those of other encoders side by side."""
    alone = all(sum(line.row == row for line in lines) == 1 for row in rows)
    step = 0.0 if alone else 0.7 / len(encoders)
    middle = (len(encoders) - 1) / 2
    return [rows.index(line.row) + step * (encoders.index(line.encoder) - middle) for line in lines]


def _height(rows: Sequence[str], encoders: Sequence[str]) -> float:
    return max(46.0, 16 + 17 * len(encoders)) * len(rows) if len(rows) > len(encoders) else 46.0 * len(rows)


def _thickness(rows: Sequence[str], encoders: Sequence[str]) -> int:
    return 9 if len(rows) > len(encoders) else 16


def _nulls(lines: Sequence[Line], places: Sequence[float], *, thick: int, colours: Colours) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for line, place in zip(lines, places, strict=True):
        found = null_bounds(line.measured)
        if found is not None:
            x += [*found, None]
            y += [place, place, None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": faded(colours.other, 0.3), "width": thick},
        hovertemplate="95 % of random sets end here: %{x:.2f}<extra></extra>",
        name="random sets in place of X and Y (95 %)",
    )


def _effects(lines: Sequence[Line], places: Sequence[float], colour: str, symbol: str) -> go.Scatter:
    values = np.array([_value(line) for line in lines])
    ends = np.array([bounds(line.measured) for line in lines]).reshape(-1, 2)
    return go.Scatter(
        x=values,
        y=list(places),
        mode="markers",
        marker={"color": colour, "size": 11, "symbol": symbol},
        error_x={
            "type": "data",
            "array": ends[:, 1] - values,
            "arrayminus": values - ends[:, 0],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
        customdata=[
            [chart_text(line.row, 60), low, high] for line, (low, high) in zip(lines, ends.tolist(), strict=True)
        ],
        hovertemplate="%{customdata[0]}: d = %{x:.2f} [%{customdata[1]:.2f}, %{customdata[2]:.2f}]"
        f"<extra>{chart_text(lines[0].encoder if lines else '', 40)}</extra>",
        name=chart_text(lines[0].encoder, 40) if lines else "",
        showlegend=bool(lines),
    )


def _published(lines: Sequence[Line], rows: Sequence[str], *, colours: Colours) -> go.Scatter:
    known = {line.row: line.published for line in lines if line.published is not None}
    colour = colours.other
    marker: dict[str, Any] = {
        "color": colour,
        "size": 10,
        "symbol": "diamond-open",
        "line": {"width": 2, "color": colour},
    }
    return go.Scatter(
        x=list(known.values()),
        y=[rows.index(row) for row in known],
        mode="markers",
        marker=marker,
        hovertemplate="published, GloVe: d = %{x:.2f}<extra></extra>",
        name="published, with GloVe",
        showlegend=bool(known),
    )


def _before(lines: Sequence[Line], places: Sequence[float], *, colours: Colours) -> go.Scatter:
    known = [(line.before, place) for line, place in zip(lines, places, strict=True) if line.before is not None]
    colour = colours.other
    return go.Scatter(
        x=[before for before, _ in known],
        y=[place for _, place in known],
        mode="markers",
        marker={"color": colour, "size": 11, "symbol": "circle-open", "line": {"width": 2, "color": colour}},
        hovertemplate="before your changes: d = %{x:.2f}<extra></extra>",
        name="before your changes",
        showlegend=bool(known),
    )


def _value(line: Line) -> float:
    return line.measured.test.effect_size if line.measured.test is not None else float("nan")


def _wrapped(text: str) -> str:
    """A label on at most two lines."""
    return "<br>".join(chart_text(part, WIDE) for part in wrap(text, WIDE, max_lines=2, placeholder=" …"))
