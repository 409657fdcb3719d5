"""Words that share a direction of size, axes made of them, and the Axes page opened on them."""

import numpy as np
import pytest
from size_axis import HIGH, LOW, SEEDS

from components.kit import caching
from components.kit.spaces import space_request
from embeddings.axes import axis_from_lists, axis_from_pairs
from embeddings.axis_seeds import to_text
from embeddings.jobs.job import Job
from embeddings.space import Space


@pytest.fixture(scope="session")
def sizes():
    """Words that share a direction of size among much else, held-out ones, and 200 unrelated ones."""
    rng = np.random.default_rng(5)
    words = [*LOW, *HIGH, "mouse", "ant", "whale", "elephant", *(f"other{i}" for i in range(200))]
    vectors = rng.normal(size=(len(words), 30))
    vectors[:, 0] = [-4] * 5 + [4] * 5 + [-3, -3, 3, 3] + [0] * 200
    return Space.from_vectors(words, vectors, name="sizes")


@pytest.fixture(scope="session")
def axis(sizes):
    return axis_from_pairs(sizes, list(zip(LOW, HIGH, strict=True)))


@pytest.fixture(scope="session")
def other(sizes):
    return axis_from_lists(sizes, ("other1", "other2", "other3"), ("other4", "other5"))


@pytest.fixture
def given(sizes):
    """The same as it is kept: with the name of its own vectors for an encoder."""
    saved = caching.store().save(sizes)
    return space_request(caching.saved_collection(saved.fingerprint, saved.name), saved.encoder)[1](Job("test"))


@pytest.fixture
def open_sizes(open_page, sizes):
    """Open the page on the given vectors."""
    saved = caching.store().save(sizes)

    def open_it(page="axes.py", **link):
        return open_page(page, collection=saved.id, **{"axis": to_text(SEEDS), **link})

    return open_it
