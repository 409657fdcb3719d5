"""Planted groups, and the Clusters page or its checks opened on them or on any vectors."""

import numpy as np
import pyarrow as pa
import pytest
from cluster_page import DRAWN, TOPICS
from driving import PATIENCE, settle
from streamlit.testing.v1 import AppTest

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


@pytest.fixture(scope="session")
def planted():
    """Three groups of 60 with their names, some missing, and columns of another kind."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(8 * np.eye(12)[:3], 60, axis=0) + rng.normal(size=(180, 12))
    groups = [None if row % 20 == 0 else "abc"[row // 60] for row in range(180)]
    many = [f"label {row // 2}" for row in range(180)]
    metadata = pa.table({"group": groups, "many": many, "number": rng.normal(size=180)})
    return Space.from_vectors([f"item {row}" for row in range(180)], vectors, name="planted", metadata=metadata)


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


def checks(id, clusters, of_map=False):
    from cluster_page import called, looked_at

    from components.kit.ask import Pending
    from components.kit.spaces import open_collection, space_of
    from components.views.cluster_checks import cluster_checks
    from components.views.clusterings import ClusterSettings
    from embeddings.clusters import cluster, cluster_map
    from embeddings.projections import project

    collection, saved = open_collection(id)
    space = space_of(collection, saved.encoder)
    layout = project(space, "PCA", dims=2)
    method = "K-means" if clusters else "HDBSCAN"
    given = {"clusters": clusters} if clusters else {"min_cluster_size": 900, "min_samples": 90}
    made = cluster_map(layout, method, **given) if of_map else cluster(space, method, **given)
    pending, settings = Pending(), ClusterSettings(of="map" if of_map else "space")
    cluster_checks(looked_at(space, made, layout, called(made.count), settings), pending)
    pending.show()


@pytest.fixture
def open_checks(cluster, planted):
    """Draw the checks of K-means clusters; 0 of them for HDBSCAN, which then finds none."""

    def open_it(clusters=4, *, space=planted, against="group", **options):
        saved = caching.store().save(space)
        app = AppTest.from_function(checks, args=(saved.id, clusters), kwargs=options, default_timeout=PATIENCE)
        app.query_params["against"] = against
        return settle(app.run())

    return open_it
