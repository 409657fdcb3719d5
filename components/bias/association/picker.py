"""The choice of a test, where its words come from, and the notice that sensitive lists open with."""

from __future__ import annotations

import streamlit as st

from components.bias.association import state
from components.bias.association.measures import signed
from components.kit.words import escape
from embeddings.bias.ready import NOTICE, SOURCE, ready_tests


def test_picker() -> str:
    """The chosen test: the name of a ready one, "own" or "all"."""
    state.begin()
    st.session_state.setdefault(state.PICKER, state.chosen())
    st.selectbox(
        "Test",
        [*ready_tests(), state.ALL, state.OWN],
        format_func=test_name,
        key=state.PICKER,
        persist_state="session",
        on_change=state.take,
        help="The ten published tests, all ten at once, or sets of your own.",
    )
    return state.chosen()


def test_name(test: str) -> str:
    """A test as it is called in the list of choices."""
    if test in ready_tests():
        return f"{test} · {ready_tests()[test].title}"
    return "All ten published tests" if test == state.ALL else "Your own word sets"


def provenance() -> None:
    """Where the words come from, and what the source found."""
    if st.session_state.get(state.BROKEN):
        st.error(escape(str(st.session_state[state.BROKEN])))
    test = state.ready()
    if state.chosen() == state.ALL:
        st.caption(escape(f"Word lists: {SOURCE}."))
    elif test is None:
        st.caption("Word sets of your own; the link carries them.")
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            changed = "Changed by you. " if state.is_edited() else ""
            st.caption(
                escape(
                    f"{changed}Word lists: {test.source}. First used by: {test.origin}. Published with GloVe: "
                    f"d = {signed(test.published)}."
                ),
                width="content",
            )
            if state.is_edited():
                st.button(
                    "Back to the published words",
                    key="restore_words",
                    icon=":material/undo:",
                    type="tertiary",
                    on_click=state.restore,
                )


def is_hidden() -> bool:
    """Whether the lists are sensitive and nobody has asked to see them; the notice then stands in their place."""
    test = state.ready()
    if test is None or not test.sensitive:
        return False
    if st.session_state.get(state.REVEALED):
        st.caption(f":material/info: {escape(test.notice)}")
        return False
    with st.container(border=True):
        st.markdown(f"**{escape(test.title)}**")
        st.text(NOTICE)
        st.button("Show the words", key="reveal_words", icon=":material/visibility:", on_click=_reveal)
    return True


def _reveal() -> None:
    st.session_state[state.REVEALED] = True
