"""The differences of pairs as arrows from one origin, and how alike their directions are as a heat map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.kit.colours import Colours
from components.kit.words import chart_text
from components.relations.labels import fitting_labels
from embeddings.analogies.offsets import Offsets
from embeddings.analogies.relations import Pair

DRAWN = 25
HEIGHT = 430
# The size of the drawn part on a wide page, for which labels are placed.
INSIDE = (540, 335)
Exact = NDArray[np.float64]


def offsets_chart(found: Offsets, pairs: Sequence[Pair], *, colours: Colours) -> go.Figure:
    """The first pairs as arrows from one origin in the plane of all offsets, with their mean; equal scales."""
    palette = colours.categorical
    grey, text = colours.other, colours.ink
    whole = oriented(found)
    tips, mean = whole[:DRAWN], whole.mean(axis=0)
    low, high = _frame(np.vstack([tips, mean, [[0.0, 0.0]]]))
    scale = float((np.array(INSIDE) / (high - low)).min())
    names = [label(pair) for pair in pairs[:DRAWN]]
    sides = fitting_labels(tips * scale, names, also=scale * mean[None])
    figure = go.Figure([_arrows(tips, names, palette[0]), _mean_arrow(mean, palette[1])])
    figure.add_trace(_labels(tips, names, sides, text))
    figure.add_trace(
        go.Scatter(x=[0], y=[0], mode="markers", marker={"size": 7, "color": grey}, hoverinfo="skip", showlegend=False)
    )
    axis = {"showgrid": True, "zeroline": False, "nticks": 7, "tickfont": {"size": 10}}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={**axis, "range": [low[0], high[0]]},
        yaxis={**axis, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        legend={"orientation": "h", "y": -0.08, "x": 0},
        dragmode="pan",
    )
    return figure


def cosines_chart(found: Offsets, pairs: Sequence[Pair], *, colours: Colours) -> go.Figure:
    """Cosines between the offsets of the first pairs, those that agree most with the others on top."""
    order = by_agreement(found, DRAWN)
    values = found.cosines[np.ix_(order, order)].astype(np.float64)
    np.fill_diagonal(values, np.nan)
    limit = max(0.2, float(np.nanmax(np.abs(values))))
    palette = colours.diverging
    names = [label(pairs[place]) for place in order]
    figure = go.Figure(
        go.Heatmap(
            z=values,
            zmin=-limit,
            zmax=limit,
            colorscale=[[number / (len(palette) - 1), colour] for number, colour in enumerate(palette)],
            text=[["" if np.isnan(value) else short(value) for value in row] for row in values],
            texttemplate="%{text}",
            customdata=np.array([[f"{one} and {other}" for other in names] for one in names]),
            hovertemplate="%{customdata}: %{z:.3f}<extra></extra>",
            hoverongaps=False,
            xgap=1,
            ygap=1,
            colorbar={"title": "cosine", "thickness": 12},
        )
    )
    places = list(range(len(order)))
    numbered = [f"{name}  {place + 1}" for place, name in enumerate(names)]
    axis = {"tickvals": places, "showgrid": False, "zeroline": False, "tickfont": {"size": 11}}
    figure.update_layout(
        height=70 + 24 * len(order),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={**axis, "ticktext": [str(place + 1) for place in places], "tickangle": 0},
        yaxis={**axis, "ticktext": numbered, "autorange": "reversed"},
        dragmode=False,
    )
    return figure


def oriented(found: Offsets) -> Exact:
    """The coordinates, mirrored so that their mean points right and up: the plane itself has no such sides."""
    points = found.coordinates.astype(np.float64)
    return points * np.where(points.mean(axis=0) < 0, -1, 1)


def agreement(found: Offsets) -> Exact:
    """Mean cosine of each offset with all others, shape (p,)."""
    whole: Exact = found.cosines.astype(np.float64)
    means: Exact = (whole.sum(axis=1) - whole.diagonal()) / max(1, len(whole) - 1)
    return means


def by_agreement(found: Offsets, first: int) -> list[int]:
    """The places of the first pairs, those that agree most with all others first."""
    means = agreement(found)[:first]
    order: list[int] = np.argsort(-means, kind="stable").tolist()
    return order


def label(pair: Pair) -> str:
    """A pair on one line, as Plotly draws it: its labels read a little HTML."""
    return f"{chart_text(pair[0], 20)} → {chart_text(pair[1], 20)}"


def short(value: float) -> str:
    """A cosine in two digits: .41, −.05."""
    digits = f"{abs(value):.2f}"
    sign = "−" if value < 0 and float(digits) else ""
    return sign + digits.removeprefix("0")


def _arrows(tips: Exact, names: Sequence[str], colour: str) -> go.Scatter:
    """All arrows as one line with gaps; only tips have a marker and a hover text."""
    n = len(tips)
    gap, zero = np.full(n, np.nan), np.zeros(n)
    return go.Scatter(
        x=np.column_stack([zero, tips[:, 0], gap]).ravel(),
        y=np.column_stack([zero, tips[:, 1], gap]).ravel(),
        mode="lines+markers",
        line={"color": colour, "width": 1.3},
        marker={"symbol": "arrow", "angleref": "previous", "size": [0, 11, 0] * n, "color": colour, "opacity": 1},
        hovertext=[part for name in names for part in ("", name, "")],
        hovertemplate="%{hovertext}<extra></extra>",
        name="one pair",
    )


def _labels(tips: Exact, names: Sequence[str], sides: Sequence[str | None], colour: str) -> go.Scatter:
    """The labels that fit, in a trace of their own: Plotly loses labels of a trace in which some are empty."""
    shown = [place for place, side in enumerate(sides) if side]
    return go.Scatter(
        x=tips[shown, 0],
        y=tips[shown, 1],
        mode="markers+text",
        marker={"size": 10, "opacity": 0},
        text=[names[place] for place in shown],
        textposition=[sides[place] for place in shown],
        textfont={"size": 11, "color": colour},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _mean_arrow(mean: Exact, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[0, mean[0]],
        y=[0, mean[1]],
        mode="lines+markers",
        line={"color": colour, "width": 4},
        marker={"symbol": "arrow", "angleref": "previous", "size": [0, 18], "color": colour, "opacity": 1},
        hovertemplate="mean of all pairs<extra></extra>",
        name="mean of all pairs",
    )


def _frame(points: Exact) -> tuple[Exact, Exact]:
    """The corners of the drawn part, with room for labels."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([0.2, 0.08]) * max(float((high - low).max()), 1e-6)
    return low - room, high + room
