"""Thirty pairs whose differences are known by eye."""

import numpy as np
import pytest

from embeddings.analogies.offsets import offsets
from embeddings.space import Space


@pytest.fixture(scope="session")
def measured():
    """Thirty pairs: the first along one direction, the last along its opposite."""
    rng = np.random.default_rng(6)
    firsts = rng.normal(size=(30, 32)) * 2
    seconds = firsts + 6 * np.eye(32)[0] + 0.3 * rng.normal(size=(30, 32))
    seconds[-1] = firsts[-1] - 6 * np.eye(32)[0]
    words = [f"{kind}{place}" for kind in ("first", "second") for place in range(30)]
    space = Space.from_vectors(words, np.vstack([firsts, seconds]), name="pairs")
    pairs = tuple((f"first{place}", f"second{place}") for place in range(30))
    return offsets(space, pairs), pairs
