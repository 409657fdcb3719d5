"""Faults that a server meets in a class: what the reader sees, and how long until it works again."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import psutil

from benchmarks.data import random_texts
from benchmarks.figure import Measured
from benchmarks.running import ROOT, Server, cluster_of, serve, workers_of
from benchmarks.visitor import Visitor

APP = ROOT / "app.py"
TEXTS = 2_000
FEW = 200
MOVED = 6
CROWD = 40
TRIES = 5


def run(folder: Path) -> tuple[Measured, ...]:
    """Each fault, one after the other, on real servers with one home."""
    home = folder / "faults"
    with serve(APP, home) as server:
        found = asyncio.run(_on_one_server(server))
        query = asyncio.run(_die_at_work(server))
    with serve(APP, home) as server:
        found.append(asyncio.run(_come_back(server, query)))
    return tuple(found)


async def _on_one_server(server: Server) -> list[Measured]:
    found = []
    for fault in (_killed_workers, _full_disk, _left_tab, _crowd, _killed_scheduler):
        async with Visitor(server.url) as visitor:
            await visitor.settle()
            visitor.stages.clear()
            found.append(await fault(server, visitor))
    return found


async def _killed_workers(server: Server, visitor: Visitor) -> Measured:
    await _bring(visitor, seed=1)
    for worker in workers_of(server):
        worker.kill()
    return await _until_it_works(visitor)


async def _full_disk(server: Server, visitor: Visitor) -> Measured:
    with _no_room(server):
        await _bring(visitor, seed=2, count=FEW)
        await visitor.finish()
        said = list(visitor.errors)
    began = time.perf_counter()
    await visitor.act("show_upload", trigger_value=True)
    return _outcome(visitor, time.perf_counter() - began, said)


async def _left_tab(server: Server, visitor: Visitor) -> Measured:
    """Somebody moves a slider and closes the tab; somebody else then asks for a map of their own."""
    undisturbed = await visitor.act("seed", double_value=1000)
    async with Visitor(server.url) as other:
        await other.settle()
        for number in range(MOVED):
            await other.begin("seed", double_value=2000 + number)
    seconds = await visitor.act("seed", double_value=1001)
    return _outcome(visitor, seconds, visitor.errors, undisturbed)


async def _crowd(server: Server, visitor: Visitor) -> Measured:
    """Many wait for maps of their own; somebody types a text."""
    await visitor.act("search_by", string_array_value={"data": ["Meaning"]})
    undisturbed = await visitor.act("search", string_value="something to eat")
    async with AsyncExitStack() as stack:
        for number in range(CROWD):
            other = await stack.enter_async_context(Visitor(server.url))
            await other.settle()
            await other.begin("seed", double_value=3000 + number)
        seconds = await visitor.act("search", string_value="somewhere to sleep")
        return _outcome(visitor, seconds, visitor.errors, undisturbed)


async def _killed_scheduler(server: Server, visitor: Visitor) -> Measured:
    cluster_of(server).kill()
    await visitor.begin("method", string_array_value={"data": ["t-SNE"]})
    return await _until_it_works(visitor)


async def _die_at_work(server: Server) -> str:
    """Kill the web server while it encodes a new collection; the address of that."""
    async with Visitor(server.url) as visitor:
        await visitor.settle()
        await _bring(visitor, seed=3)
        await visitor.stay(2)
        psutil.Process(server.pid).kill()
        return visitor.query


async def _come_back(server: Server, query: str) -> Measured:
    async with Visitor(server.url, query) as visitor:
        await visitor.finish()
        return _outcome(visitor, time.perf_counter() - server.started, visitor.errors)


async def _bring(visitor: Visitor, *, seed: int, count: int = TEXTS) -> None:
    """Paste texts that nobody has brought before, and ask for their map."""
    await visitor.open("data")
    await visitor.act("bring", string_array_value={"data": ["Paste text"]})
    await visitor.act("pasted", string_value="\n".join(random_texts(count, seed=seed)))
    await visitor.begin("show_upload", trigger_value=True)


async def _until_it_works(visitor: Visitor) -> Measured:
    """Wait, and try again as the page offers it, until there is a map without a red box."""
    said: list[str] = []
    began = time.perf_counter()
    for _ in range(TRIES):
        await visitor.finish()
        if not visitor.errors:
            break
        said += visitor.errors
        await visitor.begin("Try again", trigger_value=True)
    return _outcome(visitor, time.perf_counter() - began, said)


def _outcome(visitor: Visitor, seconds: float, said: Sequence[str], undisturbed: float | None = None) -> Measured:
    """How long it took, for ever where a red box is left, and what the reader saw: the box, and what it waited for."""
    box = [f"red box “{said[0]}”".replace("\\", "")] if said else []
    saw = " · ".join([*box, " → ".join(visitor.stages) or "no wait"])
    return Measured(float("inf") if visitor.errors else seconds, undisturbed, saw)


@contextmanager
def _no_room(server: Server) -> Iterator[None]:
    """No process of a server can write to a file, as where the disk is full."""
    processes = [server.pid, *(worker.pid for worker in workers_of(server))]
    before = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes}
    for process, (_, hard) in before.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for process, limits in before.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
