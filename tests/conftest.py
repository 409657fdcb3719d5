"""What all tests share: homes of their own, spaces known by eye, and how several processes share the tests."""

import os

# Several processes share the cores here; threads that spin while they wait for each other would take them from others.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
if "PYTEST_XDIST_WORKER" in os.environ:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ.setdefault(variable, "1")

import numpy as np
import pytest
from sharing import Sharing

from embeddings.space import Space


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Sharing(config, log)


@pytest.fixture(scope="session")
def new_home(request, tmp_path_factory):
    """Make a home that holds nothing but the static model.

    Distilling that takes a minute of a core: once for all processes and servers, and for later runs.
    """
    models = request.config.cache.mkdir("vectorscope") / "models"
    models.mkdir(exist_ok=True)

    def make():
        folder = tmp_path_factory.mktemp("home")
        (folder / "models").symlink_to(models, target_is_directory=True)
        return folder

    return make


@pytest.fixture(scope="session", autouse=True)
def home(new_home):
    """Nothing of the reader's own home is read or written."""
    folder = new_home()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VECTORSCOPE_HOME", str(folder))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield folder


@pytest.fixture
def compass():
    """Four unit vectors in the plane and one of length zero."""
    return Space.from_vectors(
        ["east", "north", "west", "south", "nowhere"], [[1, 0], [0, 1], [-1, 0], [0, -1], [0, 0]], name="compass"
    )


@pytest.fixture
def blobs():
    """300 vectors in 3 well-separated groups of 100, 16 dimensions."""
    rng = np.random.default_rng(7)
    centres = 8 * np.eye(16)[:3]
    vectors = np.repeat(centres, 100, axis=0) + rng.normal(size=(300, 16))
    return Space.from_vectors([f"item {i}" for i in range(300)], vectors, name="blobs")
