"""Asking: what somebody has asked before shows at once, else on a click, or because the link says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import caching, link
from components.kit.ask import Request, attempt, show_progress

TESTED, BEGUN = "tested", "association_asked"


class Waiting(NamedTuple):
    """A request that is asked last, when all that is known has been drawn, and the place for its progress."""

    request: Request[Any]
    place: DeltaGenerator


def ask_all(requests: Sequence[Request[Any]], label: str) -> tuple[list[Any | None], Waiting | None]:
    """The answers so far, None for those to come, and which is asked next.

    Nothing is asked before the button is clicked, once in a session; then other sets and encoders are asked at once.
    """
    found = [caching.outcomes().get(request.key) for request in requests]
    place = st.container()
    missing = next((request for request, each in zip(requests, found, strict=True) if each is None), None)
    if missing is None or not _wanted(place, label):
        return found, None
    return found, Waiting(missing, place)


def await_answer(waiting: Waiting | None) -> None:
    """Ask what is asked next, and draw the page again when it has come; call it last."""
    if waiting is None:
        return
    with waiting.place:
        _, job = attempt(waiting.request)
        if job is None:
            st.rerun()
        show_progress(job)


def _wanted(place: DeltaGenerator, label: str) -> bool:
    if not st.session_state.get(BEGUN) and link.read(TESTED) != "1":
        button = place.empty()
        if not button.button(label, type="primary", icon=":material/play_arrow:", key="run_association"):
            return False
        button.empty()
    st.session_state[BEGUN] = True
    link.write(TESTED, "1")
    return True
