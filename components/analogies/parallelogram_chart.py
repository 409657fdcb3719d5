"""The parallelogram of an analogy as a figure, flat or in space, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.analogies.label_places import Place, label_places
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.analogies.parallelogram import CORNERS, Parallelogram

A, B, C, SUM, ANSWER = range(5)
SAME = ((A, B), (C, SUM))
SIDES = ((A, C), (B, SUM))
HEIGHT = 400
LOWEST = 220
WIDTH = 400
NARROWEST = 330
MARGIN = 20
CONE = 0.09


class Ink(NamedTuple):
    """The colours of the figure."""

    same: str
    side: str
    answer: str
    text: str
    grid: str

    @classmethod
    def of(cls, colours: Colours) -> Ink:
        """For a dark or a light page."""
        palette = colours.categorical
        side = colours.other
        return cls(palette[0], side, palette[1], colours.ink, colours.band)


def flat_chart(drawn: Parallelogram, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """The plane through a, b and c with equal scales; the answer stands at its foot."""
    ink, points = Ink.of(colours), drawn.coordinates.astype(np.float64)
    figure = go.Figure()
    for start, end in SIDES:
        figure.add_trace(_line(points[[start, end]], ink.side, 1.5, "solid"))
    figure.add_trace(_line(points[[SUM, ANSWER]], ink.answer, 2, "dash"))
    figure.add_trace(_points(points, names, ink))
    for start, end in SAME:
        figure.add_annotation(**_arrow(points[start], points[end], ink.same))
    low, high = _frame(points)
    for point, name, place in zip(points, names, _places(points, names, low, high - low), strict=True):
        figure.add_annotation(
            x=point[0],
            y=point[1],
            xshift=place.x,
            yshift=place.y,
            text=chart_text(name, 32),
            showarrow=False,
            font={"color": ink.text, "size": 13},
        )
    axis = {"gridcolor": ink.grid, "zeroline": False, "dtick": 0.5, "tickfont": {"size": 10}, "constrain": "domain"}
    figure.update_layout(
        height=_height(high - low),
        margin={"l": MARGIN, "r": MARGIN, "t": 8, "b": 8},
        xaxis={**axis, "range": [low[0], high[0]], "title": None},
        yaxis={**axis, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        showlegend=False,
        dragmode="pan",
    )
    return figure


def space_chart(drawn: Parallelogram, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """The same with a third direction towards the answer, so that all distances are true."""
    ink, points = Ink.of(colours), drawn.coordinates.astype(np.float64)
    figure = go.Figure()
    for start, end in SIDES:
        figure.add_trace(_line_3d(points[[start, end]], ink.side, "solid"))
    foot = points[ANSWER] * (1, 1, 0)
    figure.add_trace(_line_3d(np.stack([points[ANSWER], foot]), ink.side, "dot"))
    figure.add_trace(_line_3d(points[[SUM, ANSWER]], ink.answer, "dash"))
    for start, end in SAME:
        figure.add_trace(_line_3d(points[[start, end]], ink.same, "solid", width=6))
        figure.add_trace(_tip(points[start], points[end], ink.same))
    figure.add_trace(
        go.Scatter3d(
            **dict(zip("xyz", points.T, strict=True)),
            mode="markers+text",
            marker={"size": 5, "color": _colours(ink)},
            text=[chart_text(name, 32) for name in names],
            textposition=["bottom center", "bottom center", "top left", "top center", "top center"],
            textfont={"color": ink.text, "size": 13},
            hovertemplate="%{text}<extra></extra>",
        )
    )
    axis = {
        "title": "",
        "showticklabels": False,
        "showbackground": False,
        "gridcolor": ink.grid,
        "nticks": 4,
        "showspikes": False,
    }
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene={
            "xaxis": axis,
            "yaxis": axis,
            "zaxis": axis,
            "aspectmode": "data",
            "camera": {"eye": {"x": 1.1, "y": -1.8, "z": 1.0}},
        },
        showlegend=False,
    )
    return figure


def corners_table(drawn: Parallelogram, names: Sequence[str]) -> pa.Table:
    """The five points with their coordinates and how much of their vectors is drawn."""
    axes = "xyz"[: drawn.coordinates.shape[1]]
    return pa.table(
        {
            "corner": list(CORNERS),
            "item": list(names),
            **{axis: drawn.coordinates[:, place] for place, axis in enumerate(axes)},
            "share of its squared length in the picture": drawn.shares,
        }
    )


def _line(points: NDArray[np.float64], colour: str, width: float, dash: str) -> go.Scatter:
    line = {"color": colour, "width": width, "dash": dash}
    return go.Scatter(x=points[:, 0], y=points[:, 1], mode="lines", line=line, hoverinfo="skip")


def _line_3d(points: NDArray[np.float64], colour: str, dash: str, width: float = 3) -> go.Scatter3d:
    line = {"color": colour, "width": width, "dash": dash}
    return go.Scatter3d(**dict(zip("xyz", points.T, strict=True)), mode="lines", line=line, hoverinfo="skip")


def _points(points: NDArray[np.float64], names: Sequence[str], ink: Ink) -> go.Scatter:
    return go.Scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"size": 10, "color": _colours(ink), "symbol": ["circle"] * 3 + ["diamond", "circle-open"]},
        text=[chart_text(name, 32) for name in names],
        customdata=list(CORNERS),
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )


def _colours(ink: Ink) -> list[str]:
    return [ink.text] * 3 + [ink.same, ink.answer]


def _arrow(start: NDArray[np.float64], end: NDArray[np.float64], colour: str) -> dict[str, object]:
    place = {"x": end[0], "y": end[1], "ax": start[0], "ay": start[1]}
    refs = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": colour, "standoff": 6, "text": ""}
    return {**place, **refs, **look}


def _tip(start: NDArray[np.float64], end: NDArray[np.float64], colour: str) -> go.Cone:
    step = (end - start) * CONE / max(float(np.linalg.norm(end - start)), 1e-9)
    return go.Cone(
        **{axis: [value] for axis, value in zip("xyz", end, strict=True)},
        **{axis: [value] for axis, value in zip("uvw", step, strict=True)},
        anchor="tip",
        sizemode="raw",
        sizeref=1,
        showscale=False,
        colorscale=[[0, colour], [1, colour]],
        hoverinfo="skip",
    )


def _frame(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of the drawn part: the points with room for labels."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([0.24, 0.14]) * max(float((high - low).max()), 1e-6)
    return low - room, high + room


def _places(
    points: NDArray[np.float64], names: Sequence[str], low: NDArray[np.float64], span: NDArray[np.float64]
) -> list[Place]:
    scale = NARROWEST / span[0]
    pixels = (points - low) * scale
    return label_places(pixels, names, (*SAME, *SIDES, (SUM, ANSWER)), (NARROWEST, float(span[1] * scale)))


def _height(span: NDArray[np.float64]) -> int:
    """So that equal scales fill the place at its usual width."""
    return int(np.clip(WIDTH * span[1] / span[0] + 2 * MARGIN, LOWEST, HEIGHT))
