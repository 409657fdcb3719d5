"""A search that favours one of three groups."""

import pytest
from ranked_groups import ranking

from embeddings.bias.search_skew import search_skew


@pytest.fixture
def skewed():
    """30 of group a, then 30 of b; 2 of c last."""
    space = ranking(["a"] * 30 + ["b"] * 30 + ["c"] * 2)
    return space, search_skew(space, "query", space.collection.column("group").to_pylist(), k=20)
