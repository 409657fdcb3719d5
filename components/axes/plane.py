"""Two axes as a labelled plane."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.axes.dots import Dots, dot_traces, ink, legend_height, name_of
from components.axes.strip import axis_title
from components.kit.colours import Colours
from components.kit.map import Colouring
from embeddings.axes import Axis
from embeddings.collection import Collection

NAMED = 5
WIDTH, HEIGHT = 900, 560
LETTER, LINE = 7, 15


class Plane(NamedTuple):
    """What a plane shows.

    Attributes:
        collection: the items.
        axes: along which they lie, horizontal and vertical.
        ends: what the ends of both are called.
        rows: the rows that are drawn as dots.
        colouring: their colours; of kind "none" they show the place along the horizontal axis.
        selected: the row that is looked at.
    """

    collection: Collection
    axes: tuple[Axis, Axis]
    ends: tuple[tuple[str, str], tuple[str, str]]
    rows: NDArray[np.intp]
    colouring: Colouring
    selected: int | None = None


class Kinship(NamedTuple):
    """How alike two axes are.

    Attributes:
        cosine: of their directions, −1 to 1.
        correlation: of the places of all items along them (Pearson); not a number where one is constant.
    """

    cosine: float
    correlation: float


def kinship(first: Axis, second: Axis) -> Kinship:
    """How alike two axes are; nearly parallel ones make a line of any items."""
    x, y = (each.projections.astype(np.float64) - each.projections.mean() for each in (first, second))
    lengths = float(np.linalg.norm(x) * np.linalg.norm(y))
    correlation = float(x @ y) / lengths if lengths > 0 else float("nan")
    return Kinship(float(first.direction @ second.direction), correlation)


def kinship_sentence(kin: Kinship) -> str:
    """That in plain words."""
    said = (
        "nearly one direction, so the items make a line and the plane shows little more than one axis"
        if abs(kin.cosine) > 0.7
        else "two directions that share something"
        if abs(kin.cosine) > 0.3
        else "two directions that have little to do with each other"
    )
    return (
        f"The two directions have a cosine of {kin.cosine:.2f} (1 the same, 0 at right angles): {said}. The places of "
        f"the items along them correlate with {kin.correlation:.2f}."
    )


def plane_chart(plane: Plane, *, colours: Colours) -> go.Figure:
    """Each dot is an item; the items furthest out are named. Dashed lines are the middles between the seeds."""
    x, y = (axis.projections for axis in plane.axes)
    names = [name_of(plane.collection, row) for row in plane.rows]
    dots = Dots(plane.rows, x[plane.rows], y[plane.rows], names)
    figure = go.Figure(dot_traces(dots, plane.colouring, plane.axes[0], colours=colours))
    figure.update_traces(hovertemplate="%{text}<br>%{x:.3f}, %{y:.3f}<extra></extra>")
    figure.add_trace(_names(plane, colours=colours))
    if plane.selected is not None:
        figure.add_trace(_selected(plane, colours=colours))
    grey = {"color": colours.line, "width": 1.2, "dash": "dash"}
    figure.add_vline(x=plane.axes[0].middle, line=grey)
    figure.add_hline(y=plane.axes[1].middle, line=grey)
    (left, right), (below, above) = plane.ends
    figure.update_layout(
        height=HEIGHT + legend_height(figure),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": axis_title(left, right), "zeroline": False},
        yaxis={"title": axis_title(below, above), "zeroline": False},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        clickmode="event+select",
        dragmode="pan",
        hovermode="closest",
    )
    return figure


def outermost(axes: tuple[Axis, Axis], most: int = NAMED) -> list[int]:
    """Rows furthest out along the axes and along both diagonals, the outermost first."""
    x, y = ((axis.projections - axis.middle) / (axis.projections.std() or 1) for axis in axes)
    ways = (x, -x, y, -y, x + y, x - y, y - x, -x - y)
    orders = [np.argsort(-way, kind="stable")[:most] for way in ways]
    return list(dict.fromkeys(int(row) for place in zip(*orders, strict=True) for row in place))


def apart(points: NDArray[np.float64], lengths: list[int]) -> list[int]:
    """Which names, in order of their importance, can be written without lying on each other.

    Args:
        points: where they stand, as shares of the plane, shape (m, 2).
        lengths: letters of each name.
    """
    taken: list[tuple[float, float, float]] = []
    kept = []
    for n, ((x, y), letters) in enumerate(zip(points * (WIDTH, HEIGHT), lengths, strict=True)):
        half = letters * LETTER / 2
        if all(abs(y - above) >= LINE or abs(x - beside) >= half + other for beside, above, other in taken):
            taken.append((x, y, half))
            kept.append(n)
    return kept


def _names(plane: Plane, *, colours: Colours) -> go.Scatter:
    rows = outermost(plane.axes)
    places = np.stack([axis.projections[rows] for axis in plane.axes], axis=1).astype(np.float64)
    spans = np.array([float(np.ptp(axis.projections)) or 1.0 for axis in plane.axes])
    names = [name_of(plane.collection, row, 24) for row in rows]
    kept = apart(places / spans, [len(name) for name in names])
    return go.Scatter(
        x=places[kept, 0],
        y=places[kept, 1],
        mode="text",
        text=[names[n] for n in kept],
        textposition="top center",
        textfont={"size": 11, "color": ink(colours=colours)},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _selected(plane: Plane, *, colours: Colours) -> go.Scatter:
    row = int(plane.selected or 0)
    return go.Scatter(
        x=[plane.axes[0].projections[row]],
        y=[plane.axes[1].projections[row]],
        mode="markers+text",
        marker={"size": 13, "symbol": "circle-open", "color": ink(colours=colours), "line": {"width": 2.5}},
        text=[name_of(plane.collection, row, 30)],
        textposition="bottom center",
        hovertemplate="%{text}<extra></extra>",
        name="selected item",
    )
