"""Waiting for heavy work: progress with cancel in place of the result, never a frozen page."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from components.kit import visitors
from components.kit.caching import board, outcomes
from components.kit.words import escape
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.jobs.job import Job

T = TypeVar("T")
PATIENCE = 0.4
PATIENCE_FOR_A_PAGE = 1.5
FAILED = "failed_jobs"
ASKED = "asked_jobs"


def wait_for(key: str, run: Callable[[Job], T]) -> T:
    """The result of a job of this key; while it is not there, progress is drawn here and the script ends.

    Quick work comes back in the same run. A failure is shown in place, with a button to try again.
    """
    result, job = attempt(key, run, patience=PATIENCE_FOR_A_PAGE)
    if job is None:
        return result  # type: ignore[return-value]
    show_progress(job)
    st.stop()


def attempt(key: str, run: Callable[[Job], T], *, patience: float = PATIENCE) -> tuple[T | None, Job | None]:
    """The result of a job if it is there, else the running job, for pages that can show something meanwhile."""
    known = outcomes().get(key)
    if known is not None:
        return known, None
    _show_failure(key)
    _asked_for().add(key)
    try:
        visitors.count_job(visitor(), key)
        job = board().start(key, keeping(key, run), visitor=visitor())
        return job.future.result(timeout=patience), None
    except NotYet:
        return None, job
    except EmbeddingError as error:
        _failures()[key] = error
        _show_failure(key)
        raise


@contextmanager
def one_run() -> Iterator[None]:
    """One run of the script for a visitor: the jobs that it does not ask for again are looked at no longer."""
    asked = st.session_state[ASKED] = set()
    ended = True
    try:
        yield
    except RerunException:
        ended = False  # the run that follows says what is asked for
        raise
    finally:
        if ended:
            board().looks_at(visitor(), asked)


def keeping(key: str, run: Callable[[Job], T]) -> Callable[[Job], T]:
    """Work whose result is kept under its key, whether or not anybody still looks when it is done."""

    def work(job: Job) -> T:
        result = run(job)
        outcomes().put(key, result)
        return result

    return work


class Pending:
    """Work that a page can be drawn without; its progress is shown in the place given here.

    A map that stays on the page keeps its camera, so nothing beside it may stop the script.
    """

    def __init__(self) -> None:
        self._place = st.container()
        self._job: Job | None = None

    def get(self, key: str, run: Callable[[Job], T]) -> T | None:
        """The result of a job, or None for now."""
        result, job = attempt(key, run)
        self._job = self._job or job
        return result

    def show(self) -> None:
        """Draw the progress of the first work that is not ready; call it last."""
        if self._job is not None:
            with self._place:
                show_progress(self._job)


def visitor() -> str:
    """A name for this browser session, by which `caching.present` knows whether it is still there."""
    if "visitor" not in st.session_state:
        context = get_script_run_ctx()
        session = "" if context is None else context.session_id
        st.session_state["visitor"] = f"{session}/{secrets.token_urlsafe(9)}"
    return str(st.session_state["visitor"])


@st.fragment(run_every=0.5)
def show_progress(job: Job, news: Callable[[], bool] | None = None) -> None:
    """One line of true progress; the page runs again when the job ends, or when a part of it is new."""
    board().looks_at(visitor(), _asked_for())
    if news is not None and news():
        st.rerun()
    if job.future.done():
        error = job.future.exception()
        # What was stopped because this visitor seemed to be gone begins again.
        if isinstance(error, EmbeddingError) and not isinstance(error, Cancelled):
            _failures()[job.key] = error
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="progress"):
        if job.total:
            st.progress(min(1.0, job.done / job.total), text=f"{job.stage}: {job.done:,} of {job.total:,}")
        else:
            st.progress(0.0, text=f"{job.stage} …")
        if st.button("Cancel", key="cancel_job", icon=":material/close:"):
            job.leave(visitor())
            _failures()[job.key] = Cancelled("You cancelled this. What was already computed is kept.")
            st.rerun()


def _show_failure(key: str) -> None:
    """Show why a job of this session failed and stop the script, until the reader wants another try."""
    error = _failures().get(key)
    if error is None:
        return
    (st.info if isinstance(error, Cancelled) else st.error)(escape(str(error)))
    if st.button("Try again", key=f"retry_{key}", icon=":material/refresh:"):
        del _failures()[key]
        st.rerun()
    st.stop()


def _asked_for() -> set[str]:
    asked: set[str] = st.session_state.setdefault(ASKED, set())
    return asked


def _failures() -> dict[str, Any]:
    failures: dict[str, Any] = st.session_state.setdefault(FAILED, {})
    return failures
