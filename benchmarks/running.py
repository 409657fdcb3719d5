"""Running both sides of a comparison: fresh processes, alternating rounds, servers of our own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
SERVED = Path(__file__).with_name("served")
_CALL = (
    "import json, sys; from importlib import import_module; module, name = sys.argv[1].split(':'); "
    "print(json.dumps(getattr(import_module(module), name)(*sys.argv[2:])))"
)


class Server(NamedTuple):
    """A running server.

    Attributes:
        url: its address, without a slash at the end.
        pid: of the web process.
        started: `time.perf_counter()` when it was started.
    """

    url: str
    pid: int
    started: float


def fresh(function: str, *arguments: object) -> Any:
    """What a function (`"module:name"`) returns in a process of its own; arguments travel as texts, results as JSON."""
    command = [sys.executable, "-c", _CALL, function, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def alternate(ours: Callable[[], float], baseline: Callable[[], float], *, rounds: int) -> tuple[float, float]:
    """Medians of both sides; they take turns, and so does who begins."""
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        turns = [(found[0], ours), (found[1], baseline)]
        for kept, side in turns if number % 2 == 0 else reversed(turns):
            kept.append(side())
    return median(found[0]), median(found[1])


@contextmanager
def serve(script: Path, home: Path, *more: str) -> Iterator[Server]:
    """A Streamlit server on this machine only, its store in `home`, with more options; ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", *more]
    started = time.perf_counter()
    with (home.parent / f"{home.name}.log").open("a") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(VECTORSCOPE_HOME=str(home)),
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid, started)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cluster_of(server: Server) -> psutil.Process:
    """The process of a server's scheduler, without which no job runs."""
    children = psutil.Process(server.pid).children()
    return next(child for child in children if "embeddings.jobs.cluster" in child.cmdline())


def workers_of(server: Server) -> list[psutil.Process]:
    """The processes that do a server's jobs."""
    return [child for child in cluster_of(server).children() if any("spawn_main" in word for word in child.cmdline())]


def environment(**more: str) -> dict[str, str]:
    """This environment with the project importable."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": path} | more


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError("the server did not answer within 60 s")
