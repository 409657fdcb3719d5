"""Which questions are asked, and how their words are found; what a link can carry of it stands in the link."""

from __future__ import annotations

import streamlit as st

from components.kit import caching
from components.kit.ask import ask_or_why_not, asking_as
from components.kit.files import ChosenFile, chosen_file
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.analogies.questions import Questions, read_questions
from embeddings.errors import EmbeddingError

SET, FOLD, FILE, EXAMPLE_ON = "set", "fold", "test_file", "test_example"
GOOGLE, OWN = "Google set", "Your own file"
EXAMPLE_NAME = "my analogies.csv"
EXAMPLE = """man,woman,king,queen
man,woman,father,mother
paris,france,rome,italy
big,bigger,small,smaller
paris,france,canberra,australia
"""
SHORT_FILE = 20_000


def set_picker() -> str:
    """Which test set."""
    return pick(
        "Test set",
        [GOOGLE, OWN],
        key=SET,
        help="The Google set holds 19,544 questions in 14 categories (Mikolov et al. 2013). A file of your own stays "
        "in this session: a link does not carry it.",
    )


def fold_switch() -> bool:
    """Whether upper and lower case are the same."""
    return st.toggle(
        "Fold case",
        value=True,
        key=FOLD,
        bind="query-params",
        persist_state="session",
        help="Takes Paris and paris as the same word, as gensim does unless told otherwise.",
    )


def chosen_questions(name: str) -> Questions | None:
    """The questions of the chosen set; None, with the reason beside it, while there are none."""
    if name == OWN:
        return _own_questions()
    try:
        return caching.google_set()
    except EmbeddingError as error:
        st.warning(escape(str(error)), icon=":material/cloud_off:")
        return None


def _own_questions() -> Questions | None:
    left, right = st.columns([0.55, 0.45], gap="medium")
    with left:
        file = chosen_file("Four columns: a, b, c and the answer", ["csv", "tsv", "txt"], key=FILE)
    with right:
        _example_offer()
    if file is None and not st.session_state.get(EXAMPLE_ON):
        return None
    if file is not None:
        st.session_state[EXAMPLE_ON] = False
    try:
        questions = _read(file) if file is not None else read_questions(EXAMPLE.encode(), name=EXAMPLE_NAME)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    for note in questions.notes:
        st.caption(escape(note))
    return questions


def _example_offer() -> None:
    st.caption(
        "One question a line: man, woman, king, queen asks “man is to woman as king is to …?”. Columns are divided by "
        "tabs, semicolons, commas or spaces; a line such as “: family” begins a category."
    )
    with st.container(horizontal=True, gap="small"):
        st.button("Try the example", key="use_example", icon=":material/play_arrow:", on_click=_use_example)
        st.download_button(
            "The example (CSV)",
            EXAMPLE.encode(),
            "analogies.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _use_example() -> None:
    st.session_state[EXAMPLE_ON] = True


def _read(file: ChosenFile) -> Questions:
    """The questions of an upload; a long one is read by a worker.

    Raises:
        ReadError: it cannot be read.
    """
    data = file.data
    if len(data) <= SHORT_FILE:
        return read_questions(data, name=file.name)

    found: Questions | EmbeddingError = ask_or_why_not(asking_as(file.id, "questions", data, name=file.name))
    if isinstance(found, EmbeddingError):
        raise found
    return found
