"""Jobs that readers wait for: true progress, one computation for equal requests, stopped when nobody looks."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from distributed import KilledWorker, wait
from distributed.client import ClosedClientError
from distributed.comm import CommClosedError

from embeddings.errors import Cancelled, EmbeddingError, WorkersLost

T = TypeVar("T")
# A driver only waits, so many cost little. A class of thirty has some hundred jobs at its busiest.
AT_ONCE = 400
# The page that asks for most at once is Trust, with five seeds, their scores and what stands beside them.
PER_VISITOR = 24
# A reader who comes back, or whose network does, finds the work where it was.
SILENCE = 30.0
# How often a driver looks whether anybody still waits; what is done wakes it at once.
LOOK_EVERY = 0.5
# What a driver meets when the cluster ends: at a new task, at one that it waits for, at a result that it fetches.
LOST = (WorkersLost, ClosedClientError, CancelledError, CommClosedError)
SERVER = "server"
IN_ADVANCE = -10
WAITING = "Waiting for a free worker"


class Job:
    """One piece of heavy work; its driver thread reports progress here and looks here whether to stop.

    Attributes:
        key: stands for the result: equal keys, one job.
        stage: what it does now, in words for the reader.
        done, total: progress within the stage; total 0 while it cannot be known.
        future: the outcome.
    """

    def __init__(self, key: str, present: Callable[[str], bool] = lambda visitor: True) -> None:
        self.key = key
        self.stage = WAITING
        self.done = 0
        self.total = 0
        self.future: Future[Any] = Future()
        self._present = present
        self._looked_away: dict[str, float] = {}  # since when, for each visitor; for ever later while they look
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def enter(self, stage: str, total: int = 0) -> None:
        """Begin a stage.

        Raises:
            Cancelled: nobody waits any more.
        """
        self.check()
        self.stage, self.done, self.total = stage, 0, total

    def advance(self, by: int) -> None:
        """Count finished parts of the stage."""
        self.done += by

    def measure(self, done: int, total: int) -> None:
        """Set the progress within the stage."""
        self.done, self.total = done, total

    def check(self) -> None:
        """Stop here if the job was cancelled, or if nobody has looked at it for `SILENCE` seconds.

        Raises:
            Cancelled: nobody waits any more.
        """
        self._drop_the_silent()
        if self._stopped.is_set():
            raise Cancelled("The job was cancelled.")

    def wait_for(self, task: Any) -> Any:
        """The result of a worker's task; the task is given up with the job.

        Raises:
            Cancelled: nobody waits any more.
            EmbeddingError: the task ended one worker after the other.
        """
        return self._result_of(self._done_of([task])[0])

    def each(self, parts: Iterable[T], send: Callable[[T], Any], *, ahead: int) -> Iterator[tuple[T, Any]]:
        """Parts of the work with their results, in the order in which workers have done them; see `wait_for`.

        Only a few are sent ahead, so that jobs share the workers fairly.
        """
        waiting = iter(parts)
        running = {send(part): part for part in islice(waiting, ahead)}
        while running:
            for task in self._done_of(list(running)):
                yield running.pop(task), self._result_of(task)
                running |= {send(part): part for part in islice(waiting, 1)}

    def join(self, visitor: str) -> bool:
        """One more visitor waits for this job; whether it still goes on."""
        with self._lock:
            if self._stopped.is_set():
                return False
            self._looked_away[visitor] = math.inf
            return True

    def look_away(self, visitor: str) -> None:
        """A visitor's page no longer shows this; unless it does again, the visitor counts as gone after `SILENCE`."""
        with self._lock:
            if visitor in self._looked_away:
                self._looked_away[visitor] = min(self._looked_away[visitor], time.monotonic())

    def leave(self, visitor: str) -> None:
        """One visitor cancels; the job stops when no other waits for it."""
        with self._lock:
            self._looked_away.pop(visitor, None)
            if not self._looked_away:
                self._stopped.set()

    def awaited_by(self, visitor: str) -> bool:
        """Whether a visitor waits for it."""
        return visitor in self._looked_away

    @property
    def urgency(self) -> int:
        """Of its tasks; what nobody waits for yet gives way."""
        return IN_ADVANCE if self.only_in_advance else 0

    @property
    def only_in_advance(self) -> bool:
        """Whether only the server itself waits for it."""
        return set(self._looked_away) == {SERVER}

    def _done_of(self, tasks: list[Any]) -> list[Any]:
        """At least one; when the job is given up they are released: what no other job waits for leaves the queue."""
        try:
            while True:
                self.check()
                with suppress(TimeoutError):
                    return list(wait(tasks, timeout=LOOK_EVERY, return_when="FIRST_COMPLETED").done)
        except Cancelled:
            for task in tasks:
                task.release()
            raise

    def _result_of(self, task: Any) -> Any:
        try:
            return task.result()
        except KilledWorker as error:
            raise EmbeddingError(
                f"“{self.stage}” was broken off several times, most likely because it needs more memory than this "
                "machine has. Try it with fewer items."
            ) from error

    def _drop_the_silent(self) -> None:
        for visitor, since in list(self._looked_away.items()):
            if since < time.monotonic() - SILENCE:
                self.leave(visitor)
            elif since == math.inf and visitor != SERVER and not self._present(visitor):
                self.look_away(visitor)


class Part(Job):
    """A job as one part of a larger one sees it: its stages are told, and what is counted are the parts."""

    def __init__(self, whole: Job, done: int, total: int, label: str = "") -> None:
        super().__init__(whole.key, whole._present)
        self._looked_away, self._lock, self._stopped = whole._looked_away, whole._lock, whole._stopped
        self._whole = whole
        self._place = (done, total)
        self._label = label

    def enter(self, stage: str, total: int = 0) -> None:
        """Begin a stage of this part."""
        self._whole.enter(f"{self._label}{stage}")
        self._whole.measure(*self._place)


class JobBoard:
    """The jobs under way in this process.

    Args:
        present: whether a visitor is still there, a closed tab being none.
    """

    def __init__(self, present: Callable[[str], bool] = lambda visitor: True) -> None:
        self._present = present
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")

    def start(self, key: str, work: Callable[[Job], Any], *, visitor: str) -> Job:
        """The running job of a key, or a new one.

        Raises:
            EmbeddingError: the visitor, or all together, have too many under way.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.join(visitor):
                return job
            self._check_room(visitor)
            job = self._jobs[key] = Job(key, self._present)
            job.join(visitor)
            self._threads.submit(self._run, job, work)
            return job

    def looks_at(self, visitor: str, keys: Collection[str]) -> None:
        """Take note of all that a visitor's page asks for now.

        What another job of the same kind has replaced (a key begins with its kind, up to the first bar) is left at
        once: a moved slider must not queue behind the places it passed. The rest has `SILENCE` seconds to be asked
        for again.
        """
        kinds = {_kind(key) for key in keys}
        for job in self.running():
            if not job.awaited_by(visitor):
                continue
            if job.key in keys:
                job.join(visitor)
            elif _kind(job.key) in kinds:
                job.leave(visitor)
            else:
                job.look_away(visitor)

    def running(self) -> list[Job]:
        """The jobs under way."""
        with self._lock:
            return list(self._jobs.values())

    def _check_room(self, visitor: str) -> None:
        if visitor == SERVER:
            return
        if sum(job.awaited_by(visitor) for job in self._jobs.values()) >= PER_VISITOR:
            raise EmbeddingError(f"You have {PER_VISITOR} computations under way. Wait until one ends, or cancel one.")
        if len(self._jobs) >= AT_ONCE:
            raise EmbeddingError(f"This server has {AT_ONCE} computations under way. Try again in a minute.")

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        try:
            job.future.set_result(_with_new_workers(job, work))
        except BaseException as error:
            job.future.set_exception(error)
        finally:
            with self._lock:
                if self._jobs.get(job.key) is job:
                    del self._jobs[job.key]


def _with_new_workers(job: Job, work: Callable[[Job], Any]) -> Any:
    """The outcome of work, begun again where the workers ended under it; had it ended them twice, it always would.

    What is kept is not done twice.
    """
    with suppress(*LOST):
        return work(job)
    job.enter("This was broken off; starting again")
    try:
        return work(job)
    except LOST as error:
        raise WorkersLost(
            "This was broken off twice, most likely because it needs more memory than this machine has. Try it with "
            "fewer items."
        ) from error


def _kind(key: str) -> str:
    return key.partition("|")[0]
