"""A small joint space."""

import numpy as np
import pytest
from joint_spaces import numbered_pictures

from embeddings.joint import join
from embeddings.space import Space


@pytest.fixture
def drawn():
    """12 pictures in 4 kinds and 4 texts, on two sides of one axis."""
    rng = np.random.default_rng(2)
    kinds = np.eye(6)[:4]
    pictures = kinds.repeat(3, axis=0) + 0.2 * rng.normal(size=(12, 6)) + np.eye(6)[5]
    joined = join(numbered_pictures(12), [f"kind {number}" for number in range(4)])
    space = Space(joined, np.vstack([pictures, kinds - np.eye(6)[5]]), "Fake")
    return space, np.column_stack([np.arange(12), 12 + np.arange(12) // 3])
