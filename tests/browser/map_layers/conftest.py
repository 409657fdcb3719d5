"""One server for the demo of layers."""

from pathlib import Path

import pytest
from serving import Server

DEMO = Path(__file__).resolve().parents[1] / "map_demo" / "layers_app.py"


@pytest.fixture(scope="session")
def address(new_home):
    with Server(new_home(), DEMO) as server:
        yield f"{server.address}/"
