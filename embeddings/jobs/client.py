"""The way to the cluster: one client for each process, to a cluster of its own or to `VECTORSCOPE_SCHEDULER`."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from distributed import Client

from embeddings.jobs.cluster import LONG, QUICK

# What fails reaches whoever waits, so the workers need not say it too; their profiler slows loading by a fifth.
SETTINGS = {"DASK_LOGGING__DISTRIBUTED": "critical", "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}

_lock = threading.Lock()
_client: Client | None = None
_process: subprocess.Popen[str] | None = None


def client() -> Client:
    """The client of this process; the first call connects, and starts the local cluster where none is named."""
    global _client
    with _lock:
        if _client is None:
            address = os.environ.get("VECTORSCOPE_SCHEDULER") or _start_local()
            _client = Client(address, name="vectorscope")
        return _client


def close() -> None:
    """Disconnect, and end the local cluster if this process started it."""
    global _client, _process
    with _lock:
        if _client is not None:
            _client.close()
        if _process is not None:
            _process.communicate(timeout=20)
        _client = _process = None


def workers() -> int:
    """How many tasks run at once."""
    return max(1, len(client().scheduler_info(n_workers=-1)["workers"]))


def submit(function: Any, *args: Any, place: str, urgency: int = 0, key: str | None = None) -> Any:
    """Run a function in a worker that offers a place for such tasks (READ, QUICK, ENCODE or LONG); return its future.

    More urgent tasks overtake waiting ones. With a key, work of the same key is done once, whoever asks.
    """
    known = client().scheduler_info(n_workers=-1)["workers"].values()
    resources = {place: 1} if any(place in worker["resources"] for worker in known) else None
    return client().submit(function, *args, resources=resources, priority=urgency, key=key, pure=False)


def submit_urgent(function: Any, *args: Any) -> Any:
    """Run a function that somebody waits for, ahead of all others."""
    return submit(function, *args, place=QUICK, urgency=100)


def submit_reporting(function: Any, *args: Any, listener: Callable[[int, int], None], place: str = LONG) -> Any:
    """Run a function that takes, as its last argument, a topic under which it reports (done, total)."""
    topic = f"progress-{secrets.token_hex(8)}"
    client().subscribe_topic(topic, lambda event: listener(*event[1]))
    future = submit(function, *args, topic, place=place)
    future.add_done_callback(lambda _: client().unsubscribe_topic(topic))
    return future


def submit_large(function: Any, content: Any, *args: Any, place: str) -> Any:
    """Run a function that somebody waits for on something large."""
    return submit(function, hold(content), *args, place=place, urgency=100)


def hold(content: Any) -> Any:
    """Something large for tasks to be called with: it travels once and beside them, and is kept while this lives."""
    return client().scatter([content], hash=False)[0]


def launch() -> None:
    """Begin to start the local cluster, where none is named, without waiting for it."""
    with _lock:
        if _process is None and "VECTORSCOPE_SCHEDULER" not in os.environ:
            _launch()


def _start_local() -> str:
    process = _process or _launch()
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        raise RuntimeError(f"the local cluster did not start (exit status {process.wait()})")
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
