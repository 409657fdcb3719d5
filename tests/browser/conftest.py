"""Browsers for the whole suite, and visits that complain of nothing.

Most windows belong to a profile on disk: there Chromium keeps compiled scripts, which halves the work of a visit.
"""

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
    """A browser that remembers nothing."""
    browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def at_home(playwright, tmp_path_factory):
    """Start a browser with a profile of that name on disk; each name is open once at a time."""
    folder = tmp_path_factory.mktemp("profiles")

    def start(name, **options):
        place = str(folder / name)
        return playwright.chromium.launch_persistent_context(
            place, executable_path=installed(), args=CHROMIUM, **options
        )

    return start


@pytest.fixture(scope="session", autouse=True)
def _patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture(scope="session")
def map_demo(new_home):
    with Server(new_home(), HERE / "map_demo" / "app.py") as server:
        yield f"{server.address}/"


@pytest.fixture(scope="session")
def pictures_demo(new_home):
    with Server(new_home(), HERE / "pictures_demo" / "app.py") as server:
        yield f"{server.address}/"


@pytest.fixture(scope="session")
def context(at_home):
    """One context for the tests of all demos."""
    context = at_home("demos", viewport=SIZE)
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
    forget(context, address)
    assert [said for said in visit.complaints if not (visit.allowed and visit.allowed in said)] == []


@pytest.fixture(scope="session")
def server(new_home):
    """The whole application; nothing is stored in its home at first."""
    with Server(new_home()) as running:
        yield running


@pytest.fixture(scope="session")
def windows(at_home, server):
    """A context for the whole application."""
    context = at_home("application", viewport={"width": 1440, "height": 900}, base_url=server.address)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(windows, server):
    """A newcomer's window; no error, no complaint of the browser and no request to another host is allowed."""
    page = windows.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda m: page.problems.append(m.text) if "Content Security Policy" in m.text else None)
    own = (server.address, *OWN)
    page.on("request", lambda r: None if r.url.startswith(own) else page.problems.append(r.url))
    yield page
    # The first window is the browser's own; without any it would end.
    for opened in windows.pages[1:]:
        opened.close()
    forget(windows, server.address)
    assert not page.problems


def forget(context, origin):
    """Take away what a site left in the browser, all but scripts."""
    context.clear_cookies()
    kinds = "local_storage,indexeddb,service_workers"
    origin = {"origin": origin.rstrip("/"), "storageTypes": kinds}
    context.new_cdp_session(context.pages[0]).send("Storage.clearDataForOrigin", origin)


def pytest_collection_modifyitems(items):
    """The newcomer's journey comes first: the server is bare, and what it prepares then serves the others."""
    items.sort(key=lambda item: "browser" in item.path.parts and item.path.name != "test_journey.py")
