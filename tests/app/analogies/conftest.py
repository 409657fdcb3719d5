"""Vectors of sex and royalty whose sums are known by eye, and the page opened on them."""

import pytest
from royal_sums import SUM, answer_of

from components.kit import caching
from components.kit.candidates import Candidates
from embeddings.space import Space

ITEMS = ["man", "woman", "king", "queen", "boat", "<b>*prince*</b>", "King", "lady"]


@pytest.fixture(scope="session")
def royal():
    """Sex, royalty and a rest as directions; the prince is nearest to the king."""
    vectors = [
        [1, 0, 1, 0],
        [-1, 0, 1, 0],
        [1, 2, 1, 0],
        [-1, 2, 1, 0.3],
        [0, 0, 0, 1],
        [1, 2, 1, 0.6],
        [2, 4, 2, 0],
        [-1, 0.2, 1, 0.5],
    ]
    return Space.from_vectors(ITEMS, vectors, name="royal")


@pytest.fixture(scope="session")
def own(royal):
    return Candidates(royal.collection, royal.collection, "given:royal")


@pytest.fixture(scope="session")
def answered(royal):
    return answer_of(royal, SUM)


@pytest.fixture
def open_royal(open_page, royal):
    """The page over the hand-made vectors."""
    saved = caching.store().save(royal)
    return lambda **link: open_page("analogies.py", collection=saved.id, encoder="", **link)
