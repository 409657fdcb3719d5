"""The parallelogram of an analogy in its own plane or in space, with what the picture leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure, show_chart
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, show_table
from components.kit.widgets import pick
from components.kit.words import chart_text, escape, shorten
from embeddings.analogies.parallelogram import CORNERS, Parallelogram, parallelogram
from embeddings.analogies.sums import Answered
from embeddings.errors import EmbeddingError
from embeddings.label_placing import Exact, label_places
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
