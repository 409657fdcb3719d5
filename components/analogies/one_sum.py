"""The view “One sum”: typed, answered by every method, compared with what its parts find, and drawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.analogies.answered import Answered, answer_sum
from components.analogies.asking import EXPECTED, INPUTS, Asked, sum_controls
from components.analogies.example_buttons import examples_for, invitation
from components.analogies.examples import find_example
from components.analogies.how import how_computed
from components.analogies.ingredients import ingredients_panel
from components.analogies.lists import answer_gallery, answer_lists, expected_panel
from components.analogies.mistakes import show_encoded, show_mistake
from components.analogies.others_panel import others_panel
from components.analogies.picture import sum_picture
from components.analogies.understanding import Understood, expected_row, understand
from components.analogies.verdict import expectation, verdict
from components.kit.words import escape, shorten
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.space import Space


def one_sum() -> None:
    """The view below the heading."""
    asked = sum_controls()
    if not asked.text:
        invitation(asked.candidates)
        how_computed()
        return
    space = asked.candidates.space()
    try:
        understood = understand(asked.candidates, space, asked.text)
    except EmbeddingError as error:
        show_mistake(asked.text, error)
        how_computed()
        return
    show_encoded(asked.text, understood.encoded, asked.candidates.encoder)
    expected = _expected(asked, space)
    try:
        answered = answer_sum(space, understood.inputs, k=asked.k, inputs_in=asked.inputs_in, expected=expected)
    except EmbeddingError as error:
        show_mistake(asked.text, error)
        st.button("Let inputs be answers", key="let_inputs", on_click=_let_inputs)
        return
    _answers(asked, understood, answered)


def _answers(asked: Asked, understood: Understood, answered: Answered) -> None:
    st.markdown(" ".join(filter(None, [verdict(answered), expectation(answered)])))
    _notice(asked)
    left, right = st.columns([0.6, 0.4], gap="large")
    pictured = answered.space.collection.kind != "text"
    with left:
        if pictured:
            answer_gallery(answered, asked.candidates.own)
        else:
            answer_lists(answered)
    with right:
        sum_picture(answered)
        expected_panel(answered)
    if pictured:
        answer_lists(answered)
    ingredients_panel(understood)
    how_computed()
    others_panel(asked.candidates, asked.text, answered)


def _notice(asked: Asked) -> None:
    """What to notice in an example, with the encoder for which it was written."""
    examples = examples_for(asked.candidates)
    example = None if examples is None else find_example(examples, asked.text)
    if examples is None or example is None:
        return
    other = "" if asked.candidates.encoder == examples.encoder else "; another encoder may answer otherwise"
    st.info(f"{escape(example.notice)} :small[({escape(examples.checked_with)}{other}.)]", icon=":material/lightbulb:")


def _expected(asked: Asked, space: Space) -> int | None:
    """The row of the expected answer; one that is no candidate is said to be none."""
    if not asked.expected:
        return None
    try:
        return expected_row(asked.candidates, space, asked.expected)
    except UnknownItem as error:
        name = escape(shorten(asked.expected, 60))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"The expected answer “{name}” is not among the candidates, so it has no rank.", width="content")
            for suggestion in error.suggestions:
                st.button(
                    escape(shorten(suggestion, 40)),
                    key=f"expect_{suggestion}",
                    on_click=_write(EXPECTED, suggestion),
                )
        return None


def _write(key: str, value: str) -> Callable[[], None]:
    def write() -> None:
        st.session_state[key] = value

    return write


def _let_inputs() -> None:
    st.session_state[INPUTS] = True
