"""A headless Chromium that notes when a map has been drawn and what travelled over the WebSocket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

PROBE = Path(__file__).with_name("probe.js")
PATIENCE_MS = 120_000
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-unsafe-swiftshader", "--use-angle=swiftshader",
]  # fmt: skip


class Traffic:
    """Bytes of WebSocket frames of a page, both directions."""

    def __init__(self, page: Page) -> None:
        self.nbytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._count)
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self.nbytes += len(frame)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium of the system, or Playwright's own."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache and the probe in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(path=PROBE)
    yield context.new_page()
    context.close()


def wait_until_idle(page: Page) -> None:
    """Wait until the page's script does not run and nothing was drawn for a second."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_function("() => performance.now() - (window.drawings.at(-1)?.at ?? 0) > 1000", polling=100)
