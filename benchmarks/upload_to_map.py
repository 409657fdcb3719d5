"""A newcomer's way: start the server, upload a file of 2,000 texts, see its UMAP map."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browser import PATIENCE_MS, chromium, fresh_page
from benchmarks.data import random_texts
from benchmarks.figure import Measured
from benchmarks.running import ROOT, serve
from benchmarks.table import RIVAL_SECONDS

N = 2_000
_DRAWN = "n => window.drawings.some(({ points }) => points === n)"


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds to the pixels of the map, from the start of the server and from the upload; the store is empty before."""
    file = folder / "texts.csv"
    with file.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([["text"], *([text] for text in random_texts(N, seed=3))])
    with chromium() as browser, serve(ROOT / "app.py", folder / "upload") as server, fresh_page(browser) as page:
        page.goto(f"{server.url}/data")
        uploader = page.get_by_test_id("stFileUploaderDropzoneInput").first
        uploader.wait_for(state="attached")
        uploaded = time.perf_counter()
        uploader.set_input_files(file)
        page.get_by_role("button", name="Show the map").click()
        wait_for_map(page, N)
        drawn = time.perf_counter()
    whole, own = drawn - server.started, drawn - uploaded
    return Measured(whole, RIVAL_SECONDS, "1"), Measured(own, RIVAL_SECONDS, "1")


def wait_for_map(page: Page, n: int) -> None:
    """Wait until the UMAP map of n points is drawn: the page says so under it, and the pixels are there."""
    evidence = page.get_by_text(re.compile(r"UMAP, n_neighbors")).first
    evidence.wait_for(timeout=PATIENCE_MS)
    page.wait_for_function(_DRAWN, arg=n, polling=50)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
