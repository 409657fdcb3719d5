"""What a task can do while it runs in a worker: say how far it is, and notice that nobody waits for it any more."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from distributed import get_worker

from embeddings.errors import Cancelled

GIVEN_UP = ("cancelled", "released", "forgotten")
# What the answers depend on; tasks and results travel by Python's and distributed's own formats.
ANSWERING = ("distributed", "numpy", "scikit-learn", "umap-learn", "torch", "sentence-transformers", "lancedb")


def reporter(topic: str) -> Callable[[int, int], None]:
    """Report (done, total) under a topic (`channel/number`), and stop the task where nobody waits for it."""
    worker = get_worker()
    channel, _, number = topic.partition("/")

    def report(done: int, total: int) -> None:
        stop_if_given_up()
        worker.log_event(channel, (number, done, total))

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


def about_this_machine() -> dict[str, str]:
    """What must be equal wherever one server's tasks run: versions by name, and our own code as `vectorscope`."""
    code = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py")):
        code.update(path.read_bytes())
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in ANSWERING},
        "vectorscope": code.hexdigest(),
    }
