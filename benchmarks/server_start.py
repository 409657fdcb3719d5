"""From the start of the server to its first page with a drawn map, and what the web process has loaded."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browser import chromium, fresh_page
from benchmarks.figure import Measured
from benchmarks.running import ROOT, serve
from benchmarks.upload_to_map import wait_for_map
from embeddings.samples import load_sample

LATER = 3


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds with an empty store and with what it then holds; a torch library in the web process is an error.

    Raises:
        RuntimeError: the web process has loaded torch.
    """
    n = len(load_sample("words"))
    with chromium() as browser:
        first, libraries = _start(browser, folder / "start", n)
        later = [_start(browser, folder / "start", n) for _ in range(LATER)]
    found = {library for _, each in [(first, libraries), *later] for library in each}
    if found:
        raise RuntimeError(f"the web process has loaded {', '.join(sorted(found))}")
    return (
        Measured(first, None, "1"),
        Measured(median(seconds for seconds, _ in later), None, f"median of {LATER}"),
        Measured(len(found), None, f"{1 + LATER} processes looked at"),
    )


def _start(browser: Browser, home: Path, n: int) -> tuple[float, set[str]]:
    with serve(ROOT / "app.py", home) as server, fresh_page(browser) as page:
        page.goto(server.url)
        wait_for_map(page, n)
        return time.perf_counter() - server.started, torch_libraries(server.pid)


def torch_libraries(pid: int) -> set[str]:
    """Names of the torch libraries that a process has mapped, as Linux tells it."""
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {Path(line.split()[-1]).name for line in maps if "libtorch" in line}
