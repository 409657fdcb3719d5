"""One browser for the whole suite."""

import pytest
from get_chromium import installed
from playwright.sync_api import expect, sync_playwright
from serving import CHROMIUM, PATIENCE


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session", autouse=True)
def _patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)
