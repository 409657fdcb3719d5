"""Long answers that a reader asks for by a button; what somebody has asked before is there at once."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import streamlit as st

from components.kit import caching
from components.kit.ask import FAILED, Pending, Request
from embeddings.errors import Cancelled, EmbeddingError

T = TypeVar("T")
WISHES = "asked_checks"


class Asking(NamedTuple):
    """How long answers are waited for: none of them stops the page.

    Attributes:
        pending: where their progress is shown.
    """

    pending: Pending

    def answer(self, request: Request[T], button: str, name: str) -> T | EmbeddingError | None:
        """The answer, or why there is none; None, with the button or a word of patience, while it is not there.

        Args:
            request: a computation.
            button: says what a press of it does.
            name: of the button's widget.
        """
        key = request[0]
        found: T | EmbeddingError | None = caching.outcomes().get(key)
        if found is None and (found := caching.store().results.get(key)) is not None:
            caching.outcomes().put(key, found)
        if found is not None:
            return found
        if key not in _wishes() or _was_cancelled(key):
            st.button(button, icon=":material/play_arrow:", key=name, on_click=_wishes().add, args=(key,))
            return None
        answered = self.pending.ask_or_why_not(request)
        if answered is None:
            st.caption(":material/hourglass_top: Under way; the page can be used meanwhile.")
        return answered


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
