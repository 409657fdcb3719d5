"""The Axes page put together: seeds, the check, items along the axis, two axes as a plane."""

from __future__ import annotations

import streamlit as st

from components.axes import form, state
from components.axes.along import dot_colours, ends_panel, strip_panel, whole_panel
from components.axes.asked import Asked, answer, asked_fields
from components.axes.beginning import begin, ready_axes, use
from components.axes.definition import Seeds
from components.axes.evidence import check_panel, verdict_line
from components.axes.from_labels import axis_from_labels
from components.axes.how import how_computed
from components.axes.keeping import axis_heading
from components.axes.ready_row import notice_of, ready_row
from components.axes.request import axis_request
from components.axes.two_axes import plane_panel, second_axis
from components.kit import link
from components.kit.ask import ask_or_why_not
from components.kit.candidates import reads_texts
from components.kit.kinds import several
from components.kit.words import escape
from embeddings.axes import Axis
from embeddings.errors import EmbeddingError
from embeddings.space import Space

LINKED = {state.FIRST: "", state.SECOND: ""}


def axes_page(space: Space) -> None:
    """Everything of the page below its heading."""
    begin(space)
    ready_row(space)
    left, right = st.columns([0.27, 0.73], gap="medium")
    with left:
        seeds = form.seeds_form()
        mistakes = st.container()
        asked = asked_fields(_example(space))
    if seeds is not None or form.is_empty():
        form.remember(seeds)
    with right:
        if seeds is None:
            _nothing_yet(space)
        else:
            axis = _axis(space, seeds, mistakes)
            if axis is not None:
                _results(space, seeds, axis, asked)
    link.show(LINKED)
    how_computed()


def _axis(space: Space, seeds: Seeds, mistakes: st.delta_generator.DeltaGenerator) -> Axis | None:
    """The axis; None, with the reason below the seeds, where there is none."""
    try:
        made: Axis | EmbeddingError = ask_or_why_not(axis_request(space, seeds))
    except EmbeddingError as error:
        made = error
    if isinstance(made, EmbeddingError):
        mistakes.error(escape(str(made)))
        return None
    return made


def _results(space: Space, seeds: Seeds, axis: Axis, asked: Asked) -> None:
    axis_heading(seeds)
    notice = notice_of(space, seeds)
    if notice:
        st.caption(f":material/lightbulb: {escape(notice)}")
    verdict_line(axis)
    answered = answer(space, axis, asked)
    with st.container(horizontal=True, gap="small"):
        colouring = dot_colours(space)
        second = second_axis(space, seeds)
    shown = [(seeds.title, axis)]
    if second is not None:
        plane_panel(space, (seeds, axis), second, colouring)
        shown.append((second[0].title + (" (2)" if second[0].title == seeds.title else ""), second[1]))
    strip_panel(space, seeds, axis, asked, answered, colouring=colouring)
    check_panel(space, axis, asked, answered)
    ends_panel(space, seeds, axis)
    whole_panel(space, shown)


def _example(space: Space) -> str:
    if space.collection.kind == "text":
        return "nurse, engineer, pilot"
    return "a tiny star, a huge star" if reads_texts(space.encoder) else "#12, #30"


def _nothing_yet(space: Space) -> None:
    """What stands in place of the results while there are no seeds."""
    if st.session_state.get(form.BROKEN_LINK):
        st.error(escape(str(st.session_state[form.BROKEN_LINK])))
    if not form.is_empty():
        st.caption("The axis is drawn here as soon as its seeds can be read.")
        return
    with st.container(border=True):
        st.markdown("**An axis is a direction of meaning, from small to large, say.**")
        first = "Choose a ready one above, or name" if ready_axes(space) else "Name"
        example = (
            "two pictures that differ in one thing by their numbers, such as “#1, #2”, and a second such pair."
            if space.collection.kind != "text"
            else "pairs of opposite words on the left, at least two."
        )
        st.caption(
            f"{first} {example} All {several(space.collection)} are placed along it, and it is checked: does it tell "
            "pairs apart that it was not made from, and better than a random direction does?"
        )
        example_axis = None if ready_axes(space) else axis_from_labels(space.collection)
        if example_axis is not None:
            label = f"From {example_axis[0].low_name} to {example_axis[0].high_name}"
            st.button(escape(label), key="axis_of_labels", type="primary", on_click=use, args=example_axis)
