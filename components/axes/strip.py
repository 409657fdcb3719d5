"""Items along an axis as a strip of dots, with words marked above it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.axes.dots import Dots, dot_traces, ink, legend_height, name_of, stacked
from components.kit.colours import Colours
from components.kit.map import Colouring
from embeddings.axes import Axis
from embeddings.collection import Collection

NAMED = 4
LANE = 0.34
LETTERS = 90
LABEL = {"size": 11}


class Marks(NamedTuple):
    """Words that are marked above the strip.

    Attributes:
        title: what they are, for the legend.
        words: their names.
        places: where they lie.
        side: "low" or "high" for what is expected at an end, "" for neither.
    """

    title: str
    words: Sequence[str]
    places: NDArray[np.float32]
    side: str = ""


class Strip(NamedTuple):
    """What a strip shows.

    Attributes:
        collection: the items.
        axis: along which they lie.
        ends: what its ends are called.
        rows: the rows that are drawn as dots.
        colouring: their colours; of kind "none" they show the place along the axis.
        marks: words above the strip.
        selected: the row that is looked at.
    """

    collection: Collection
    axis: Axis
    ends: tuple[str, str]
    rows: NDArray[np.intp]
    colouring: Colouring
    marks: Sequence[Marks] = ()
    selected: int | None = None


def strip_chart(strip: Strip, *, colours: Colours) -> go.Figure:
    """Each dot is an item; dots stack where many items lie. The dashed line is the middle between the seeds."""
    places = strip.axis.projections[strip.rows]
    heights = stacked(places)
    figure = go.Figure()
    dots = Dots(strip.rows, places, heights, [name_of(strip.collection, row) for row in strip.rows])
    figure.add_traces(dot_traces(dots, strip.colouring, strip.axis, colours=colours))
    figure.add_trace(_extremes(strip, heights))
    if strip.selected is not None:
        figure.add_trace(_selected(strip, colours=colours))
    top = _add_marks(figure, strip, 1.25, colours=colours)
    figure.add_vline(x=strip.axis.middle, line={"color": colours.line, "width": 1.5, "dash": "dash"})
    font = {"size": 11, "color": colours.line}
    figure.add_annotation(x=strip.axis.middle, y=-1.12, text="middle of the seeds", showarrow=False, font=font)
    low, high = strip.ends
    figure.update_layout(
        height=int(270 + 70 * (top - 1.1)) + legend_height(figure),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": axis_title(low, high), "zeroline": False},
        yaxis={"visible": False, "range": [-1.25, top]},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        clickmode="event+select",
        dragmode=False,
        hovermode="closest",
    )
    return figure


def _extremes(strip: Strip, heights: NDArray[np.float64]) -> go.Scatter:
    """Names at both ends, turned so that they do not lie on each other; pictures are seen below, in place of names."""
    places = strip.axis.projections[strip.rows]
    order = np.argsort(places, kind="stable")
    many = min(NAMED, len(order) // 2) if strip.collection.kind == "text" else 0
    picked = [*order[:many], *order[::-1][:many]] if many else []
    levels = [0.42, -0.42, 0.75, -0.75] * 2
    return go.Scatter(
        x=places[picked],
        y=[level + heights[n] for level, n in zip(levels, picked, strict=False)],
        mode="text",
        text=[name_of(strip.collection, strip.rows[n], 24) for n in picked],
        textposition=["middle right"] * many + ["middle left"] * many,
        textfont=LABEL,
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _selected(strip: Strip, *, colours: Colours) -> go.Scatter:
    row = int(strip.selected or 0)
    return go.Scatter(
        x=[strip.axis.projections[row]],
        y=[0],
        mode="markers+text",
        marker={"size": 13, "symbol": "circle-open", "color": ink(colours=colours), "line": {"width": 2.5}},
        text=[name_of(strip.collection, row, 30)],
        textposition="bottom center",
        hovertemplate="%{text}: %{x:.3f}<extra></extra>",
        name="selected item",
    )


def _add_marks(figure: go.Figure, strip: Strip, bottom: float, *, colours: Colours) -> float:
    """Draw words above the strip, a lane for each kind; give the height that is taken."""
    palette = colours.diverging
    tints = {"low": palette[1], "high": palette[-2], "": ink(colours=colours)}
    letter = (float(np.ptp(strip.axis.projections)) or 1.0) / LETTERS
    for each in strip.marks:
        levels = staggered(each.places, each.words, letter=letter)
        figure.add_trace(
            go.Scatter(
                x=each.places,
                y=[bottom + LANE * level for level in levels],
                mode="markers+text",
                marker={"symbol": "diamond", "size": 8, "color": tints[each.side]},
                text=[word if len(word) <= 24 else word[:23] + "…" for word in each.words],
                textposition="top center",
                textfont={**LABEL, "color": tints[each.side]},
                hovertext=list(each.words),
                hovertemplate="%{hovertext}: %{x:.3f}<extra></extra>",
                name=each.title,
            )
        )
        bottom += LANE * (1 + max(levels, default=-1)) + 0.12
    return bottom + 0.2


def axis_title(low: str, high: str) -> str:
    """What stands below an axis; the spaces are ones that no browser runs together."""
    low, high = (html.escape(end, quote=False) for end in (low, high))
    gap = "\u2003\u2003"
    return f"← {low}{gap}cosine with the axis{gap}{high} →"


def staggered(places: NDArray[np.float32], words: Sequence[str], *, letter: float) -> list[int]:
    """For each word the lowest level on which its name overlaps no other; `letter` is the width of a letter."""
    free: list[float] = []
    levels = [0] * len(words)
    for n in np.argsort(places, kind="stable"):
        half = letter * min(24, len(words[n])) / 2 + letter
        left = float(places[n]) - half
        level = next((level for level, end in enumerate(free) if end <= left), len(free))
        free[level : level + 1] = [float(places[n]) + half]
        levels[n] = level
    return levels
