"""Who can reach this server, what visitors may ask it to load, and how much each may bring and start within a while."""

from __future__ import annotations

import math
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from cachetools import TTLCache, cached
from streamlit import config
from streamlit.net_util import get_internal_ip

from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.reading.wording import megabytes, several

ANY_MODEL, MODEL_FOLDERS = "VECTORSCOPE_ANY_MODEL", "VECTORSCOPE_MODEL_FOLDERS"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")


def announce() -> None:
    """Let Streamlit print the address to give to others; by itself it would ask the internet for one more."""
    if listens_everywhere() and not config.is_manually_set("browser.serverAddress"):
        config.set_option("browser.serverAddress", get_internal_ip() or LOOPBACK[0])


def listens_everywhere() -> bool:
    """Whether the server takes connections at every address of this machine."""
    return (config.get_option("server.address") or EVERYWHERE[0]) in EVERYWHERE


def is_public() -> bool:
    """Whether other machines can reach the server: at its own address, or by another name through a proxy."""
    known = {config.get_option("server.address") or EVERYWHERE[0], *config.get_option("server.allowedHosts")}
    return not known <= set(LOOPBACK)


@cached(TTLCache(maxsize=1, ttl=30))  # a laptop changes its address when it changes the network
def names() -> tuple[str, ...]:
    """The host names that the server answers to: those of `server.allowedHosts`, or else its own."""
    if given := config.get_option("server.allowedHosts"):
        return tuple(given)
    if not listens_everywhere():
        return (*LOOPBACK, str(config.get_option("server.address")))
    found = [each for every in psutil.net_if_addrs().values() for each in every]
    own = [each.address.partition("%")[0] for each in found if each.family in (socket.AF_INET, socket.AF_INET6)]
    host = socket.gethostname()
    return (*LOOPBACK, *own, host, f"{host.partition('.')[0]}.local")


def answers_to(host: str, names: Sequence[str]) -> bool:
    """Whether the Host header of a request is one of the names, whatever its port; `*.` stands for any part before."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a port that is no number, half a bracket
        return False
    if not name or parts.netloc != host or "@" in host:
        return False
    return any(_fits(name, each.strip().lower().rstrip(".")) for each in names)


def any_model() -> bool:
    """Whether visitors may name models that are not in the table of encoders, which are then downloaded.

    `VECTORSCOPE_ANY_MODEL` says so by 1 or 0; without it, they may where no other machine can reach the server.
    """
    said = os.environ.get(ANY_MODEL, "")
    return said != "0" if said else not is_public()


def folders_of(setting: str) -> list[Path]:
    """The folders that an environment variable names, separated as in `PATH`; those that do not exist are left out."""
    named = [Path(text).expanduser().absolute() for text in os.environ.get(setting, "").split(os.pathsep) if text]
    return [path for path in named if path.is_dir()]


def within(typed: str, folders: Sequence[Path]) -> Path | None:
    """What a path names inside the folders, links followed; None where there is nothing, or it lies outside.

    A relative path is looked for in each. A path that lies outside as it is written is not even looked for.
    """
    real = [folder.resolve() for folder in folders]
    for folder in folders:
        path = Path(os.path.normpath(folder / typed))
        found = _resolved(path) if any(path.is_relative_to(each) for each in (*folders, *real)) else None
        if found is not None and any(found.is_relative_to(each) for each in real):
            return found
    return None


def why_not_named(encoder: str) -> str | None:
    """Why visitors may not name an encoder, as a sentence; None where they may, or where there is none of this name."""
    kind, _, place = encoder.partition(":")
    if encoder in ENCODERS or kind not in ("hub", "open_clip", "folder", "local-dir"):
        return None
    if kind in ("hub", "open_clip"):
        return (
            None
            if any_model()
            else (
                "This server offers only the encoders of its table. Whoever runs it can allow others, which are then "
                f"downloaded, by {ANY_MODEL}=1."
            )
        )
    folders = folders_of(MODEL_FOLDERS)
    if not folders:
        return (
            "This server offers no models in its folders. Whoever runs it can allow some: by the names of the folders "
            f"in {MODEL_FOLDERS}."
        )
    # Encoders open the path as it is written, so it must have one reading only.
    plain = os.path.isabs(place) and os.path.normpath(place) == place
    found = within(place, folders) if plain else None
    if found is None or not found.is_dir():
        return f"There is no folder “{place[:200]}” among those whose models this server offers."
    return None


def _fits(name: str, pattern: str) -> bool:
    return pattern == "*" or (name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern)


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None


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
