"""A class on one server: thirty visitors who act, what their sessions leave in memory, and a tab that waits.

`class` is a word of Python's own, hence the name of this file. `CLASS_SECONDS` shortens the lesson.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import psutil

from benchmarks.figure import Measured
from benchmarks.running import ROOT, Server, serve, workers_of
from benchmarks.visitor import Visitor

APP = ROOT / "app.py"
VISITORS = 30
SECONDS = float(os.environ.get("CLASS_SECONDS", "60"))
THINKING = (3.5, 5.5)
HEALTH_EVERY = 0.25
SESSIONS = 200
WAITING = 10.0
WORDS = 3_240
COLOURS = ("category", "true neighbours kept", "nothing")
SUMS = (
    "king - man + woman",
    "paris - france + italy",
    "bigger - big + small",
    "walking - walk + swim",
    "doctor - man + woman",
    "uncle - man + woman",
)


class Lesson(NamedTuple):
    """What a lesson took.

    Attributes:
        reruns: seconds from each action to its whole answer.
        health: seconds that health checks took meanwhile.
        before, after: memory of the web process in MB.
    """

    reruns: list[float]
    health: list[float]
    before: float
    after: float


class Found(NamedTuple):
    """What was measured on one server: the lesson, then the memory in MB and the processor seconds of what follows."""

    lesson: Lesson
    sessions: list[float]
    waiting: float


def run(folder: Path) -> tuple[Measured, ...]:
    """The lesson, many sessions and a waiting tab, with our settings and with Streamlit's own."""
    ours, theirs = (_measure(folder / "class", collecting) for collecting in ("false", "true"))
    answers, their_answers = (1000 * np.array(found.lesson.reruns) for found in (ours, theirs))
    checks, their_checks = (1000 * np.array(found.lesson.health) for found in (ours, theirs))
    p50, their_p50 = float(np.median(answers)), float(np.median(their_answers))
    told = f"{SECONDS:g} s each"
    return (
        Measured(p50, None, f"{SECONDS:g} s"),
        Measured(p50, their_p50, told),
        Measured(float(np.percentile(answers, 95)), float(np.percentile(their_answers, 95)), told),
        Measured(len(answers), len(their_answers), told),
        Measured(float(np.percentile(checks, 95)), float(np.percentile(their_checks, 95)), told),
        Measured(ours.lesson.after, theirs.lesson.after, " · ".join(_from_to(each.lesson) for each in (ours, theirs))),
        Measured(_growth(ours), _growth(theirs), " · ".join(_on_the_way(each.sessions) for each in (ours, theirs))),
        Measured(ours.waiting, theirs.waiting, f"{WAITING:g} s each"),
    )


def _measure(home: Path, collecting: str) -> Found:
    # Sessions that were left end at once, or all of them would still be there when memory is looked at.
    options = "--server.disconnectedSessionTTL", "1", "--runner.postScriptGC", collecting
    with serve(APP, home, *options) as server:
        lesson = asyncio.run(_lesson(server))
        return Found(lesson, asyncio.run(_sessions(server)), asyncio.run(_waiting_tab(server)))


def _from_to(lesson: Lesson) -> str:
    return f"from {lesson.before:.0f} to {lesson.after:.0f} MB"


def _on_the_way(megabytes: list[float]) -> str:
    return f"{' → '.join(f'{each:.0f}' for each in megabytes)} MB"


def _growth(found: Found) -> float:
    return found.sessions[-1] - found.sessions[0]


async def _lesson(server: Server) -> Lesson:
    reruns: list[float] = []
    health: list[float] = []
    async with AsyncExitStack() as stack:
        async with Visitor(server.url) as first:
            await _everything_once(first)
        visitors = [await stack.enter_async_context(Visitor(server.url)) for _ in range(VISITORS)]
        before, end = _megabytes(server), time.perf_counter() + SECONDS
        async with asyncio.TaskGroup() as group:
            group.create_task(_check_health(server.url, end, health))
            for number, visitor in enumerate(visitors):
                group.create_task(_learn(visitor, random.Random(number), end, reruns))
        after = _megabytes(server)
    return Lesson(reruns, health, before, after)


async def _everything_once(visitor: Visitor) -> None:
    """What the class will ask for is worked out before, as a teacher does who prepares the lesson."""
    await visitor.settle()
    for colour in COLOURS:
        await visitor.act("colour", string_value=colour)
    await visitor.act("map", json_value=_click(0))
    await visitor.open("neighbours")
    await visitor.open("analogies")
    for each in SUMS:
        await visitor.act("sum", string_value=each)


async def _learn(visitor: Visitor, chance: random.Random, end: float, reruns: list[float]) -> None:
    """One of the class: think, act, think again; every second turn, on average, goes to another page."""
    await asyncio.sleep(chance.uniform(0, THINKING[1]))
    while time.perf_counter() < end:
        reruns.append(await _act(visitor, chance))
        await asyncio.sleep(chance.uniform(*THINKING))


async def _act(visitor: Visitor, chance: random.Random) -> float:
    page = chance.choice((visitor.page, "", "neighbours", "analogies"))
    if page != visitor.page:
        return await visitor.open(page)
    if page == "analogies":
        return await visitor.act("sum", string_value=chance.choice(SUMS))
    if page == "neighbours":
        return await visitor.act("k", double_array_value={"data": [chance.randrange(5, 40)]})
    if chance.random() < 0.5:
        return await visitor.act("colour", string_value=chance.choice(COLOURS))
    return await visitor.act("map", json_value=_click(chance.randrange(WORDS)))


def _click(row: int) -> str:
    return f'{{"clicked": {{"row": {row}}}}}'


async def _check_health(url: str, end: float, seconds: list[float]) -> None:
    place = urlsplit(url)
    while (began := time.perf_counter()) < end:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(b"GET /_stcore/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        await reader.read()
        seconds.append(time.perf_counter() - began)
        writer.close()
        await asyncio.sleep(HEALTH_EVERY)


async def _sessions(server: Server) -> list[float]:
    """Memory in MB before, in the middle of and after many sessions that open, click and go."""
    found = [_megabytes(server)]
    for number in range(SESSIONS):
        async with Visitor(server.url) as visitor:
            await visitor.settle()
            await visitor.act("map", json_value=_click(number))
        if number + 1 in (SESSIONS // 2, SESSIONS):
            found.append(_megabytes(server))
    return found


async def _waiting_tab(server: Server) -> float:
    """Processor seconds that the web process takes for one tab that waits for a job."""
    async with Visitor(server.url) as visitor:
        await visitor.settle()
        stopped = workers_of(server)
        for worker in stopped:
            worker.send_signal(signal.SIGSTOP)
        try:
            await visitor.begin("method", string_array_value={"data": ["t-SNE"]})
            return await _busy(server, visitor)
        finally:
            for worker in stopped:
                worker.send_signal(signal.SIGCONT)


async def _busy(server: Server, visitor: Visitor) -> float:
    process = psutil.Process(server.pid)
    before = process.cpu_times()
    await visitor.stay(WAITING)
    after = process.cpu_times()
    return after.user + after.system - before.user - before.system


def _megabytes(server: Server) -> float:
    return psutil.Process(server.pid).memory_info().rss / 2**20
