"""The way to the cluster: one client for each process, to a cluster of its own or to `VECTORSCOPE_SCHEDULER`."""

from __future__ import annotations

import math
import os
import platform
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from cachetools import TTLCache, cached
from distributed import Client

from embeddings.computations import what_answers_depend_on
from embeddings.encoders import ENCODERS, availability
from embeddings.errors import EmbeddingError, WorkersLost
from embeddings.jobs.cluster import LONG, QUICK
from embeddings.store import Store

# What fails reaches whoever waits, so the workers need not say it too; their profiler slows loading by a fifth.
SETTINGS = {"DASK_LOGGING__DISTRIBUTED": "critical", "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
# A cluster elsewhere may be starting itself; one's own answers within a second.
SECONDS_TO_CONNECT = 10
SECONDS_TO_LET_GO = 5
# Workers come and go rarely, and asking costs the scheduler a message for each of them.
SECONDS_KNOWN = 5
SECONDS_A_REMEDY_HOLDS = 30
# What somebody waits for, ahead of all others.
URGENT = 100
# One topic for all progress: the scheduler keeps every topic that it has heard of for ever, and of servers that ask for
# the same at once all hear how far it is.
CHANNEL = "vectorscope-progress"

_lock = threading.Lock()
_client: Client | None = None
_process: subprocess.Popen[str] | None = None
_closed = False
# When the scheduler was asked, in seconds of the monotonic clock, and the kinds of tasks that each worker takes.
_offers: dict[Client, tuple[float, dict[str, frozenset[str]]]] = {}
_listeners: dict[str, list[Callable[[int, int], None]]] = {}


def start() -> Client:
    """Connect, after `close` too."""
    global _closed
    with _lock:
        _closed = False
    return client()


def client() -> Client:
    """The client of this process; the first call connects, and starts the local cluster where none is named.

    Where the local cluster has ended, another is started.

    Raises:
        WorkersLost: this process is closing, or the named cluster cannot be reached.
        EmbeddingError: the workers of the named cluster do not fit this server.
    """
    global _client
    with _lock:
        if _closed:
            raise WorkersLost("The server is stopping.")
        if _client is not None and not _alive(_client):
            _let_go()
        if _client is None:
            _client = _connect()
        return _client


def close() -> None:
    """Disconnect, and end the local cluster if this process started it; nothing starts another until `start`."""
    global _client, _process, _closed
    with _lock:
        _closed = True
        if _client is not None:
            _client.close()
        if _process is not None:
            _process.communicate(timeout=20)
        _client = _process = None
        _offers.clear()


def workers() -> int:
    """How many tasks run at once."""
    return max(1, len(_offered(client())))


def machine() -> str:
    """The name of the machine that the tasks run on; of several, all their names."""
    if "VECTORSCOPE_SCHEDULER" not in os.environ:
        return platform.node()
    return ", ".join(sorted(set(client().run(platform.node).values())))


def remedy(encoder: str) -> str | None:
    """None when an encoder can be loaded on the machine that encodes, else the sentence that says what to do."""
    if "VECTORSCOPE_SCHEDULER" not in os.environ:
        return availability.remedy(encoder)
    # Pages ask for all encoders of the table, one after the other.
    return _remedies_there(tuple(ENCODERS) if encoder in ENCODERS else (encoder,)).get(encoder)


@cached(TTLCache(1000, SECONDS_A_REMEDY_HOLDS), lock=threading.Lock())
def _remedies_there(encoders: tuple[str, ...]) -> dict[str, str | None]:
    try:
        asked = submit(availability.remedies, encoders, place=QUICK, urgency=URGENT)
        found: dict[str, str | None] = asked.result(timeout=SECONDS_TO_CONNECT)
    except TimeoutError:  # all workers are busy, so nothing is known against any
        return {}
    except WorkersLost as error:
        return dict.fromkeys(encoders, str(error))
    return found


def submit(function: Any, *args: Any, place: str, urgency: int = 0, key: str | None = None) -> Any:
    """Run a function in a worker that offers a place for such tasks (READ, QUICK, ENCODE or LONG); return its future.

    More urgent tasks overtake waiting ones. With a key, work of the same key is done once, whoever asks.
    """
    asked = client()
    resources = {place: 1} if _takers(asked, place) else None
    return asked.submit(function, *args, resources=resources, priority=urgency, key=key, pure=False)


def submit_reporting(
    function: Any,
    *args: Any,
    listener: Callable[[int, int], None],
    key: str,
    place: str = LONG,
    urgency: int = 0,
) -> Any:
    """Run a function that takes, as its last argument, a topic under which it reports (done, total)."""
    _listeners.setdefault(key, []).append(listener)
    future = submit(function, *args, f"{CHANNEL}/{key}", place=place, urgency=urgency, key=key)
    future.add_done_callback(lambda _: _fall_silent(key, listener))
    return future


def hold(content: Any, *, place: str = "") -> Any:
    """Something large for tasks to be called with: it travels once and beside them, and is kept while this lives.

    With a place it goes to where such tasks are done.
    """
    asked = client()
    return asked.scatter([content], workers=_takers(asked, place)[:1] or None, hash=False)[0]


def launch() -> None:
    """Begin to start the local cluster, where none is named, without waiting for it."""
    with _lock:
        if _process is None and "VECTORSCOPE_SCHEDULER" not in os.environ:
            _launch()


def _connect() -> Client:
    named = os.environ.get("VECTORSCOPE_SCHEDULER")
    address = named or _start_local()
    try:
        connected = Client(address, name="vectorscope", timeout=SECONDS_TO_CONNECT)
    except OSError as error:
        _let_go()  # a cluster of its own that does not answer makes room for the next
        raise WorkersLost(f"The workers of this server cannot be reached at {address}: {error}.") from error
    connected.subscribe_topic(CHANNEL, _hear)
    if named:
        try:
            _check_workers(connected)
        except EmbeddingError:
            connected.close()
            raise
    return connected


def _alive(known: Client) -> bool:
    """Whether tasks can be sent; a cluster elsewhere that is reconnecting gets them when it is back.

    One's own that does not answer is ending, a moment before its process has: no task may reach it any more.
    """
    if _process is None:
        return known.status in ("running", "connecting")
    return known.status == "running" and _process.poll() is None


def _let_go() -> None:
    """Part from a cluster that has ended; whoever waits for its tasks is told by their futures."""
    global _client, _process
    if _client is not None:
        threading.Thread(target=partial(_client.close, timeout=SECONDS_TO_LET_GO), daemon=True).start()
    if _process is not None:
        _process.kill()
        _process.communicate()
    _client = _process = None
    _offers.clear()


def _offered(asked: Client) -> dict[str, frozenset[str]]:
    """The kinds of tasks that each worker of a cluster takes."""
    when, offered = _offers.get(asked, (-math.inf, {}))
    now = time.monotonic()
    if now - when > SECONDS_KNOWN or not any(offered.values()):
        found = asked.scheduler_info(n_workers=-1).get("workers", {})
        offered = {address: frozenset(worker["resources"]) for address, worker in found.items()}
        _offers[asked] = now, offered
    return offered


def _takers(asked: Client, place: str) -> list[str]:
    return [address for address, places in _offered(asked).items() if place in places]


def _hear(event: tuple[float, tuple[str, int, int]]) -> None:
    _, (key, done, total) = event
    for listener in list(_listeners.get(key, ())):
        listener(done, total)


def _fall_silent(key: str, listener: Callable[[int, int], None]) -> None:
    with suppress(KeyError, ValueError):
        _listeners[key].remove(listener)
        if not _listeners[key]:
            del _listeners[key]


def _check_workers(connected: Client) -> None:
    """Refuse workers that would compute something else than this process, or cannot see what it keeps.

    Raises:
        EmbeddingError: they differ; the message says in what.
    """
    here = what_answers_depend_on()
    for address, there in connected.run(what_answers_depend_on).items():
        different = sorted(name for name in here if here[name] != there.get(name))
        if different:
            said = "; ".join(f"{name}: {there.get(name)} there, {here[name]} here" for name in different)
            raise EmbeddingError(f"The worker at {address} does not fit this server ({said}).")
    store, mark = Store(), f"home|{secrets.token_hex(8)}"
    store.results.put(mark, True)
    for address, sees_it in connected.run(_sees, store.home, mark).items():
        if not sees_it:
            raise EmbeddingError(
                f"The worker at {address} does not see what this server keeps in {store.home}. Give both the same "
                "VECTORSCOPE_HOME: a folder at the same path on every machine, or an object store."
            )


def _sees(home: str, key: str) -> bool:
    return Store(home).results.get(key) is not None


def _start_local() -> str:
    process = _process or _launch()
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        status = process.wait()
        _let_go()
        raise WorkersLost(f"The workers of this server did not start (exit status {status}).")
    return address


def _launch() -> subprocess.Popen[str]:
    global _process
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    _process = subprocess.Popen(
        [sys.executable, "-m", "embeddings.jobs.cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | SETTINGS | {"PYTHONPATH": path},
        start_new_session=True,
    )
    return _process
