"""Two axes as a plane: the choice of the second, the chart, and how alike they are."""

from __future__ import annotations

import streamlit as st

from components.axes import state
from components.axes.along import picked_dot
from components.axes.beginning import ready_axes
from components.axes.definition import Seeds
from components.axes.dots import drawn_rows
from components.axes.plane import Plane, kinship, kinship_sentence, plane_chart
from components.axes.request import axis_request
from components.axes.verdict import verdict
from components.kit.ask import ask_or_why_not
from components.kit.colours import page_colours
from components.kit.link import selected_row
from components.kit.map import Colouring
from components.kit.words import escape
from embeddings.axes import Axis
from embeddings.errors import EmbeddingError
from embeddings.space import Space

CHOICE, PLANE, NONE = "second_axis", "axis_plane", "none"


def second_axis(space: Space, first: Seeds) -> tuple[Seeds, Axis] | None:
    """The second axis, with the choice of it; None while there is none, or with the reason beside the choice."""
    linked, broken = _linked()
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
    if seeds is None:
        if broken:
            st.error(escape(broken))
        else:
            state.write(None, state.SECOND)
        return None
    state.write(seeds, state.SECOND)
    try:
        made = ask_or_why_not(axis_request(space, seeds))
        if isinstance(made, EmbeddingError):
            raise made
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    return seeds, made


def plane_panel(space: Space, first: tuple[Seeds, Axis], second: tuple[Seeds, Axis], colouring: Colouring) -> None:
    """The plane of two axes and what is to be said of them."""
    axes = (first[1], second[1])
    plane = Plane(
        space.collection,
        axes,
        (first[0].ends, second[0].ends),
        drawn_rows(axes),
        colouring,
        selected_row(space),
    )
    st.plotly_chart(
        plane_chart(plane, colours=page_colours()),
        config={"displayModeBar": False, "scrollZoom": True},
        key=PLANE,
        on_select=picked_dot(PLANE),
        selection_mode="points",
        alt=f"Items in the plane of {first[0].title} and {second[0].title}",
    )
    st.caption(escape(kinship_sentence(kinship(*axes))))
    said = verdict(second[1])
    st.caption(f"{escape(second[0].title)}: {escape(said.heading)}. {escape(said.sentence)}")


def _linked() -> tuple[Seeds | None, str]:
    """The second axis of the link, or why it cannot be read; such a link stays until another axis is chosen."""
    try:
        return state.current(state.SECOND), ""
    except EmbeddingError as error:
        return None, str(error)


def _options(space: Space, first: Seeds, linked: Seeds | None) -> dict[str, Seeds]:
    """The axes that can be second, by their titles; the link's first."""
    axes: dict[str, Seeds] = {}
    others = [*state.saved().values(), *(ready.seeds for ready in ready_axes(space))]
    for seeds in ([] if linked is None else [linked]) + others:
        if not seeds.same_direction(first):
            axes.setdefault(seeds.title, seeds)
    if CHOICE not in st.session_state and linked is not None and linked.title in axes:
        st.session_state[CHOICE] = linked.title
    if st.session_state.get(CHOICE, NONE) not in (NONE, *axes):
        st.session_state[CHOICE] = NONE
    return axes
