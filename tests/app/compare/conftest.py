"""Sentences by two encoders and the page opened on them; two related random spaces for what needs no page."""

import numpy as np
import pytest
from encoder_pairs import ONE, OTHER, N, encoded, random_space

from components.kit import caching
from embeddings.collection import Collection
from embeddings.space import Space


@pytest.fixture(scope="session")
def few(cluster):
    """Ninety sentences on three topics."""
    whole = caching.sample("sentences")
    rows = np.flatnonzero(np.isin(whole.column("topic").to_numpy(), whole.column("topic").unique().to_pylist()[:3]))
    items = [whole.items[row] for row in rows[::2]]
    return Collection.from_texts(items, name="few", metadata=whole.metadata.take(rows[::2]))


@pytest.fixture(scope="session")
def spaces(few):
    return [encoded(few, name) for name in (ONE, OTHER)]


@pytest.fixture
def open_compare(open_page, few):
    """Open the page on the sentences by both encoders."""

    def open_it(**link):
        id = caching.store().save(few).id
        return open_page("compare.py", **{"collection": id, "encoder": ONE, "with": OTHER, "method": "PCA"} | link)

    return open_it


@pytest.fixture(scope="session")
def one():
    return random_space(1, 16)


@pytest.fixture(scope="session")
def other(one):
    moved = one.vectors[:, :12] + 0.4 * np.random.default_rng(2).normal(size=(N, 12))
    return Space.from_vectors(one.collection.items, moved, name="parts")
