"""Association tests with random words in place of the targets."""

import numpy as np
import pytest

from embeddings.bias.association import weat
from embeddings.bias.random_words import random_sets
from embeddings.errors import EmbeddingError
from embeddings.space import Space

PLANE = {
    "x1": (1, 0), "x2": (0.8, 0.6), "y1": (0, 1), "y2": (0.6, 0.8),
    "a1": (2, 0), "a2": (4, 3), "b1": (0, 5), "b2": (3, 4),
}  # fmt: skip


SETS = (["x1", "x2"], ["y1", "y2"], ["a1", "a2"], ["b1", "b2"])


@pytest.fixture(scope="module")
def plane():
    return Space.from_vectors(PLANE, list(PLANE.values()), name="plane")


@pytest.fixture(scope="module")
def many():
    """200 items in 12 dimensions; the first 12 lean to items 24 to 35."""
    vectors = np.random.default_rng(3).normal(size=(200, 12)) * np.random.default_rng(4).uniform(1, 5, size=(200, 1))
    vectors[:12, 0] += 2
    vectors[24:36, 0] += 8
    return Space.from_vectors([f"w{i}" for i in range(200)], vectors, name="many")


def rows(*bounds):
    return tuple(list(range(low, high)) for low, high in bounds)


SMALL = rows((0, 4), (12, 16), (24, 30), (36, 43))


def test_random_sets_show_the_background(many):
    test = weat(many, *SMALL)
    for match, bins in (("order", 10), ("none", 1)):
        found = random_sets(many, test, match=match, draws=400)
        assert found.effect_sizes.shape == (400,)
        assert abs(found.effect_sizes.mean()) < 0.15
        assert 0 < found.p_value <= 1
        assert found.candidates == 200 - 21
        assert 1 <= found.bins <= bins
    again, other = (random_sets(many, test, match="order", draws=400, seed=seed) for seed in (0, 1))
    assert np.array_equal(again.effect_sizes, random_sets(many, test, match="order", draws=400).effect_sizes)
    assert not np.array_equal(again.effect_sizes, other.effect_sizes)


def test_random_sets_agree_with_testing_them(many):
    # With as many candidates as the check lets through, every draw is a test of words outside the four sets.
    test = weat(many, *SMALL)
    found = random_sets(many, test, match="none", draws=5)
    others = [row for row in range(200) if row not in {w for each in SMALL for w in each}]
    rng = np.random.default_rng(0)
    for effect in found.effect_sizes:
        drawn = rng.choice(others, size=8, replace=False).tolist()
        assert effect == pytest.approx(weat(many, drawn[:4], drawn[4:], *SMALL[2:]).effect_size)


def test_random_sets_are_of_like_frequency():
    common = ["time", "people", "house", "water", "world", "day", "man", "year", "way", "life"]
    rare = ["aardvark", "zeugma", "quoin", "spandrel", "gneiss", "kelpie", "ocelot", "tamarin", "vetch", "withy"]
    words = [*common, *rare]
    # All common words point one way and all rare ones another, so a matched draw has them where the targets are.
    vectors = np.random.default_rng(0).normal(scale=0.05, size=(len(words), 3))
    vectors[:10] += [1, 0, 0]
    vectors[10:] += [0, 1, 0]
    typed = {"thing": [1, 0, 0.1], "place": [1, 0, 0.2], "ibex": [0, 1, 0.1], "quagga": [0, 1, 0.2]}
    typed |= {"a1": [1, 0, 0], "a2": [1, 0.1, 0], "b1": [0, 1, 0], "b2": [0, 1, 0.1]}
    space = Space.from_vectors(words, vectors, name="frequency")
    test = weat(space, ["thing", "place"], ["ibex", "quagga"], ["a1", "a2"], ["b1", "b2"], vectors_of=typed)
    matched = random_sets(space, test, vectors_of=typed, draws=50)
    assert matched.bins > 1
    assert matched.effect_sizes.min() > 1
    assert random_sets(space, test, match="none", vectors_of=typed, draws=200).effect_sizes.min() < 0
    with pytest.raises(EmbeddingError, match="“thing” is not in this collection, so it has no place"):
        random_sets(space, test, match="order", vectors_of=typed)


def test_a_small_space_has_no_random_sets(plane):
    with pytest.raises(EmbeddingError, match="need at least 16 other items; this collection has 0"):
        random_sets(plane, weat(plane, *SETS))
