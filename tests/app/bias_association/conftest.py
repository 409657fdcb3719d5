"""Flowers and insects among pleasant and unpleasant words, their test, and the page opened on them."""

import numpy as np
import pyarrow as pa
import pytest
from garden_sets import SETS, A, B, X, Y

from components.kit import caching
from components.views.bias_inputs import sets_to_text
from embeddings.bias.association import weat
from embeddings.bias.measured import Measured
from embeddings.bias.random_words import random_sets
from embeddings.space import Space

FILLERS = [f"word{n}" for n in range(60)]


@pytest.fixture(scope="session")
def garden():
    """Words whose flowers lie near the pleasant ones and whose insects near the unpleasant ones, and 60 others."""
    rng = np.random.default_rng(1)
    words = [*X, *Y, *A, *B, *FILLERS]
    vectors = rng.normal(size=(len(words), 6))
    vectors[[words.index(word) for word in (*X, *A)]] += [2, 0, 0, 0, 0, 0]
    vectors[[words.index(word) for word in (*Y, *B)]] += [0, 2, 0, 0, 0, 0]
    numbers = pa.table({"size": np.arange(len(words), dtype=np.float64), "kind": ["w"] * len(words)})
    return Space.from_vectors(words, vectors.astype(np.float32), name="garden", metadata=numbers)


@pytest.fixture(scope="session")
def test(garden):
    return weat(garden, X, Y, A, B)


@pytest.fixture(scope="session")
def measured(garden, test):
    return Measured(test, null=random_sets(garden, test, draws=200))


@pytest.fixture
def open_sets(open_page, garden):
    """Open the page on the garden with sets in the link; the test runs at once."""

    def open_it(sets=SETS, space=None, **link):
        saved = caching.store().save(space or garden)
        given = {"test": "own", "sets": sets_to_text(sets), "tested": "1", **link}
        return open_page("bias.py", collection=saved.id, encoder="", **given)

    return open_it
