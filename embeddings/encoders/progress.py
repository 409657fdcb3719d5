"""Progress of an encoder that has to be prepared before its first use, for whoever waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def report(done: int, total: int) -> None:
    """Tell the listener, if there is one, how many of all parts are done."""
    listener = _listener.get()
    if listener is not None:
        listener(done, total)


@contextmanager
def reporting_to(listener: Listener) -> Iterator[None]:
    """While this is open, preparations report to the listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
