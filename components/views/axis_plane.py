"""Two axes as a labelled plane: the choice of the second, the chart, and how alike they are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from components.kit import axes
from components.kit.ask import ask_or_why_not
from components.kit.colours import Colours, page_colours
from components.kit.link import selected_row
from components.kit.map import Colouring
from components.kit.strip import (
    NAME,
    Strip,
    axis_title,
    dots_figure,
    item_dots,
    item_names,
    name_of,
    selected_dot,
    show_dots,
)
from components.kit.words import escape
from components.views.axis_form import ready_axes
from embeddings.axes import Axis, drawn_rows
from embeddings.axis_seeds import Seeds
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space

CHOICE, PLANE, NONE = "second_axis", "axis_plane", "none"
NAMED = 5
# Pixels of the drawn part on a wide page, of a letter and of a line, for which names are placed.
WIDTH, HEIGHT = 900, 560
LETTER, LINE = 7, 15


class Kinship(NamedTuple):
    """How alike two axes are.

    Attributes:
        cosine: of their directions, −1 to 1.
        correlation: of the places of all items along them (Pearson); not a number where one is constant.
    """

    cosine: float
    correlation: float


def second_axis(space: Space, first: Seeds) -> tuple[Seeds, Axis] | None:
    """The second axis, with the choice of it; None while there is none, or with the reason beside the choice."""
    linked, broken = None, ""
    try:
        linked = axes.current(axes.SECOND)
    except EmbeddingError as error:  # such a link stays until another axis is chosen
        broken = str(error)
    options = _options(space, first, linked)
    choice = st.selectbox(
        "Second axis",
        [NONE, *options],
        key=CHOICE,
        persist_state="session",
        width=260,
        help="A ready axis or one that you saved. The link carries it.",
    )
    seeds = options.get(str(choice))
    if seeds is not None or not broken:
        axes.write(seeds, axes.SECOND)
    if seeds is not None:
        made = ask_or_why_not(axes.axis_request(space, seeds))
        if not isinstance(made, EmbeddingError):
            return seeds, made
        broken = str(made)
    if broken:
        st.error(escape(broken))
    return None


def plane_panel(space: Space, first: tuple[Seeds, Axis], second: tuple[Seeds, Axis], colouring: Colouring) -> None:
    """The plane of two axes and what is to be said of them."""
    both = (first[1], second[1])
    rows, row = drawn_rows(both), selected_row(space)
    across, upwards = (
        Strip(space.collection, axis, seeds.ends, rows, colouring, selected=row) for seeds, axis in (first, second)
    )
    show_dots(
        plane_chart(across, upwards, colours=page_colours()),
        key=PLANE,
        alt=f"Items in the plane of {first[0].title} and {second[0].title}",
        scrollZoom=True,
    )
    st.caption(escape(kinship_sentence(kinship(*both))))
    said = axes.verdict(second[1])
    st.caption(f"{escape(second[0].title)}: {escape(said.heading)}. {escape(said.sentence)}")


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


def plane_chart(across: Strip, upwards: Strip, *, colours: Colours) -> go.Figure:
    """The same items along two axes; those furthest out are named. Dashed lines are the middles between the seeds.

    Without a colouring, the dots show their places along the horizontal axis.
    """
    collection, rows, row, axis = across.collection, across.rows, across.selected, across.axis
    x, y = axis.projections, upwards.axis.projections
    dots = item_dots(collection, rows, (x[rows], y[rows]), across.colouring, axis, colours)
    for trace in dots:
        trace.hovertemplate = "%{text}<br>%{x:.3f}, %{y:.3f}<extra></extra>"
    if row is not None:
        dots.append(selected_dot(collection, row, (x[row], y[row]), colours, hover="%{text}"))
    chart = dots_figure(
        *dots,
        _names(collection, (axis, upwards.axis), colours),
        height=HEIGHT,
        x=axis_title(*across.ends),
        y=axis_title(*upwards.ends),
        dragmode="pan",
    )
    grey = {"color": colours.line, "width": 1.2, "dash": "dash"}
    chart.add_vline(x=axis.middle, line=grey)
    chart.add_hline(y=upwards.axis.middle, line=grey)
    return chart


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


def _options(space: Space, first: Seeds, linked: Seeds | None) -> dict[str, Seeds]:
    """The axes that can be second, by their titles; the link's first."""
    offered: dict[str, Seeds] = {}
    others = [*axes.saved().values(), *(ready.seeds for ready in ready_axes(space))]
    for seeds in ([] if linked is None else [linked]) + others:
        if not seeds.same_direction(first):
            offered.setdefault(seeds.title, seeds)
    if CHOICE not in st.session_state and linked is not None and linked.title in offered:
        st.session_state[CHOICE] = linked.title
    if st.session_state.get(CHOICE, NONE) not in (NONE, *offered):
        st.session_state[CHOICE] = NONE
    return offered


def _names(collection: Collection, axes: tuple[Axis, Axis], colours: Colours) -> go.Scatter:
    rows = outermost(axes)
    places = np.stack([axis.projections[rows] for axis in axes], axis=1).astype(np.float64)
    spans = np.array([float(np.ptp(axis.projections)) or 1.0 for axis in axes])
    names = [name_of(collection, row, NAME) for row in rows]
    kept = apart(places / spans, [len(name) for name in names])
    shown = [names[n] for n in kept]
    return item_names(shown, tuple(places[kept].T), textposition="top center", textfont={"color": colours.ink})
