"""How much one visitor may bring and start within a while, so that none takes the server away from all others."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

from cachetools import TTLCache

from embeddings.errors import EmbeddingError
from embeddings.reading.wording import megabytes, several

MOST_VISITORS = 10_000


class Rate:
    """At most so much within so many seconds, counted for each session: a class behind one router has one address.

    Args:
        most: how much.
        seconds: within which.
        clock: gives the time in seconds.
    """

    def __init__(self, most: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds = most, seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: TTLCache[str, deque[tuple[float, int, str]]] = TTLCache(MOST_VISITORS, seconds, clock)

    def take(self, visitor: str, amount: int = 1, what: str = "") -> int:
        """Count an amount, once for the same `what`; 0, or the seconds to wait where it would be too much now."""
        with self._lock:
            taken = self._of(visitor)
            if what and any(each == what for _, _, each in taken):
                return 0
            wait = self._wait(taken, amount)
            if not wait:
                taken.append((self._clock(), amount, what))
                self._taken[visitor] = taken
            return wait

    def wait(self, visitor: str, amount: int) -> int:
        """The seconds until an amount can be taken; 0 for at once."""
        with self._lock:
            return self._wait(self._of(visitor), amount)

    def _of(self, visitor: str) -> deque[tuple[float, int, str]]:
        taken = self._taken.get(visitor, deque())
        while taken and taken[0][0] <= self._clock() - self.seconds:
            taken.popleft()
        return taken

    def _wait(self, taken: deque[tuple[float, int, str]], amount: int) -> int:
        over = sum(size for _, size, _ in taken) + amount - self.most
        for at, size, _ in taken:
            if over <= 0:
                break
            over -= size
            if over <= 0:
                return max(1, math.ceil(at + self.seconds - self._clock()))
        return self.seconds if over > 0 else 0


# Sliding quickly starts some ten new computations a second for a few seconds; a script starts them without end.
JOBS = Rate(300, 60)
# Five files of the largest size: what was brought stays in memory while its session lasts.
UPLOADS = Rate(1_000_000_000, 600)


def count_job(visitor: str, key: str) -> None:
    """Count a computation that a visitor asks for; asking again for the same costs nothing.

    Raises:
        EmbeddingError: they have started too many within a minute.
    """
    wait = JOBS.take(visitor, what=key)
    if wait:
        raise EmbeddingError(
            f"You have started {JOBS.most} computations within a minute, the most for one visitor: "
            f"try again in {in_words(wait)}."
        )


def uploads_left(visitor: str, size: int) -> str:
    """When a visitor can bring a file of a size, as a sentence; empty for at once."""
    wait = UPLOADS.wait(visitor, size)
    if not wait:
        return ""
    return (
        f"One visitor can bring {megabytes(UPLOADS.most)} within {in_words(UPLOADS.seconds)}, and you have brought "
        f"most of it: a file of {megabytes(size)} can come again in {in_words(wait)}."
    )


def in_words(seconds: int) -> str:
    """`12 seconds`, `4 minutes`."""
    return several(seconds, "second") if seconds < 100 else several(math.ceil(seconds / 60), "minute")
