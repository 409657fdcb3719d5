"""One browser for the whole suite, and visits that complain of nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from get_chromium import installed
from map_page import READY, SIZE
from playwright.sync_api import expect, sync_playwright
from serving import CHROMIUM, PATIENCE, Server

HERE = Path(__file__).parent
OWN = ("data:", "blob:")


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


@pytest.fixture(scope="session")
def map_demo(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("demo-home"), HERE / "map_demo" / "app.py") as server:
        yield f"{server.address}/"


@pytest.fixture(scope="session")
def pictures_demo(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("demo-home"), HERE / "pictures_demo" / "app.py") as server:
        yield f"{server.address}/"


@pytest.fixture(scope="module")
def context(chromium):
    """One context for all tests of a file, so that scripts are fetched and compiled once."""
    context = chromium.new_context(viewport=SIZE)
    yield context
    context.close()


@pytest.fixture
def visit(context, address):
    """Open the demo at `address` with a query.

    The console may hold no complaint unless the test allows it, and no other host may be asked for anything.
    """
    opened = []
    visit = SimpleNamespace(complaints=[], allowed=None)

    def open_page(query="", *, context=context, prepare=None, **media):
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.emulate_media(**media)
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith((address, *OWN)) else visit.complaints.append(r.url))
        opened.append(page)
        if prepare:
            prepare(page)
        page.goto(address + query)
        if not prepare:
            page.wait_for_function(READY)
        return page

    visit.page = open_page
    yield visit
    for page in opened:
        page.close()
    assert [said for said in visit.complaints if not (visit.allowed and visit.allowed in said)] == []


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The whole application; its home is empty at first."""
    with Server(tmp_path_factory.mktemp("server-home")) as running:
        yield running


@pytest.fixture
def page(chromium, server):
    """A newcomer's window; no error, no complaint of the browser and no request to another host is allowed."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=server.address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda m: page.problems.append(m.text) if "Content Security Policy" in m.text else None)
    at_home = (server.address, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(at_home) else page.problems.append(r.url))
    yield page
    context.close()
    assert not page.problems
