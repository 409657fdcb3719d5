"""Work that comes in parts: what is there is drawn, and the page runs again when more has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import caching
from components.kit.ask import attempt, show_progress
from components.kit.spaces import Request

T = TypeVar("T")


def known(request: Request[T]) -> T | None:
    """The whole, where it is there already."""
    found: T | None = caching.outcomes().get(request[0])
    return found


def stream(request: Request[T], whole: T | None, parts: Callable[[], Sequence[Any]], place: DeltaGenerator) -> None:
    """Go on with the work and show its progress in a place; call it last, when all parts that are there are drawn.

    A failure and a cancelled job are shown in the same place and end the script.

    Args:
        request: the work.
        whole: what the page was drawn from; None where only parts were known. The work may end while they are drawn:
            then the page runs again.
        parts: what is known by now, None for what is not.
        place: of the progress.
    """
    if whole is not None:
        return
    drawn = _count(parts())
    with place:
        found, job = attempt(*request)
        if job is not None:
            show_progress(job, lambda: _count(parts()) > drawn)
    if found is not None:
        st.rerun()


def _count(parts: Sequence[Any]) -> int:
    return sum(part is not None for part in parts)
