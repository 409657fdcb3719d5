"""Asking for heavy work: what is known at once, else progress with cancel in its place, never a frozen page."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, Never, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from components.kit import visitors
from components.kit.caching import board, outcomes, store
from components.kit.words import escape
from embeddings.computations import COMPUTATIONS, key_of
from embeddings.errors import PASSING, Cancelled, EmbeddingError
from embeddings.jobs.computing import compute
from embeddings.jobs.job import WAITING, Job

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
PATIENCE = 0.4
PATIENCE_FOR_A_PAGE = 1.5
FAILED = "failed_jobs"
ASKED = "asked_jobs"
WISHES = "asked_checks"


class Request(NamedTuple, Generic[T_co]):
    """Heavy work that a page asks for.

    Attributes:
        key: stands for its result.
        run: gives it.
        stored: whether the server keeps the result, under the same key.
    """

    key: str
    run: Callable[[Job], T_co]
    stored: bool = False

    def within(self, job: Job) -> T_co:
        """The result, as a part of other work.

        Raises:
            EmbeddingError: there is none.
        """
        found = outcomes().get(self.key)
        if found is None:
            found = keeping(self.key, self.run)(job)
        if isinstance(found, EmbeddingError):
            raise found
        return found  # type: ignore[no-any-return]


def asking(name: str, /, *args: Any, **settings: Any) -> Request[Any]:
    """What a row of COMPUTATIONS gives; it is known by the content of all that it is called with."""
    return Request(
        key_of(name, *args, **settings),
        lambda job: compute(store(), job, name, *args, **settings),
        COMPUTATIONS[name].kept,
    )


def asking_as(key: str, name: str, /, *args: Any, **settings: Any) -> Request[Any]:
    """The same, known by a key that stands for its arguments, where these are large."""
    return Request(f"{name}|{key}", lambda job: compute(store(), job, name, *args, **settings))


def ask(request: Request[T]) -> T:
    """The result; while it is not there, progress is drawn here and the script ends.

    Quick work comes back in the same run. Why there is no answer is shown in place and ends the script too; where the
    same may work another time, with a button to try again.
    """
    found = ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        _refuse(found)
    return found


def ask_or_why_not(request: Request[T]) -> T | EmbeddingError:
    """The same, where the page goes on with the reason why there is no answer."""
    result, job = attempt(request, PATIENCE_FOR_A_PAGE)
    if job is not None:
        show_progress(job)
        st.stop()
    return cast(T | EmbeddingError, result)  # None is a result too


def ask_beside(place: DeltaGenerator, request: Callable[[], Request[T]]) -> T | None:
    """The same, where the reason is shown in a place, such as beside the input, and the page goes on with None.

    Args:
        place: of the reason.
        request: makes the request; why it cannot is such a reason too.
    """
    try:
        found = ask_or_why_not(request())
    except EmbeddingError as error:
        found = error
    if isinstance(found, EmbeddingError):
        place.error(escape(str(found)))
        return None
    return found


def known(request: Request[T]) -> T | None:
    """The result where it is there already, in memory or in the store; None where it is not."""
    found = _known(request)
    if isinstance(found, EmbeddingError):
        _refuse(found)
    return found


def attempt(request: Request[T], patience: float = PATIENCE) -> tuple[T | EmbeddingError | None, Job | None]:
    """The result if it is there, else the running job, for pages that can show something meanwhile."""
    key = request.key
    found = outcomes().get(key)
    if found is not None:
        return found, None
    _show_failure(key)
    _asked_for().add(key)
    try:
        visitors.count_job(visitor(), key)
        job = board().start(key, keeping(key, request.run), visitor=visitor())
        return job.future.result(timeout=patience), None
    except NotYet:
        return None, job
    except EmbeddingError as error:
        _failures()[key] = error
        _show_failure(key)
        raise


class Pending:
    """Work that a page can be drawn without; its progress is shown in the place given here.

    A map that stays on the page keeps its camera, so nothing beside it may stop the script.
    """

    def __init__(self) -> None:
        self._place = st.container()
        self._job: Job | None = None

    def ask(self, request: Request[T]) -> T | None:
        """The result, or None for now; why there is none is shown where it is asked for."""
        found = self.ask_or_why_not(request)
        if isinstance(found, EmbeddingError):
            st.info(escape(str(found)), icon=":material/info:")
            return None
        return found

    def ask_or_why_not(self, request: Request[T]) -> T | EmbeddingError | None:
        """The result, why there is none, or None for now."""
        result, job = attempt(request)
        self._job = self._job or job
        return result

    def show(self) -> None:
        """Draw the progress of the first work that is not ready; call it last."""
        if self._job is not None:
            with self._place:
                show_progress(self._job)


def stream(request: Request[T], whole: T | None, parts: Callable[[], Sequence[Any]], place: DeltaGenerator) -> None:
    """Go on with work that comes in parts, and show its progress in a place; call it last, when all parts are drawn.

    The page runs again when more has come. A failure and a cancelled job are shown in the same place and end the
    script.

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
        found, job = attempt(request)
        if job is not None:
            show_progress(job, lambda: _count(parts()) > drawn)
    if found is not None:
        st.rerun()


def wanted(request: Request[Any], label: str, *, key: str, primary: bool = False) -> bool:
    """Whether long work is to be done: its result is known, or a press of this button asked for it in this session."""
    if _known(request) is not None:
        return True
    if request.key in _wishes() and not _was_cancelled(request.key):
        return True
    st.button(
        label,
        icon=":material/play_arrow:",
        key=key,
        type="primary" if primary else "secondary",
        on_click=_wishes().add,
        args=(request.key,),
    )
    return False


@contextmanager
def one_run() -> Iterator[None]:
    """One run of the script for a visitor: the jobs that it does not ask for again are looked at no longer.

    A part of a page that runs on its own and asks for all that the page asks for does the same, within the run or
    alone.
    """
    st.session_state[ASKED] = set()
    ended = True
    try:
        yield
    except RerunException:
        ended = False  # the run that follows says what is asked for
        raise
    finally:
        if ended:
            board().looks_at(visitor(), _asked_for())


def keeping(key: str, run: Callable[[Job], T]) -> Callable[[Job], T | EmbeddingError]:
    """Work whose result is kept under its key, whether or not anybody still looks when it is done.

    That it cannot be done is a result too, unless the same may work another time.
    """

    def work(job: Job) -> T | EmbeddingError:
        found: T | EmbeddingError
        try:
            found = run(job)
        except PASSING:
            raise
        except EmbeddingError as error:
            found = error
        outcomes().put(key, found)
        return found

    return work


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
            st.progress(0.0, text=f"{job.stage}{_queue(job)}")
        if st.button("Cancel", key="cancel_job", icon=":material/close:"):
            job.leave(visitor())
            _failures()[job.key] = Cancelled("You cancelled this. What was already computed is kept.")
            st.rerun()


def _queue(job: Job) -> str:
    """How many wait before a job that has not begun, or are under way beside one whose progress is not known."""
    before = itertools.takewhile(lambda other: other is not job, board().running())
    ahead = sum(not other.only_in_advance for other in before)
    if not ahead:
        return " …"
    if job.stage == WAITING:
        return f": {ahead} ahead of you"
    return f" … ({ahead} {'computation' if ahead == 1 else 'computations'} ahead)"


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


def _was_cancelled(key: str) -> bool:
    """Whether the reader stopped it; the wish is then forgotten, and the button is there again."""
    if not isinstance(_failures().get(key), Cancelled):
        return False
    del _failures()[key]
    _wishes().discard(key)
    return True


def _wishes() -> set[str]:
    wishes: set[str] = st.session_state.setdefault(WISHES, set())
    return wishes


def _count(parts: Sequence[Any]) -> int:
    return sum(part is not None for part in parts)


def _known(request: Request[T]) -> T | EmbeddingError | None:
    found = outcomes().get(request.key)
    if found is None and request.stored and (found := store().results.get(request.key)) is not None:
        outcomes().put(request.key, found)
    return found


def _refuse(error: EmbeddingError) -> Never:
    st.info(escape(str(error)), icon=":material/info:")
    st.stop()
