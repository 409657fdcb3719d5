"""The geometry card against formulas written out, scipy, and clouds of known dimension."""

import numpy as np
import pytest
from scipy.stats import skew

from embeddings.errors import EmbeddingError
from embeddings.geometry import facts, geometry, hubness, intrinsic_dimension, mean_cosine, norms, spectrum
from embeddings.geometry.dimension import maximum_likelihood, two_nn
from embeddings.graph import KnnGraph, knn_graph
from embeddings.space import Space


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


def test_the_mean_cosine_is_that_of_all_pairs(compass):
    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=(80, 5)) + 0.5).astype(np.float32)
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = units @ units.T
    assert mean_cosine(vectors) == pytest.approx(cosines[~np.eye(80, dtype=bool)].mean(), abs=1e-6)
    # Of the compass' 10 pairs, two are opposite and all others have a cosine of 0.
    assert mean_cosine(compass.vectors) == pytest.approx(-2 / 10)
    assert mean_cosine(np.ones((5, 3), dtype=np.float32)) == pytest.approx(1)
    with pytest.raises(ValueError, match="at least 2 items"):
        mean_cosine(np.ones((1, 3), dtype=np.float32))


def test_hubs_by_eye():
    rows = np.array([[1, 2], [0, 2], [0, 1], [0, 4], [0, 3]], dtype=np.int32)
    distances = np.array([[1, 2], [1, 1], [1, 2], [1, 2], [3, 3]], dtype=np.float32)
    graph = KnnGraph(rows, distances, "cosine")
    found = hubness(graph, k=1)
    assert found.counts.tolist() == [4, 1, 0, 0, 0]
    assert found.hubs.tolist() == [0, 1, 2, 3, 4]
    assert found.anti_hubs.tolist() == [2, 3, 4]
    assert found.skewness == pytest.approx(skew([4, 1, 0, 0, 0]))
    assert found.tied == pytest.approx(2 / 5)
    assert np.isnan(hubness(graph, k=2).tied)
    assert hubness(graph).k == 2
    ring = KnnGraph(np.array([[1], [2], [0]], dtype=np.int32), np.ones((3, 1), dtype=np.float32), "cosine")
    assert np.isnan(hubness(ring, k=1).skewness)
    with pytest.raises(ValueError, match="at least 1"):
        hubness(graph, k=0)


@pytest.mark.parametrize("d", [1, 2, 5])
def test_clouds_of_known_dimension(d):
    rng = np.random.default_rng(0)
    flat = np.zeros((1500, 12))
    flat[:, :d] = rng.uniform(size=(1500, d))
    space = space_of(flat @ np.linalg.qr(rng.normal(size=(12, 12)))[0])
    found = intrinsic_dimension(space, knn_graph(space, k=20, metric="Euclidean"))
    assert found.two_nn == pytest.approx(d, rel=0.12)
    assert found.mle == pytest.approx(d, rel=0.12)
    assert (found.k, found.items) == (20, 1500)


def test_the_estimators_on_distances_drawn_from_their_own_model():
    """In d dimensions the ratios r₂/r₁ have the distribution function 1 − μ⁻ᵈ, and so have all T_k/T_j."""
    rng = np.random.default_rng(1)
    volumes = np.cumsum(rng.exponential(size=(4000, 20)), axis=1)
    lists = list(volumes ** (1 / 7))
    assert two_nn(lists) == pytest.approx(7, rel=0.05)
    assert maximum_likelihood(lists) == pytest.approx(7, rel=0.05)
    # Written out for two lists: inverses are the means of log(T_k / T_j).
    expected = 1 / np.mean([np.log([4 / 1, 4 / 2]).mean(), np.log([9 / 3, 9 / 3]).mean()])
    assert maximum_likelihood([np.array([1.0, 2, 4]), np.array([3.0, 3, 9])]) == pytest.approx(expected)


def test_copies_do_not_count_for_the_dimension():
    rng = np.random.default_rng(2)
    vectors = rng.uniform(size=(600, 2)) @ rng.normal(size=(2, 6)) + 5
    copied = np.vstack([vectors, vectors[:100]])
    alone, together = (
        intrinsic_dimension(space, knn_graph(space, k=20, metric="Euclidean"))
        for space in (space_of(vectors), space_of(copied))
    )
    assert together.two_nn == pytest.approx(alone.two_nn, rel=1e-3)
    assert together.mle == pytest.approx(alone.mle, rel=0.05)
    assert together.items == alone.items == 600


def test_spectra_by_hand():
    # Three directions of equal variance.
    even = spectrum(space_of(np.vstack([np.eye(3), -np.eye(3)])))
    assert even.effective_rank == pytest.approx(3)
    assert even.participation_ratio == pytest.approx(3)
    assert (even.half, even.shares.shape) == (2, (3,))
    line = spectrum(space_of(np.outer(np.arange(5.0), [1, 2, 3, 4])))
    assert line.effective_rank == pytest.approx(1)
    assert line.participation_ratio == pytest.approx(1)
    # Variances 4 and 1, singular values 2 and 1.
    uneven = spectrum(space_of([[2, 0], [-2, 0], [0, 1], [0, -1]]))
    weights = np.array([2, 1]) / 3
    assert uneven.effective_rank == pytest.approx(np.exp(-(weights * np.log(weights)).sum()))
    assert uneven.participation_ratio == pytest.approx(25 / 17)


@pytest.mark.parametrize("shape", [(30, 8), (8, 30)])
def test_spectra_agree_with_the_singular_values(shape):
    vectors = np.random.default_rng(3).normal(size=shape)
    found = spectrum(space_of(vectors))
    singular = np.linalg.svd(vectors - vectors.mean(axis=0), compute_uv=False)
    singular = singular[singular > 1e-9]
    weights = singular / singular.sum()
    np.testing.assert_allclose(found.shares[: len(singular)], singular**2 / (singular**2).sum(), atol=1e-6)
    assert found.effective_rank == pytest.approx(np.exp(-(weights * np.log(weights)).sum()), rel=1e-5)
    assert found.effective_rank <= min(shape[0] - 1, shape[1])
    assert found.participation_ratio <= found.effective_rank


def test_norms(compass):
    found = norms(compass)
    assert (found.smallest, found.median, found.largest, found.zero) == (0, 1, 1, 1)
    assert found.counts.sum() == 5
    assert len(found.edges) == len(found.counts) + 1
    assert not found.all_one
    ones = norms(space_of(np.eye(4)))
    assert ones.all_one
    assert ones.counts.tolist() == [4]


def test_the_card_and_its_lines(blobs):
    card = geometry(blobs, knn_graph(blobs, k=20))
    assert (card.items, card.components, card.copies) == (300, 16, 0)
    assert card.hubness.counts.sum() == 3000
    lines = facts(card)
    assert len({line.name for line in lines}) == len({line.term for line in lines}) == len(lines)
    for line in lines:
        assert line.meaning.endswith(".")
        assert np.isfinite(line.value)
    assert lines[0].value == card.mean_cosine


def test_small_and_constant_spaces():
    few = space_of([[1, 0], [0, 1], [0, 1]])
    card = geometry(few, knn_graph(few, k=2))
    assert card.dimension is None
    assert card.copies == 1
    assert np.isnan([line.value for line in facts(card)]).sum() >= 2
    with pytest.raises(EmbeddingError, match="at least 3 items, this collection has 2"):
        geometry(space_of(np.eye(2)), knn_graph(space_of(np.eye(2))))
    same = space_of(np.ones((5, 3)))
    with pytest.raises(EmbeddingError, match="one point has no geometry"):
        geometry(same, knn_graph(same))
    with pytest.raises(ValueError, match="must not all be equal"):
        spectrum(same)
    with pytest.raises(EmbeddingError, match="at least 10 items with 3 neighbours that differ from them; here are 0"):
        intrinsic_dimension(same, knn_graph(same, k=4))
    with pytest.raises(EmbeddingError, match="dot product is no distance"):
        intrinsic_dimension(few, knn_graph(few, metric="dot"))
