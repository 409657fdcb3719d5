"""Asking the server's routes without a server."""

import warnings

import numpy as np

from components.kit.map.browser import Positions
from components.kit.published import PUBLISHED

with warnings.catch_warnings():
    # Starlette would rather use the successor of httpx.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["TestClient", "publish_points"]


def publish_points(coordinates, key="points"):
    return PUBLISHED.publish(key, lambda: Positions(np.asarray(coordinates, "f4")))
