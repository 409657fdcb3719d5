"""Pages run in AppTest against a real cluster and a store of their own."""

import pytest
from driving import SHELL, settle
from streamlit.testing.v1 import AppTest

from embeddings.jobs import client


@pytest.fixture(scope="session", autouse=True)
def cluster(home):
    yield client.client()
    client.close()


@pytest.fixture
def open_page():
    """Open a page by its file name with the parameters of a link, and wait until it is drawn."""

    def open_it(page="map.py", **link):
        app = AppTest.from_file(str(SHELL), default_timeout=120)
        for name, value in {"collection": "sentences", "encoder": "TF-IDF", "method": "PCA", **link}.items():
            app.query_params[name] = value
        app.run()
        if page != "map.py":
            app.switch_page(f"../pages/{page}")
        return settle(app.run())

    return open_it
