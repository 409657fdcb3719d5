"""The charts of every page: one look, one way to draw them, and the forms that more than one question needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st
from numpy.typing import NDArray
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from components.kit.colours import Colours, shades
from components.kit.words import chart_text

Numbers = NDArray[np.floating]

# Beside Streamlit's own, which brings the fonts and grid lines of the theme.
pio.templates["vectorscope"] = go.layout.Template(
    layout={
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "xaxis": {"zeroline": False, "automargin": True},
        "yaxis": {"zeroline": False, "automargin": True},
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.25,
    },
    data={"bar": [{"marker": {"line": {"width": 0}}}]},
)
TEMPLATE = "streamlit+vectorscope"


def figure(*traces: go.Figure | Any, height: int = 300, x: Any = None, y: Any = None, **layout: Any) -> go.Figure:
    """Traces in our look.

    Args:
        *traces: of Plotly.
        height: in pixels.
        x: title of the axis, or all that is said of it.
        y: the same.
        **layout: more of Plotly's layout.
    """
    axes = {
        name: {"title": given} if isinstance(given, str) else given
        for name, given in (("xaxis", x), ("yaxis", y))
        if given is not None
    }
    return go.Figure(list(traces), {"template": TEMPLATE, "height": height, **axes, **layout})


def show_chart(figure: go.Figure, *, alt: str, key: str | None = None) -> None:
    """Draw a figure without buttons over it; `alt` says what it shows to those who cannot see it."""
    st.plotly_chart(figure, config={"displayModeBar": False}, key=key, alt=alt)


def table_twin(label: str, *, key: str) -> ExpanderContainer:
    """A closed part of the page for a table; fill it only where it is `open`, so that nobody waits for it unseen."""
    return st.expander(label, icon=":material/table:", on_change="rerun", key=key)


def named_rows(names: Sequence[str], *, length: int = 28) -> dict[str, Any]:
    """A vertical axis with a name at each of 0, 1, 2 …, the first on top."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [chart_text(name, length) for name in names],
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
    }


def whiskers(
    values: Any, low: Any, high: Any, colour: str, *, thickness: float = 2, width: float = 5
) -> dict[str, Any]:
    """Intervals around values, as error bars."""
    values = np.asarray(values, np.float64)
    return {
        "type": "data",
        "array": np.asarray(high) - values,
        "arrayminus": values - np.asarray(low),
        "color": colour,
        "thickness": thickness,
        "width": width,
    }


def histogram(
    values: Numbers,
    colours: Colours,
    *,
    title: str,
    counted: str = "items",
    bins: int = 50,
    span: tuple[float, float] | None = None,
    marked: float | None = None,
    digits: int = 3,
    height: int = 220,
) -> go.Figure:
    """How often which value occurs; those at or above a marked value stand out.

    Args:
        values: shape (n,).
        colours: of the theme.
        title: of the values.
        counted: what the bars count.
        bins: how many bars.
        span: lowest and highest value drawn, what lies beyond counts there; None for those of the values.
        marked: where a dotted line stands.
        digits: of the values under the pointer.
        height: in pixels.
    """
    low, high = span or (float(values.min()), float(values.max()))
    counts, edges = np.histogram(np.clip(values, low, high), bins=bins, range=(low, high))
    middles = (edges[:-1] + edges[1:]) / 2
    bars = go.Bar(
        x=middles,
        y=counts,
        width=np.diff(edges),
        marker={
            "color": colours.other
            if marked is None
            else [colours.accent if middle >= marked else colours.other for middle in middles]
        },
        hovertemplate=f"%{{x:.{digits}f}}: %{{y:,}} {counted}<extra></extra>",
        name=f"all {counted}",
    )
    drawn = figure(bars, height=height, x=title, y=counted, bargap=0, showlegend=False)
    if marked is not None:
        drawn.add_vline(x=marked, line={"color": colours.accent, "width": 2, "dash": "dot"})
    return drawn


class NullChart(NamedTuple):
    """How a histogram of what chance gives is worded and binned.

    Attributes:
        random, own: what the bars and the line are called.
        counted: what the bars count.
        title: of the values.
        bins: how many bars.
        reach: lowest and highest value; None for those of the values.
        digits: of the values under the pointer.
        height: in pixels.
    """

    random: str
    own: str
    counted: str
    title: str
    bins: int = 30
    reach: tuple[float, float] | None = None
    digits: int = 3
    height: int = 220


def null_chart(values: Numbers, own: float, drawn: NullChart, colours: Colours) -> go.Figure:
    """Histogram of random values; the line is one's own."""
    counts, edges = np.histogram(values, bins=drawn.bins, range=drawn.reach)
    number = f"%{{x:.{drawn.digits}f}}"
    top = float(counts.max(initial=1)) * 1.08
    line = go.Scatter(
        x=[own] * 2,
        y=[0, top],
        mode="lines",
        line={"color": colours.accent, "width": 3},
        hovertemplate=f"{drawn.own}: {number}<extra></extra>",
        name=drawn.own,
    )
    reach = {} if drawn.reach is None else {"range": [drawn.reach[0] - 0.02, drawn.reach[1] + 0.02]}
    return figure(
        chance_bars(counts, edges, f"about {number}: %{{y}} {drawn.counted}", drawn.random, colours),
        line,
        height=drawn.height,
        bargap=0,
        x={"title": drawn.title, **reach},
        y={"title": drawn.counted, "range": [0, top], "nticks": 4},
    )


def chance_bars(heights: NDArray[np.number], edges: Numbers, hover: str, name: str, colours: Colours) -> go.Bar:
    """The bars of a histogram of what chance gives; there is one edge more than heights."""
    return go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=heights,
        width=np.diff(edges),
        marker={"color": colours.chance},
        hovertemplate=f"{hover}<extra></extra>",
        name=name,
    )


def matrix(
    values: Numbers,
    names: Sequence[str] | range,
    columns: Sequence[str] | range,
    scale: Sequence[str],
    *,
    texts: Sequence[Sequence[str]] | None = None,
    span: tuple[float, float] = (0, 1),
    title: str = "",
    hover: str = "%{y} and %{x}: %{z:.3f}",
    **layout: Any,
) -> go.Figure:
    """Numbers as coloured cells, shape (rows, columns), the first row on top.

    Args:
        values: NaN stays empty.
        names: what stands beside the rows; numbers, with an axis of their own, where names may be equal.
        columns: what stands below the columns; the same.
        scale: colours, that of the lowest first.
        texts: what stands in the cells.
        span: the values of its ends.
        title: of the scale; without one no scale is drawn.
        hover: what stands under the pointer.
        **layout: more of Plotly's layout.
    """
    cells = go.Heatmap(
        z=values,
        x=list(columns),
        y=list(names),
        zmin=span[0],
        zmax=span[1],
        colorscale=shades(scale),
        text=texts,
        texttemplate=None if texts is None else "%{text}",
        hovertemplate=f"{hover}<extra></extra>",
        showscale=bool(title),
        colorbar={"title": title, "thickness": 12},
        xgap=2,
        ygap=2,
    )
    return figure(cells, y={"autorange": "reversed"}, **layout)
