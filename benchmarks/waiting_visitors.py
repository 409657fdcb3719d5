"""Whether a light page stays quick while others wait for heavy jobs."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from benchmarks.figure import Measured
from benchmarks.running import SERVED, serve
from benchmarks.visitor import LONGEST_RUN, Visitor

ROUNDS = 3
RERUNS = 50
VISITORS = 20
PAUSE = 0.02


def run(folder: Path) -> tuple[Measured, ...]:
    """Median milliseconds of a light page's rerun, idle and busy in turns, on one server."""
    with serve(SERVED / "visitors_app.py", folder / "visitors") as server:
        idle, busy = asyncio.run(_rounds(server.url))
    return (Measured(1000 * median(busy), 1000 * median(idle), f"p50 of {ROUNDS} × {RERUNS} reruns each"),)


async def _rounds(url: str) -> tuple[list[float], list[float]]:
    idle: list[float] = []
    busy: list[float] = []
    async with AsyncExitStack() as stack:
        light = await stack.enter_async_context(Visitor(url))
        waiting = [await stack.enter_async_context(Visitor(url, "job=200")) for _ in range(VISITORS)]
        for _ in range(ROUNDS):
            idle += await _reruns(light)
            busy += await _reruns_beside(light, waiting)
    return idle, busy


async def _reruns_beside(light: Visitor, waiting: list[Visitor]) -> list[float]:
    """Reruns of the light page while all others always wait for a job."""
    enough = asyncio.Event()

    async def keep_waiting(visitor: Visitor) -> None:
        while not enough.is_set():
            await visitor.run()

    async with asyncio.timeout(2 * LONGEST_RUN), asyncio.TaskGroup() as group:
        for visitor in waiting:
            group.create_task(keep_waiting(visitor))
        try:
            await asyncio.sleep(0.5)
            times = await _reruns(light)
        finally:
            enough.set()
    return times


async def _reruns(light: Visitor) -> list[float]:
    times = []
    for _ in range(RERUNS):
        times.append(await light.run())
        await asyncio.sleep(PAUSE)
    return times
