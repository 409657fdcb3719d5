"""Asking: what somebody has asked before shows at once, else on a click, or because the link says so."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from components import caching, link
from components.spaces import Request
from components.work import attempt, show_progress

T = TypeVar("T")
TESTED, BEGUN = "tested", "association_asked"


def ask(request: Request[T], known: bool, label: str) -> T | None:
    """The answer; None with the button that asks for it, or with its progress.

    After the first click of a session, other sets and other encoders are asked at once.
    """
    key, _ = request
    known = known or caching.outcomes().get(key) is not None
    if not (known or st.session_state.get(BEGUN) or link.read(TESTED) == "1") and not _clicked(label):
        return None
    st.session_state[BEGUN] = True
    link.write(TESTED, "1")
    result, job = attempt(*request, patience=1.5)
    if job is not None:
        show_progress(job)
    return result


def _clicked(label: str) -> bool:
    place = st.empty()
    if not place.button(label, type="primary", icon=":material/play_arrow:", key="run_association"):
        return False
    place.empty()
    return True
