"""Pages run in AppTest against a real cluster and a store of their own; routes are asked without a server."""

from functools import cache

import pyarrow as pa
import pytest
from asking import TestClient
from driving import PATIENCE, SHELL, settle
from some_pictures import coloured_pictures, first_of
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from components.app.routes import routes
from components.app.security import SecurityHeaders
from components.kit import caching
from components.kit.published import PUBLISHED
from embeddings.collection import Collection
from embeddings.jobs import client as jobs_client


@pytest.fixture(scope="session", autouse=True)
def cluster(home):
    yield jobs_client.start()
    jobs_client.close()


@pytest.fixture(scope="session", autouse=True)
def _packages_are_searched_once():
    """AppTest reads the metadata of all installed packages for each application, which takes longer than a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def open_page():
    """Open a page by its file name with the parameters of a link, and wait until it is drawn."""

    def open_it(page="map.py", **link):
        app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
        for name, value in {"collection": "sentences", "encoder": "TF-IDF", "method": "PCA", **link}.items():
            app.query_params[name] = value
        if page != "map.py":
            app.switch_page(f"../../pages/{page}")
        return settle(app.run())

    return open_it


@pytest.fixture
def client():
    """Asks the routes of a server that has published nothing yet."""
    PUBLISHED.clear()
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware)]))


@pytest.fixture(scope="session")
def some_scenes(cluster):
    """A link to the first 90 of the drawn scenes."""
    return {"collection": caching.store().save(first_of("scenes", 90)).id, "encoder": "Scenes CLIP"}


@pytest.fixture(scope="session")
def some_digits(cluster):
    """A link to the first 200 digits."""
    return {"collection": caching.store().save(first_of("digits", 200)).id, "encoder": "Scenes CLIP"}


@pytest.fixture
def captioned():
    """Four pictures with files, captions, labels and a number."""
    files = ["warm/a.png", "cold/b.png", "cold/c.png", "../../warm/a.png"]
    names = ["a red square", None, "blue =square", "yellow"]
    labels = ["warm", "cold", "cold", "warm"]
    return coloured_pictures(file=files, caption=names, label=labels, width=[12, 13, 14, 15])


@pytest.fixture
def mixed():
    """Three pictures and two texts."""
    shown = coloured_pictures(3)
    return Collection("both", (*shown.items, "one", "two"), pa.table({"kind": ["picture"] * 3 + ["text"] * 2}))
