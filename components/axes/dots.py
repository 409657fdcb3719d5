"""Items as dots: which are drawn, how they stack, and their colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from components.kit.colours import Colours, scale_of, shades
from components.kit.map import Colouring
from components.kit.words import chart_text, shorten
from embeddings.axes import Axis
from embeddings.collection import Collection

MOST = 4_000
BINS = 140


class Dots(NamedTuple):
    """Items as dots, m of them.

    Attributes:
        rows: their rows in the collection, shape (m,).
        x, y: where they are drawn, shape (m,).
        names: what hovering shows.
    """

    rows: NDArray[np.intp]
    x: NDArray[Any]
    y: NDArray[Any]
    names: Sequence[str]


def drawn_rows(axes: Sequence[Axis], *, most: int = MOST, always: int = 24, seed: int = 0) -> NDArray[np.intp]:
    """The rows that are drawn: all, or the ends of every axis and a random part of the others; in order."""
    n = len(axes[0].projections)
    if n <= most:
        return np.arange(n)
    kept = set(np.random.default_rng(seed).choice(n, size=most, replace=False).tolist())
    for axis in axes:
        order = np.argsort(axis.projections, kind="stable")
        kept.update(order[:always].tolist(), order[-always:].tolist())
    return np.array(sorted(kept))


def stacked(places: NDArray[np.float32], *, bins: int = BINS) -> NDArray[np.float64]:
    """Heights in −1 to 1 that stack dots of about the same place above and below 0; larger piles, taller stacks."""
    if not len(places):
        return np.zeros(0)
    span = float(np.ptp(places)) or 1.0
    bin_of = np.minimum(((places - places.min()) / span * bins).astype(int), bins - 1)
    order = np.argsort(bin_of, kind="stable")
    starts = np.searchsorted(bin_of[order], np.arange(bins))
    rank = np.empty(len(places), dtype=int)
    rank[order] = np.arange(len(places)) - starts[bin_of[order]]
    signed = (rank + 1) // 2 * np.where(rank % 2, 1, -1)
    heights: NDArray[np.float64] = signed / max(12, int(np.abs(signed).max()))
    return heights


def dot_traces(dots: Dots, colouring: Colouring, axis: Axis, *, colours: Colours) -> list[go.Scatter]:
    """The dots in the colours of a metadata column, or of their place along an axis."""
    codes = colouring.codes
    if codes is None:
        return [_trace(dots, _by_place(dots.rows, axis, colours=colours))]
    if colouring.kind == "numeric":
        return [_trace(dots, _by_number(codes[dots.rows], colouring, colours=colours))]
    return _by_category(dots, codes[dots.rows], colouring, colours=colours)


def name_of(collection: Collection, row: int | np.integer[Any], length: int = 60) -> str:
    """An item for a chart, in which < and & are no markup."""
    return chart_text(collection.text(int(row)), length)


def legend_height(figure: go.Figure) -> int:
    """Pixels that the names of many categories take above a chart."""
    named = sum(trace.showlegend is not False for trace in figure.data)
    return 20 * max(0, -(-named // 4) - 1)


def ink(*, colours: Colours) -> str:
    """The colour of words on the page."""
    return colours.ink


def spread(axis: Axis) -> float:
    """The distance from the middle at which colours end: few items lie further out."""
    return float(np.quantile(np.abs(axis.projections - axis.middle), 0.99)) or 1.0


def _trace(dots: Dots, marker: dict[str, Any], name: str = "") -> go.Scatter:
    return go.Scatter(
        x=dots.x,
        y=dots.y,
        mode="markers",
        marker={"size": 5, "opacity": 0.85, **marker},
        text=dots.names,
        customdata=dots.rows,
        hovertemplate="%{text}: %{x:.3f}<extra>" + name.replace("<", "&lt;") + "</extra>",
        selected={"marker": {"opacity": 0.85}},
        unselected={"marker": {"opacity": 0.85}},
        name=name,
        showlegend=bool(name),
    )


def _by_place(rows: NDArray[np.intp], axis: Axis, *, colours: Colours) -> dict[str, Any]:
    far = spread(axis)
    return {
        "color": axis.projections[rows],
        "colorscale": shades(colours.diverging),
        "cmin": axis.middle - far,
        "cmax": axis.middle + far,
    }


def _by_number(codes: NDArray[np.float32], colouring: Colouring, *, colours: Colours) -> dict[str, Any]:
    return {
        "color": codes,
        "colorscale": shades(scale_of(colours, colouring.scale)),
        "cmin": colouring.low,
        "cmax": colouring.high,
        "showscale": True,
        "colorbar": {"title": shorten(colouring.title, 24), "thickness": 10},
    }


def _by_category(dots: Dots, codes: NDArray[np.float32], colouring: Colouring, *, colours: Colours) -> list[go.Scatter]:
    traces = []
    for code, label in enumerate(colouring.labels):
        other = colouring.has_other and code == len(colouring.labels) - 1
        tint = colours.other if other else colours.categorical[code]
        traces.append(_trace(_part(dots, codes == code), {"color": tint}, shorten(label, 24)))
    if np.isnan(codes).any():
        tint = colours.missing
        traces.insert(0, _trace(_part(dots, np.isnan(codes)), {"color": tint, "opacity": 0.35}, "none"))
    return traces


def _part(dots: Dots, chosen: NDArray[np.bool_]) -> Dots:
    names = [name for name, within in zip(dots.names, chosen, strict=True) if within]
    return Dots(dots.rows[chosen], dots.x[chosen], dots.y[chosen], names)
