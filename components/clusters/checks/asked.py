"""Long answers that a reader asks for by a button; what somebody has asked before is there at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import streamlit as st

from components import caching
from components.work import FAILED, Pending
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.jobs.job import Job

T = TypeVar("T")
WISHES = "asked_checks"


class Question(NamedTuple):
    """What can be asked.

    Attributes:
        key: stands for the answer.
        button: says what a press of it does.
        name: of the button's widget.
    """

    key: str
    button: str
    name: str


class Asking(NamedTuple):
    """How long answers are waited for: none of them stops the page.

    Attributes:
        pending: where their progress is shown.
    """

    pending: Pending

    def answer(
        self, question: Question, find: Callable[[], T | None], run: Callable[[Job], T]
    ) -> T | EmbeddingError | None:
        """The answer, or why there is none; None, with the button or a word of patience, while it is not there."""
        known: T | EmbeddingError | None = caching.outcomes().get(question.key)
        if known is None and (known := find()) is not None:
            caching.outcomes().put(question.key, known)
        if known is not None:
            return known
        if question.key not in _wishes() or _was_cancelled(question.key):
            st.button(
                question.button,
                icon=":material/play_arrow:",
                key=question.name,
                on_click=_wishes().add,
                args=(question.key,),
            )
            return None
        answered = self.pending.get(question.key, saying_why_not(run))
        if answered is None:
            st.caption(":material/hourglass_top: Under way; the page can be used meanwhile.")
        return answered


def saying_why_not(run: Callable[[Job], T]) -> Callable[[Job], T | EmbeddingError]:
    """Work whose failure is an answer too, so that it ends no page."""

    def work(job: Job) -> T | EmbeddingError:
        try:
            return run(job)
        except Cancelled:
            raise
        except EmbeddingError as error:
            return error

    return work


def _was_cancelled(key: str) -> bool:
    """Whether the reader stopped it; the wish is then forgotten, and the button is there again."""
    failures = st.session_state.get(FAILED, {})
    if not isinstance(failures.get(key), Cancelled):
        return False
    del failures[key]
    _wishes().discard(key)
    return True


def _wishes() -> set[str]:
    wishes: set[str] = st.session_state.setdefault(WISHES, set())
    return wishes
