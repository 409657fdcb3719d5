"""Planted outliers, wrong labels and duplicates, and the page opened on a space."""

import numpy as np
import pyarrow as pa
import pytest
from planted_items import ODD, TWINS, UNLABELLED, WRONG, N

from components.kit import caching
from embeddings.space import Space


@pytest.fixture(scope="session")
def planted():
    """Three groups of 80, two items far from all, three almost the same, four with a wrong label, three with none."""
    rng = np.random.default_rng(11)
    vectors = np.repeat(9 * np.eye(12)[:3], 80, axis=0) + rng.normal(size=(N, 12))
    for row, sign in zip(ODD, (1, -1), strict=True):
        vectors[row, 3:] = 20 * sign * np.array([1, -1, 1, -1, 1, -1, 1, -1, 1])
    for twin in TWINS[1:]:
        vectors[twin] = 1.01 * vectors[TWINS[0]]
    labels = [WRONG.get(row, "abc"[row // 80]) for row in range(N)]
    for row in UNLABELLED:
        labels[row] = None
    metadata = pa.table({"group": labels})
    return Space.from_vectors([f"item {row}" for row in range(N)], vectors, name="planted", metadata=metadata)


@pytest.fixture
def open_space(open_page):
    """Open the page on given vectors."""

    def open_it(space, **link):
        return open_page("outliers.py", collection=caching.store().save(space).id, **link)

    return open_it
