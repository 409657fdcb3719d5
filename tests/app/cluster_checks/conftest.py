"""Planted groups with labels, and the panel of checks opened on clusters of them."""

import numpy as np
import pyarrow as pa
import pytest
from driving import PATIENCE, settle
from streamlit.testing.v1 import AppTest

from components.kit import caching
from embeddings.space import Space


@pytest.fixture(scope="session")
def planted():
    """Three groups of 60 with their names, some missing, and columns of another kind."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(8 * np.eye(12)[:3], 60, axis=0) + rng.normal(size=(180, 12))
    groups = [None if row % 20 == 0 else "abc"[row // 60] for row in range(180)]
    many = [f"label {row // 2}" for row in range(180)]
    metadata = pa.table({"group": groups, "many": many, "number": rng.normal(size=180)})
    return Space.from_vectors([f"item {row}" for row in range(180)], vectors, name="planted", metadata=metadata)


def panel(id, clusters, of_map=False):
    from components.clusters.checks.real import real_panel

    from components.kit.spaces import open_collection, space_of
    from embeddings.clusters import cluster, cluster_map
    from embeddings.projections import project

    collection, saved = open_collection(id)
    space = space_of(collection, saved.encoder)
    layout = project(space, "PCA", dims=2)
    given = {"clusters": clusters} if clusters else {}
    method = "K-means" if clusters else "HDBSCAN"
    given = given or {"min_cluster_size": 900, "min_samples": 90}
    made = cluster_map(layout, method, **given) if of_map else cluster(space, method, **given)
    real_panel(space, made, layout=layout, of_map=of_map)


@pytest.fixture
def open_panel(cluster, planted):
    def open_it(clusters=4, *, space=planted, against="group", **options):
        saved = caching.store().save(space)
        app = AppTest.from_function(panel, args=(saved.id, clusters), kwargs=options, default_timeout=PATIENCE)
        app.query_params["against"] = against
        return settle(app.run())

    return open_it
