"""Charts of analogies: the parallelogram of a sum, with what it leaves out, and the offsets of a relation as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure, matrix, show_chart
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, show_table
from components.kit.widgets import pick
from components.kit.words import chart_text, escape, shorten
from embeddings.analogies.offsets import Offsets
from embeddings.analogies.parallelogram import CORNERS, Parallelogram, parallelogram
from embeddings.analogies.relations import Pair
from embeddings.analogies.sums import Answered
from embeddings.errors import EmbeddingError
from embeddings.label_placing import Exact, fitting_labels, label_places
from embeddings.reading.wording import listed

A, B, C, SUM, ANSWER = range(5)
SAME = ((A, B), (C, SUM))
SIDES = ((A, C), (B, SUM))
DIMENSIONS = {"2D": 2, "3D": 3}
NAME = 26
HEIGHT = 400
LOWEST = 220
WIDTH = 400
NARROWEST = 330
MARGIN = 20
CONE = 0.09
DRAWN = 25
ARROWS_HEIGHT = 430
# The size of the drawn part of the arrows on a wide page, in pixels, for which their names are placed.
INSIDE = (540, 335)


def sum_picture(answered: Answered, settings: Mapping[str, Setting]) -> None:
    """Draw the parallelogram, or say calmly why there is none."""
    places, row = answered.inputs.analogy, answered.drawn
    if places is None or row is None:
        st.caption(
            "No picture: a parallelogram belongs to a sum of the form b − a + c, such as king − man + woman. "
            "Other sums have no such figure in a plane."
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The sum as a parallelogram**", width="content")
        dims = DIMENSIONS[pick("Picture", list(DIMENSIONS), key="picture", hide_label=True, kept=False)]
    a, b, c = answered.inputs.units[list(places)]
    try:
        drawn = parallelogram(a, b, c, answered.space.vectors[row], dims=dims)
    except EmbeddingError as error:
        st.caption(f"No picture: {escape(str(error))}")
        return
    names = _corner_names(answered, places, row)
    show_chart(
        (flat_chart if dims == 2 else space_chart)(drawn, names, page_colours()),
        key=f"parallelogram_{dims}",
        alt="The parallelogram of the sum: the same arrow drawn from a to b and from c, and the answer",
    )
    st.caption(escape(described(drawn, names)))
    with st.expander("Why this plane? And the picture as a table", icon=":material/table:"):
        st.caption(
            "It is the plane of the two differences that the sum is made of, so both arrows and the sides have their "
            "true lengths and angles. A PCA map of all words would show only a part of each, a different one each time."
        )
        show_table(corners(drawn, names, settings))


def _corner_names(answered: Answered, places: Sequence[int], row: int) -> list[str]:
    """What stands beside the five points."""
    a, b, c = (shorten(answered.inputs.terms[place].name, NAME) for place in places)
    whole = f"{b} − {a} + {c}"
    return [a, b, c, whole if len(whole) <= NAME else "b − a + c", shorten(answered.short(row), NAME)]


def described(drawn: Parallelogram, names: Sequence[str]) -> str:
    """What the picture shows of the vectors, in plain sentences."""
    answer, inputs = names[ANSWER], listed(names[:SUM])
    arrows = f"The two arrows are one difference, {names[B]} − {names[A]}, drawn twice."
    shares = (
        f"In the drawn directions lie {_percent(drawn.shares[A])} of the squared length of {inputs}, "
        f"{_percent(drawn.shares[SUM])} of that of the sum and {_percent(drawn.shares[ANSWER])} of that of {answer}."
    )
    if drawn.coordinates.shape[1] == 2:
        missed = (
            f"{answer} is drawn at its foot: it lies {drawn.height:.2f} above the plane, which shows "
            f"{_percent(drawn.answer_share)} of its squared distance from {names[A]}."
        )
    else:
        missed = f"The third direction leads from the plane up to {answer} ({drawn.height:.2f}), so nothing is lost."
    return f"{arrows} The true distance from the sum to {answer} (dashed) is {drawn.miss:.2f}. {missed} {shares}"


def _percent(share: float) -> str:
    return f"{100 * float(share):.0f} %"


def corners(drawn: Parallelogram, names: Sequence[str], settings: Mapping[str, Setting]) -> Table:
    """The five points with their coordinates and how much of their vectors is drawn."""
    numbers: dict[str, object] = dict(zip("xyz", drawn.coordinates.T, strict=False))
    numbers["share of its squared length in the picture"] = drawn.shares
    return Table(
        pa.table({"corner": list(CORNERS), "item": list(names), **numbers}),
        "The corners of the parallelogram",
        dict.fromkeys(numbers, "%.3f"),
        label="The corners (CSV)",
        file="parallelogram.csv",
        settings=settings,
    )


def flat_chart(drawn: Parallelogram, names: Sequence[str], colours: Colours) -> go.Figure:
    """The plane through a, b and c with equal scales; the answer stands at its foot."""
    points, (same, answer, *_) = drawn.coordinates.astype(np.float64), colours.categorical
    room = np.array([0.24, 0.14]) * max(float(np.ptp(points, axis=0).max()), 1e-6)
    low, high = points.min(axis=0) - room, points.max(axis=0) + room
    scale = NARROWEST / (high - low)[0]
    places = label_places(
        (points - low) * scale, names, (*SAME, *SIDES, (SUM, ANSWER)), (NARROWEST, float((high - low)[1] * scale))
    )
    labels = [
        {"x": x, "y": y, "xshift": place.x, "yshift": place.y, "text": chart_text(name, 32), "showarrow": False}
        | {"font": {"color": colours.ink, "size": 13}}
        for (x, y), name, place in zip(points, names, places, strict=True)
    ]
    dots = go.Scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"size": 10, "color": _of_corners(colours), "symbol": ["circle"] * 3 + ["diamond", "circle-open"]},
        text=[chart_text(name, 32) for name in names],
        customdata=list(CORNERS),
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    axis = {"gridcolor": colours.band, "dtick": 0.5, "tickfont": {"size": 10}, "constrain": "domain", "title": None}
    return figure(
        *(_line(points[list(side)], colours.other, 1.5, "solid") for side in SIDES),
        _line(points[[SUM, ANSWER]], answer, 2, "dash"),
        dots,
        # So that equal scales fill the place at its usual width.
        height=int(np.clip(WIDTH * (high - low)[1] / (high - low)[0] + 2 * MARGIN, LOWEST, HEIGHT)),
        x={**axis, "range": [low[0], high[0]]},
        y={**axis, "range": [low[1], high[1]], "scaleanchor": "x", "scaleratio": 1},
        annotations=[*(_arrow(points[start], points[end], same) for start, end in SAME), *labels],
        margin={"l": MARGIN, "r": MARGIN},
        showlegend=False,
        dragmode="pan",
    )


def space_chart(drawn: Parallelogram, names: Sequence[str], colours: Colours) -> go.Figure:
    """The same with a third direction towards the answer, so that all distances are true."""
    points, (same, answer, *_) = drawn.coordinates.astype(np.float64), colours.categorical
    dots = go.Scatter3d(
        **dict(zip("xyz", points.T, strict=True)),
        mode="markers+text",
        marker={"size": 5, "color": _of_corners(colours)},
        text=[chart_text(name, 32) for name in names],
        textposition=["bottom center", "bottom center", "top left", "top center", "top center"],
        textfont={"color": colours.ink, "size": 13},
        hovertemplate="%{text}<extra></extra>",
    )
    axis = {"title": "", "showticklabels": False, "showbackground": False, "gridcolor": colours.band, "nticks": 4}
    axes = {f"{name}axis": {**axis, "showspikes": False} for name in "xyz"}
    return figure(
        *(_line(points[list(side)], colours.other, 3, "solid") for side in SIDES),
        _line(np.stack([points[ANSWER], points[ANSWER] * (1, 1, 0)]), colours.other, 3, "dot"),
        _line(points[[SUM, ANSWER]], answer, 3, "dash"),
        *(_line(points[list(arrow)], same, 6, "solid") for arrow in SAME),
        *(_tip(points[start], points[end], same) for start, end in SAME),
        dots,
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene={**axes, "aspectmode": "data", "camera": {"eye": {"x": 1.1, "y": -1.8, "z": 1.0}}},
        showlegend=False,
    )


def _of_corners(colours: Colours) -> list[str]:
    return [colours.ink] * 3 + list(colours.categorical[:2])


def _line(points: Exact, colour: str, width: float, dash: str) -> go.Scatter | go.Scatter3d:
    kind = go.Scatter if points.shape[1] == 2 else go.Scatter3d
    places = dict(zip("xyz", points.T, strict=False))
    return kind(**places, mode="lines", line={"color": colour, "width": width, "dash": dash}, hoverinfo="skip")


def _arrow(start: Exact, end: Exact, colour: str) -> dict[str, Any]:
    place = {"x": end[0], "y": end[1], "ax": start[0], "ay": start[1]}
    refs = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": colour, "standoff": 6, "text": ""}
    return {**place, **refs, **look}


def _tip(start: Exact, end: Exact, colour: str) -> go.Cone:
    step = (end - start) * CONE / max(float(np.linalg.norm(end - start)), 1e-9)
    return go.Cone(
        **{axis: [value] for axis, value in zip("xyzuvw", (*end, *step), strict=True)},
        anchor="tip",
        sizemode="raw",
        sizeref=1,
        showscale=False,
        colorscale=[[0, colour], [1, colour]],
        hoverinfo="skip",
    )


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
        height=ARROWS_HEIGHT,
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
