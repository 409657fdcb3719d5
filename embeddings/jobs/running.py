"""What a task has while it runs in a worker: what was loaded before it, and a way to say how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import RLock

from distributed import get_worker

from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.encoders.base import Encoder, FittedEncoder
from embeddings.errors import Cancelled
from embeddings.space import Space
from embeddings.store import Store

GIVEN_UP = ("cancelled", "released", "forgotten")

_loading = RLock()


@lru_cache(maxsize=1)
def kept_store(home: str) -> Store:
    """The store of a home."""
    return Store(home)


@lru_cache(maxsize=4)
def kept_collection(home: str, fingerprint: str) -> Collection:
    """A kept collection; the last four stay in memory."""
    return kept_store(home).load(fingerprint)


@lru_cache(maxsize=2)
def kept_space(home: str, fingerprint: str, encoder: str) -> Space:
    """The space of a kept collection; the last two stay in memory.

    Raises:
        KeyError: its vectors are not all there.
    """
    space = kept_store(home).space(kept_collection(home, fingerprint), encoder)
    if space is None:
        raise KeyError(f"{encoder} of {fingerprint}")
    return space


def kept_encoder(home: str, encoder: str, fit_on: str) -> Encoder:
    """A loaded encoder; `fit_on` is the collection that it learns from, or empty."""
    with _loading:
        return _loaded_encoder(home, encoder, fit_on)


@lru_cache(maxsize=8)
def _loaded_encoder(home: str, encoder: str, fit_on: str) -> Encoder:
    model = load_encoder(encoder)
    if isinstance(model, FittedEncoder):
        model.fit(kept_collection(home, fit_on).items)
    return model


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
