"""A map of 100,000 points in a browser: our component against Streamlit's own chart."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from benchmarks.browser import Traffic, chromium, fresh_page, wait_until_idle
from benchmarks.figure import Measured
from benchmarks.running import SERVED, serve

ROUNDS = 3
_CLICK = """(name) => {
  window.before = window.drawings.at(-1)?.paint
  window.clicked = performance.now()
  const box = [...document.querySelectorAll("[data-testid=stCheckbox]")].find((each) => each.innerText.trim() === name)
  box.querySelector("input").click()
}"""
_DRAWN = """() => {
  const isNew = ({ at, points, paint }) => at > window.clicked && points > 2 && paint !== window.before
  return window.drawings.find(isNew)?.at - window.clicked
}"""


class Drawing(NamedTuple):
    """Seconds and kilobytes of one visit."""

    first: float
    recolour: float
    kilobytes: float


def run(folder: Path) -> tuple[Measured, ...]:
    """Medians of visits with an empty browser cache, from a click to the pixels; the page itself is there before.

    Ours draws 50,000 of the points over a picture of the density of all, as the application does.
    """
    visits: dict[str, list[Drawing]] = {"ours": [], "plotly": []}
    with serve(SERVED / "map_app.py", folder / "map") as server, chromium() as browser:
        for number in range(ROUNDS):
            for way in ("ours", "plotly") if number % 2 == 0 else ("plotly", "ours"):
                visits[way].append(_visit(browser, f"{server.url}/?way={way}"))
    ours, plotly = (Drawing(*map(median, zip(*visits[way], strict=True))) for way in ("ours", "plotly"))
    return tuple(Measured(mine, theirs, f"median of {ROUNDS}") for mine, theirs in zip(ours, plotly, strict=True))


def _visit(browser: Browser, url: str) -> Drawing:
    with fresh_page(browser) as page:
        traffic = Traffic(page)
        page.goto(url)
        page.get_by_text("recolour").wait_for()
        wait_until_idle(page)
        first = _seconds_to_drawing(page, "draw")
        wait_until_idle(page)
        traffic.nbytes = 0
        recolour = _seconds_to_drawing(page, "recolour")
        wait_until_idle(page)
        return Drawing(first, recolour, traffic.nbytes / 1000)


def _seconds_to_drawing(page: Page, toggle: str) -> float:
    page.evaluate(_CLICK, toggle)
    return float(page.wait_for_function(_DRAWN, polling=50).json_value()) / 1000
