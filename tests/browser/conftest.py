"""One browser for the whole suite."""

import pytest
from get_chromium import installed
from playwright.sync_api import sync_playwright
from serving import CHROMIUM


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM)
    yield browser
    browser.close()
