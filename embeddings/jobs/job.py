"""Jobs that readers wait for: true progress, one computation for equal requests, cancelled when nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from distributed import wait

from embeddings.errors import Cancelled

AT_ONCE = 32
SERVER = "server"
IN_ADVANCE = -10


class Job:
    """One piece of heavy work; its driver thread reports progress here and looks here whether to stop.

    Attributes:
        key: stands for the result: equal keys, one job.
        stage: what it does now, in words for the reader.
        done, total: progress within the stage; total 0 while it cannot be known.
        future: the outcome.
        urgency: of its tasks; what nobody waits for yet gives way.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.stage = "Waiting for a free place"
        self.done = 0
        self.total = 0
        self.future: Future[Any] = Future()
        self.urgency = 0
        self._waiting: set[str] = set()
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
        """Stop here if the job was cancelled.

        Raises:
            Cancelled: nobody waits any more.
        """
        if self._stopped.is_set():
            raise Cancelled("The job was cancelled.")

    def wait_for(self, task: Any) -> Any:
        """The result of a worker's task; the task is given up with the job."""
        return self.wait_for_any([task])[0].result()

    def wait_for_any(self, tasks: list[Any]) -> list[Any]:
        """Those of the tasks that are done, at least one; all are given up with the job.

        Giving up releases them: what no other job waits for leaves the queue.
        """
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                return list(wait(tasks, timeout=0.25, return_when="FIRST_COMPLETED").done)
        for task in tasks:
            task.release()
        raise Cancelled("The job was cancelled.")

    def leave(self, visitor: str) -> None:
        """One visitor cancels; the job stops when no other waits for it."""
        self._waiting.discard(visitor)
        if not self._waiting:
            self._stopped.set()

    def join(self, visitor: str) -> None:
        """One more visitor waits for this job."""
        self._waiting.add(visitor)

    @property
    def only_in_advance(self) -> bool:
        """Whether only the server itself waits for it."""
        return self._waiting == {SERVER}

    @property
    def stopped(self) -> bool:
        """Whether it was cancelled."""
        return self._stopped.is_set()


class JobBoard:
    """The jobs under way in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")

    def start(self, key: str, work: Callable[[Job], Any], *, visitor: str) -> Job:
        """The running job of a key, or a new one."""
        with self._lock:
            job = self._jobs.get(key)
            new = job is None or job.stopped
            if job is None or job.stopped:
                job = self._jobs[key] = Job(key)
            job.join(visitor)
            job.urgency = IN_ADVANCE if job.only_in_advance else 0
            if new:
                self._threads.submit(self._run, job, work)
            return job

    def running(self) -> list[Job]:
        """The jobs under way."""
        with self._lock:
            return list(self._jobs.values())

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        try:
            job.future.set_result(work(job))
        except BaseException as error:
            job.future.set_exception(error)
        finally:
            with self._lock:
                if self._jobs.get(job.key) is job:
                    del self._jobs[job.key]
