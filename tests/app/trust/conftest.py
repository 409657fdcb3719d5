"""An arc and a map that misplaces its end, and labelled groups saved for the page."""

import numpy as np
import pyarrow as pa
import pytest

from components.kit import caching
from embeddings.projections import Layout
from embeddings.space import Space

LABELS = ["red", "green", "blue"]


@pytest.fixture
def line():
    """Six vectors along an arc, and a map that puts the last one beside the first."""
    angles = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    space = Space.from_vectors(list("abcdef"), np.c_[np.cos(angles), np.sin(angles)], name="arc")
    return space, Layout(np.array([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [0.4, 0]], "f4"), "UMAP", {}, 0)


@pytest.fixture(scope="session")
def groups():
    """60 labelled vectors in three loose groups, saved, as a space and as a link."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(3 * np.eye(30)[:3], 20, axis=0) + rng.normal(size=(60, 30))
    metadata = pa.table({"colour": np.repeat(LABELS, 20), "number": np.arange(60)})
    space = Space.from_vectors([f"item {i}" for i in range(60)], vectors, name="groups", metadata=metadata)
    saved = caching.store().save(space)
    return caching.store().space(caching.saved_collection(saved.fingerprint, saved.name), saved.encoder), saved.id
