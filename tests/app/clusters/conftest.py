"""Planted groups, and the Clusters page opened on them or on any vectors."""

import numpy as np
import pyarrow as pa
import pytest
from cluster_page import DRAWN, TOPICS

from components.kit import caching
from components.kit.spaces import space_request
from embeddings.jobs.job import Job
from embeddings.projections import project
from embeddings.space import Space


@pytest.fixture(scope="session")
def blobs():
    """Three planted groups of 30, 20 and 10 texts, far apart, with their group as a column."""
    rng = np.random.default_rng(7)
    centres = np.array([[9, 0, 0, 0, 0, 0], [0, 9, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0]])
    sizes = (30, 20, 10)
    vectors = np.vstack([centre + rng.normal(size=(size, 6)) for centre, size in zip(centres, sizes, strict=True)])
    texts = [f"{TOPICS[group]} number{i}" for group, size in enumerate(sizes) for i in range(size)]
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    return Space.from_vectors(texts, vectors, name="blobs", metadata=pa.table({"group": groups}))


@pytest.fixture(scope="session")
def layout(blobs):
    return project(blobs, "PCA", dims=2)


@pytest.fixture
def kept(blobs):
    """The same as a link finds it."""
    saved = caching.store().save(blobs)
    return space_request(caching.saved_collection(saved.fingerprint, saved.name), saved.encoder)[1](Job("test"))


@pytest.fixture
def open_blobs(open_page, blobs):
    """Open the page on the planted groups; K-means into 3 unless the link says otherwise."""
    saved = caching.store().save(blobs)

    def open_it(page="clusters.py", **link):
        return open_page(page, collection=saved.id, **{**DRAWN, "clusters": "3", **link})

    return open_it


@pytest.fixture
def open_vectors(open_page):
    """Open the page on any given vectors."""

    def open_it(vectors, **link):
        items = [f"item {row}" for row in range(len(vectors))]
        saved = caching.store().save(Space.from_vectors(items, vectors, name="given"))
        return open_page("clusters.py", collection=saved.id, **{**DRAWN, **link})

    return open_it
