"""The differences of pairs as arrows from one origin, and how alike their directions are as a heat map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.kit.charts import figure, matrix
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.analogies.offsets import Offsets
from embeddings.analogies.relations import Pair

DRAWN = 25
HEIGHT = 430
# The size of the drawn part on a wide page, of a letter and of a line, in pixels, for which labels are placed.
INSIDE = (540, 335)
LETTER, LINE, GAP = 6.4, 15.0, 7.0
# Points of an arrow that no label may cover.
STEPS = 40
# Where a label may stand from its tip, and the part of its width and height that then lies left of and below it.
SIDES = {
    "middle right": (GAP, 0.0, 0.0, 0.5),
    "middle left": (-GAP, 0.0, 1.0, 0.5),
    "top center": (0.0, GAP, 0.5, 0.0),
    "bottom center": (0.0, -GAP, 0.5, 1.0),
}
Exact = NDArray[np.float64]


def offsets_chart(found: Offsets, pairs: Sequence[Pair], *, colours: Colours) -> go.Figure:
    """The first pairs as arrows from one origin in the plane of all offsets, with their mean; equal scales."""
    whole = oriented(found)
    tips, mean = whole[:DRAWN], whole.mean(axis=0)
    low, high = _frame(np.vstack([tips, mean, [[0.0, 0.0]]]))
    scale = float((np.array(INSIDE) / (high - low)).min())
    names = [label(pair) for pair in pairs[:DRAWN]]
    sides = fitting_labels(tips * scale, names, also=scale * mean[None])
    origin = {"size": 7, "color": colours.other}
    axis = {"showgrid": True, "zeroline": False, "nticks": 7, "tickfont": {"size": 10}}
    return figure(
        _arrows(tips, names, colours.categorical[0], name="one pair", width=1.3, size=11),
        _arrows(mean[None], ["mean of all pairs"], colours.categorical[1], name="mean of all pairs", width=4, size=18),
        _labels(tips, names, sides, colours.ink),
        go.Scatter(x=[0], y=[0], mode="markers", marker=origin, hoverinfo="skip", showlegend=False),
        height=HEIGHT,
        x={**axis, "range": [low[0], high[0]]},
        y={**axis, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        legend={"orientation": "h", "y": -0.08, "yanchor": "auto", "x": 0},
        dragmode="pan",
    )


def cosines_chart(found: Offsets, pairs: Sequence[Pair], *, colours: Colours) -> go.Figure:
    """Cosines between the offsets of the first pairs, those that agree most with the others on top."""
    order = by_agreement(found, DRAWN)
    values = found.cosines[np.ix_(order, order)].astype(np.float64)
    np.fill_diagonal(values, np.nan)
    limit = max(0.2, float(np.nanmax(np.abs(values))))
    names = [label(pairs[place]) for place in order]
    chart = matrix(
        values,
        [f"{name}  {place}" for place, name in enumerate(names, 1)],
        [str(place) for place in range(1, len(names) + 1)],
        colours.diverging,
        texts=[["" if np.isnan(value) else short(value) for value in row] for row in values],
        span=(-limit, limit),
        title="cosine",
        hover="%{customdata}: %{z:.3f}",
        height=70 + 24 * len(order),
        x={"type": "category", "showgrid": False, "tickangle": 0, "tickfont": {"size": 11}},
    )
    both = np.array([[f"{one} and {other}" for other in names] for one in names])
    chart.update_traces(customdata=both, hoverongaps=False, xgap=1, ygap=1)
    return chart.update_yaxes(showgrid=False, tickfont={"size": 11})


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
    order: list[int] = np.argsort(-agreement(found)[:first], kind="stable").tolist()
    return order


def label(pair: Pair) -> str:
    """A pair on one line, as Plotly draws it: its labels read a little HTML."""
    return f"{chart_text(pair[0], 20)} → {chart_text(pair[1], 20)}"


def short(value: float) -> str:
    """A cosine in two digits: .41, −.05."""
    digits = f"{abs(value):.2f}"
    sign = "−" if value < 0 and float(digits) else ""
    return sign + digits.removeprefix("0")


def fitting_labels(tips: Exact, labels: Sequence[str], *, also: Exact) -> list[str | None]:
    """A side for each label, None where there is no room; earlier labels go first.

    Args:
        tips: in pixels from where all arrows begin, shape (n, 2), y upwards.
        labels: one line each.
        also: the tips of arrows without labels, shape (m, 2).
    """
    arrows = np.concatenate([step * np.vstack([tips, also]) for step in np.linspace(0.1, 1, STEPS)])
    boxes: list[Exact] = []
    sides: list[str | None] = []
    for tip, label in zip(tips, labels, strict=True):
        taken = np.array(boxes).reshape(-1, 4)
        found = next((side for side in _sides(tip) if _free(_box(tip, label, side), taken, arrows)), None)
        sides.append(found)
        if found is not None:
            boxes.append(_box(tip, label, found))
    return sides


def _sides(tip: Exact) -> list[str]:
    """Outward sides first, so that a label does not lie on its own arrow."""
    across = ["middle right", "middle left"] if tip[0] >= 0 else ["middle left", "middle right"]
    along = ["top center", "bottom center"] if tip[1] >= 0 else ["bottom center", "top center"]
    return [across[0], along[0], along[1]] if abs(tip[0]) >= abs(tip[1]) else [along[0], *across]


def _box(tip: Exact, label: str, side: str) -> Exact:
    """Left, bottom, right and top of a label."""
    place = np.array(SIDES[side])
    size = np.array([LETTER * len(label), LINE])
    start = tip + place[:2] - size * place[2:]
    return np.concatenate([start, start + size])


def _free(box: Exact, boxes: Exact, points: Exact) -> bool:
    """Whether a box covers no other box and no point of an arrow."""
    apart = (box[:2] >= boxes[:, 2:]) | (box[2:] <= boxes[:, :2])
    covered = ((points > box[:2]) & (points < box[2:])).all(axis=1)
    return bool(apart.any(axis=1).all()) and not covered.any()


def _arrows(tips: Exact, hovers: Sequence[str], colour: str, *, name: str, width: float, size: int) -> go.Scatter:
    """Arrows from the origin as one line with gaps; only tips have a marker and a hover text."""
    n = len(tips)
    gap, zero = np.full(n, np.nan), np.zeros(n)
    marker = {"symbol": "arrow", "angleref": "previous", "size": [0, size, 0] * n, "color": colour, "opacity": 1}
    return go.Scatter(
        x=np.column_stack([zero, tips[:, 0], gap]).ravel(),
        y=np.column_stack([zero, tips[:, 1], gap]).ravel(),
        mode="lines+markers",
        line={"color": colour, "width": width},
        marker=marker,
        hovertext=[part for hover in hovers for part in ("", hover, "")],
        hovertemplate="%{hovertext}<extra></extra>",
        name=name,
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


def _frame(points: Exact) -> tuple[Exact, Exact]:
    """The corners of the drawn part, with room for labels."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([0.2, 0.08]) * max(float((high - low).max()), 1e-6)
    return low - room, high + room
