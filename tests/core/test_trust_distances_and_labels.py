"""Distances on a map beside the true ones, and labels of neighbours."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import (
    neighbourhood_hit,
    shepard,
)

LINE = [[0, 0], [1, 0], [3, 0], [7, 0], [15, 0]]


def space_of(vectors, name="space"):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name=name)


def drawn(places, method="PCA"):
    return Layout(np.array(places, dtype=np.float32), method, {}, 0)


@pytest.fixture(scope="module")
def random():
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(400, 12)).astype(np.float32)
    return space_of(vectors), drawn(vectors[:, :2] + 0.3 * rng.normal(size=(400, 2)))


def test_shepard_is_spearman_over_the_pairs(random):
    space, layout = random
    found = shepard(space, layout, metric="Euclidean", pairs=500)
    left, right = found.pairs
    assert len(left) == 500
    true = np.linalg.norm(space.vectors[left] - space.vectors[right], axis=1)
    shown = np.linalg.norm(layout.coordinates[left] - layout.coordinates[right], axis=1)
    np.testing.assert_allclose(found.true, true, atol=1e-5)
    np.testing.assert_allclose(found.shown, shown, atol=1e-5)
    assert found.correlation == pytest.approx(spearmanr(true, shown).statistic, abs=1e-4)
    assert shepard(space_of(LINE), drawn(LINE), metric="Euclidean").correlation == pytest.approx(1)
    assert np.isnan(shepard(space_of(LINE), drawn(np.zeros((5, 2)))).correlation)


def test_neighbourhood_hit_by_eye():
    space = space_of([[0, 1], [0.1, 1], [1, 0], [1, 0.1], [5, 5]])
    layout = drawn([[0, 0], [9, 0], [0.1, 0], [9.1, 0], [0, 0.05]])
    hit = neighbourhood_hit(space, layout, ["a", "a", "b", "b", None], k=1)
    assert (hit.on_map, hit.in_space) == (0, 1)
    assert hit.chance == pytest.approx(1 / 3)
    assert hit.point_on_map[:4].tolist() == [0, 0, 0, 0]
    assert np.isnan(hit.point_on_map[4])


def test_two_decimals_of_the_correlation_of_distances_hold():
    rng = np.random.default_rng(3)
    space = space_of(rng.normal(size=(700, 5)))
    layout = drawn(space.vectors[:, :2])
    drawn_anew = [shepard(space, layout, metric="Euclidean", seed=seed).correlation for seed in range(2)]
    every = shepard(space, layout, metric="Euclidean", pairs=700**2).correlation
    assert np.abs(np.subtract(drawn_anew, every)).max() < 0.005
