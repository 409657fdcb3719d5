"""What all tests share: a home of their own, and spaces whose answers are known by eye."""

import numpy as np
import pytest

from embeddings.space import Space


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """Nothing of the reader's own home is read or written."""
    folder = tmp_path_factory.mktemp("home")
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
