"""What a task can do while it runs in a worker: say how far it is, and notice that nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Callable

from distributed import get_worker

from embeddings.errors import Cancelled

GIVEN_UP = ("cancelled", "released", "forgotten")


def reporter(topic: str) -> Callable[[int, int], None]:
    """Report (done, total) under a topic, and stop the task where nobody waits for it."""
    worker = get_worker()

    def report(done: int, total: int) -> None:
        stop_if_given_up()
        worker.log_event(topic, (done, total))

    return report


def stop_if_given_up() -> None:
    """End the task that calls this if its result was released; dask itself lets running tasks go on to their end.

    Raises:
        Cancelled: nobody waits any more.
    """
    worker = get_worker()
    task = worker.state.tasks.get(worker.get_current_task())
    if task is None or task.state in GIVEN_UP:
        raise Cancelled("The job was cancelled.")
