"""Items along a direction: as a strip of dots with words marked above it, those furthest out, and all as a table."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.charts import figure
from components.kit.colours import Colours, scale_of, shades
from components.kit.evidence import items_of
from components.kit.kinds import drawn
from components.kit.link import select
from components.kit.map import Colouring
from components.kit.map.colouring import tints
from components.kit.words import chart_text, shorten
from embeddings.axes import Axis, spread
from embeddings.collection import Collection
from embeddings.label_placing import stacked, staggered

ALONG, FROM_MIDDLE = "cosine", "from the middle"
NAMED = 4
NAME = 24
LANE = 0.34
# Letters that fit into the width of a strip.
LETTERS = 90
Rows = NDArray[np.intp]


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
    rows: Rows
    colouring: Colouring
    marks: Sequence[Marks] = ()
    selected: int | None = None


def strip_chart(strip: Strip, *, colours: Colours) -> go.Figure:
    """Each dot is an item; dots stack where many items lie. The dashed line is the middle between the seeds."""
    collection, axis, row = strip.collection, strip.axis, strip.selected
    places = axis.projections[strip.rows]
    heights = stacked(places)
    traces = [*item_dots(collection, strip.rows, (places, heights), strip.colouring, axis, colours)]
    traces.append(_extremes(strip, places, heights))
    if row is not None:
        traces.append(selected_dot(collection, row, (axis.projections[row], 0), colours, hover="%{text}: %{x:.3f}"))
    marked, top = _marked(strip, 1.25, colours)
    chart = dots_figure(
        *traces,
        *marked,
        height=int(270 + 70 * (top - 1.1)),
        x=axis_title(*strip.ends),
        y={"visible": False, "range": [-1.25, top]},
    )
    chart.add_vline(x=axis.middle, line={"color": colours.line, "width": 1.5, "dash": "dash"})
    font = {"size": 11, "color": colours.line}
    chart.add_annotation(x=axis.middle, y=-1.12, text="middle of the seeds", showarrow=False, font=font)
    return chart


def item_dots(
    collection: Collection, rows: Rows, at: tuple[Any, Any], colouring: Colouring, axis: Axis, colours: Colours
) -> list[go.Scatter]:
    """Items as dots in the colours of a metadata column, or of their place along an axis.

    Args:
        collection: whose items they are.
        rows: shape (m,).
        at: where they are drawn, x and y of shape (m,).
        colouring: of all items.
        axis: gives the colours where the colouring is plain.
        colours: of the theme.
    """
    names = np.array([name_of(collection, row) for row in rows], object)
    every = np.ones(len(rows), bool)

    def dots(chosen: NDArray[np.bool_], marker: dict[str, Any], name: str = "") -> go.Scatter:
        return go.Scatter(
            x=at[0][chosen],
            y=at[1][chosen],
            mode="markers",
            marker={"size": 5, "opacity": 0.85, **marker},
            text=names[chosen],
            customdata=rows[chosen],
            hovertemplate="%{text}: %{x:.3f}<extra>" + html.escape(name, quote=False) + "</extra>",
            selected={"marker": {"opacity": 0.85}},
            unselected={"marker": {"opacity": 0.85}},
            name=name,
            showlegend=bool(name),
        )

    if colouring.codes is None:
        marker = {"color": axis.projections[rows], "colorscale": shades(colours.diverging)}
        far = spread(axis)
        return [dots(every, {**marker, "cmin": axis.middle - far, "cmax": axis.middle + far})]
    codes = colouring.codes[rows]
    if colouring.kind == "numeric":
        marker = {"color": codes, "colorscale": shades(scale_of(colours, colouring.scale))}
        bar = {"showscale": True, "colorbar": {"title": shorten(colouring.title, NAME), "thickness": 10}}
        return [dots(every, {**marker, **bar, "cmin": colouring.low, "cmax": colouring.high})]
    traces = []
    if np.isnan(codes).any():
        traces.append(dots(np.isnan(codes), {"color": colours.missing, "opacity": 0.35}, "none"))
    for code, (label, tint) in enumerate(zip(colouring.labels, tints(colouring, colours), strict=True)):
        traces.append(dots(codes == code, {"color": tint}, shorten(label, NAME)))
    return traces


def selected_dot(
    collection: Collection, row: int, at: tuple[float, float], colours: Colours, *, hover: str
) -> go.Scatter:
    """The item that is looked at, with a ring around it."""
    return go.Scatter(
        x=[at[0]],
        y=[at[1]],
        mode="markers+text",
        marker={"size": 13, "symbol": "circle-open", "color": colours.ink, "line": {"width": 2.5}},
        text=[name_of(collection, row, 30)],
        textposition="bottom center",
        hovertemplate=f"{hover}<extra></extra>",
        name="selected item",
    )


def item_names(names: Sequence[str], at: tuple[Any, Any], **text: Any) -> go.Scatter:
    """Names of items on a chart of dots; nothing happens under the pointer."""
    return go.Scatter(
        x=at[0],
        y=at[1],
        mode="text",
        text=list(names),
        textfont={"size": 11, **text.pop("textfont", {})},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        **text,
    )


def dots_figure(*traces: go.Scatter, height: int, **layout: Any) -> go.Figure:
    """A chart of dots; the names of many categories make it higher."""
    named = sum(trace.showlegend is not False for trace in traces)
    return figure(*traces, height=height + 20 * max(0, -(-named // 4) - 1), clickmode="event+select", **layout)


def show_dots(chart: go.Figure, *, key: str, alt: str, **config: bool) -> None:
    """Draw a chart of dots; a click on one selects its item."""
    st.plotly_chart(
        chart,
        config={"displayModeBar": False, **config},
        key=key,
        on_select=lambda: _pick(key),
        selection_mode="points",
        alt=alt,
    )


def name_of(collection: Collection, row: int | np.integer[Any], length: int = 60) -> str:
    """An item for a chart, in which < and & are no markup."""
    return chart_text(collection.text(int(row)), length)


def axis_title(low: str, high: str) -> str:
    """What stands below an axis; the spaces are ones that no browser runs together."""
    low, high = (html.escape(end, quote=False) for end in (low, high))
    gap = "\u2003\u2003"
    return f"← {low}{gap}cosine with the axis{gap}{high} →"


def end_table(collection: Collection, axis: Axis, rows: Sequence[int] | Rows) -> pa.Table:
    """Some items with their places, as shown at an end."""
    places = axis.projections[np.asarray(rows, dtype=np.intp)]
    then = {ALONG: places, FROM_MIDDLE: np.abs(places - np.float32(axis.middle))}
    return items_of(collection, rows, then=then, numbered=False)


def whole_table(collection: Collection, axes: Sequence[tuple[str, Axis]], *, longest: int | None = None) -> pa.Table:
    """All items with their places along one or more named axes, from the low to the high end of the first.

    Items are cut at `longest` characters; None gives them whole.
    """
    order = np.argsort(axes[0][1].projections, kind="stable")
    then = {}
    for name, axis in axes:
        then[name] = axis.projections[order]
        then[f"{name}, {FROM_MIDDLE}"] = axis.projections[order] - np.float32(axis.middle)
    return items_of(collection, order, then=then, cut=longest)


def _extremes(strip: Strip, places: NDArray[np.float32], heights: NDArray[np.float64]) -> go.Scatter:
    """Names at both ends, turned so that they do not lie on each other; pictures are seen below, in place of names."""
    order = np.argsort(places, kind="stable")
    many = 0 if drawn(strip.collection) else min(NAMED, len(order) // 2)
    picked = np.concatenate([order[:many], order[::-1][:many]])
    levels = ([0.42, -0.42, 0.75, -0.75] * 2)[: len(picked)]
    names = [name_of(strip.collection, strip.rows[n], NAME) for n in picked]
    sides = ["middle right"] * many + ["middle left"] * many
    return item_names(names, (places[picked], heights[picked] + levels), textposition=sides)


def _marked(strip: Strip, bottom: float, colours: Colours) -> tuple[list[go.Scatter], float]:
    """Words above the strip, a lane for each kind, and the height that is taken."""
    tints = {"low": colours.diverging[1], "high": colours.diverging[-2], "": colours.ink}
    letter = (float(np.ptp(strip.axis.projections)) or 1.0) / LETTERS
    traces = []
    for each in strip.marks:
        levels = staggered(each.places, [word[:NAME] for word in each.words], letter=letter)
        traces.append(
            go.Scatter(
                x=each.places,
                y=[bottom + LANE * level for level in levels],
                mode="markers+text",
                marker={"symbol": "diamond", "size": 8, "color": tints[each.side]},
                text=[chart_text(word, NAME) for word in each.words],
                textposition="top center",
                textfont={"size": 11, "color": tints[each.side]},
                hovertext=[chart_text(word, 200) for word in each.words],
                hovertemplate="%{hovertext}: %{x:.3f}<extra></extra>",
                name=each.title,
            )
        )
        bottom += LANE * (1 + max(levels, default=-1)) + 0.12
    return traces, bottom + 0.2


def _pick(key: str) -> None:
    chosen: Any = st.session_state.get(key) or {}
    points = chosen.get("selection", {}).get("points", [])
    custom = points[0].get("customdata") if points else None
    row = custom[0] if isinstance(custom, list | tuple) and custom else custom
    if isinstance(row, int | float):
        select(int(row))
