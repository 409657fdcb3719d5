"""Asking a space a whole test set: a stored result shows at once, otherwise on a click or because the link says so."""

from __future__ import annotations

import streamlit as st

from components import caching, link
from components.spaces import computing
from components.work import wait_for
from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import AnalogyRuns
from embeddings.analogies.vocabulary import Matching
from embeddings.space import Space

RUN, ASKED = "run", "tests_asked"


def ask(space: Space, questions: Questions, matching: Matching) -> AnalogyRuns | None:
    """The answers; None, with the button that asks for them, while nobody has asked.

    The link then says whether they are there, so that whoever opens it elsewhere gets them too.
    """
    key, run = computing("analogies", space, questions, matching=matching)
    if _known(key) is None and not _wanted(key):
        _say_in_link("")
        st.button(
            "Run the test", type="primary", icon=":material/play_arrow:", key="run_test", on_click=_want, args=(key,)
        )
        return None
    _want(key)
    _say_in_link("1")
    runs: AnalogyRuns = wait_for(key, run)
    return runs


def _known(key: str) -> AnalogyRuns | None:
    found: AnalogyRuns | None = caching.outcomes().get(key)
    if found is None and (found := caching.store().results.get(key)) is not None:
        caching.outcomes().put(key, found)
    return found


def _wanted(key: str) -> bool:
    """Whether this session asked for it, or came by a link that does."""
    return key in _asked() or (link.read(RUN) == "1" and not _asked())


def _want(key: str) -> None:
    _asked().add(key)


def _asked() -> set[str]:
    asked: set[str] = st.session_state.setdefault(ASKED, set())
    return asked


def _say_in_link(value: str) -> None:
    link.write(RUN, value)
    link.show({RUN: ""})
