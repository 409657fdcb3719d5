import numpy as np
import pytest

from embeddings.analogies.offsets import offsets
from embeddings.analogies.parallelogram import CORNERS, parallelogram
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.space import Space


def unit(vector):
    return np.array(vector) / np.linalg.norm(vector)


def test_a_square_by_hand():
    # a = (1,0,0), b = (0,1,0), c = (0,0,1): b − a and c − a have length √2 and an angle of 60° between them.
    drawn = parallelogram([1, 0, 0], [0, 1, 0], [0, 0, 1], unit([-1, 1, 1]))
    assert len(CORNERS) == len(drawn.coordinates) == 5
    expected = [[0, 0], [np.sqrt(2), 0], [np.sqrt(0.5), np.sqrt(1.5)], [np.sqrt(4.5), np.sqrt(1.5)]]
    np.testing.assert_allclose(drawn.coordinates[:4], expected, atol=1e-6)
    # The plane x + y + z = 1 holds a, b and c: of each unit vector two thirds lie in its directions.
    np.testing.assert_allclose(drawn.shares[:3], 2 / 3, atol=1e-6)
    # The answer (−1, 1, 1)/√3 has x + y + z = 1/√3, so it is (1 − 1/√3)/√3 away from that plane.
    assert drawn.height == pytest.approx((1 - 1 / np.sqrt(3)) / np.sqrt(3), abs=1e-6)
    assert drawn.miss == pytest.approx(np.sqrt(3) - 1, abs=1e-6)
    step = unit([-1, 1, 1]) - [1, 0, 0]
    assert drawn.answer_share == pytest.approx(1 - drawn.height**2 / (step @ step), abs=1e-6)


def test_only_directions_count_not_lengths():
    short = parallelogram([1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1])
    long = parallelogram([5, 0, 0], [0, 0.1, 0], [0, 0, 3], [0, 7, 7])
    np.testing.assert_allclose(short.coordinates, long.coordinates, atol=1e-6)


def test_in_three_dimensions_all_distances_are_true():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(4, 50))
    flat, deep = (parallelogram(*points, dims=dims) for dims in (2, 3))
    np.testing.assert_allclose(deep.coordinates[:, :2], flat.coordinates, atol=1e-6)
    units = points / np.linalg.norm(points, axis=1, keepdims=True)
    five = np.insert(units, 3, units[1] - units[0] + units[2], axis=0)
    true = np.linalg.norm(five[:, None] - five[None], axis=2)
    drawn = np.linalg.norm(deep.coordinates[:, None] - deep.coordinates[None], axis=2)
    np.testing.assert_allclose(drawn, true, atol=1e-5)
    assert deep.coordinates[4, 2] == pytest.approx(deep.height, abs=1e-6)
    assert deep.answer_share == pytest.approx(1)
    assert 0 < flat.answer_share < 1
    assert (deep.shares >= flat.shares - 1e-6).all()


def test_an_answer_in_the_plane_needs_no_third_axis():
    drawn = parallelogram([1, 0], [0, 1], [-1, 0], [0, -1], dims=3)
    assert drawn.height == pytest.approx(0, abs=1e-6)
    assert np.abs(drawn.coordinates[:, 2]).max() < 1e-6
    assert drawn.shares == pytest.approx(1)
    assert drawn.miss == pytest.approx(np.linalg.norm([-2 - 0, 1 + 1]))


@pytest.mark.parametrize("points", [([1, 0], [2, 0], [0, 1]), ([1, 0], [0, 1], [3, 0]), ([1, 0], [0, 1], [0, 2])])
def test_points_on_a_line_are_refused(points):
    with pytest.raises(EmbeddingError, match="lie on one line"):
        parallelogram(*points, [0, -1])


def test_dimensions_are_two_or_three():
    with pytest.raises(ValueError, match="dims must be 2 or 3, got 4"):
        parallelogram([1, 0], [0, 1], [-1, 0], [0, -1], dims=4)


@pytest.fixture
def relation():
    """Five pairs along one direction, and five along directions of their own."""
    rng = np.random.default_rng(2)
    firsts = np.hstack([np.eye(5), np.zeros((5, 6))]) * 10
    along, own = firsts.copy(), firsts.copy()
    along[:, 5] += 3
    own[:, 6:] += 3 * np.eye(5) + rng.normal(size=(5, 5)) * 0.01
    words = [f"{kind}{i}" for kind in ("first", "along", "own") for i in range(5)]
    return Space.from_vectors(words, np.vstack([firsts, along, own]), name="relation")


def test_pairs_along_one_direction_have_a_high_mean_cosine(relation):
    one = offsets(relation, [(f"first{i}", f"along{i}") for i in range(5)])
    many = offsets(relation, [(f"first{i}", f"own{i}") for i in range(5)])
    assert one.mean > 0.9
    assert one.share > 0.9
    assert one.shuffled < 0.2
    assert abs(many.mean) < 0.05
    assert one.vectors.shape == (5, 11)
    assert one.coordinates.shape == (5, 2)


def test_cosines_and_their_mean_agree_with_the_definition(relation):
    pairs = [(f"first{i}", f"along{(i * 2) % 5}") for i in range(5)]
    found = offsets(relation, pairs)
    units = relation.vectors / relation.norms[:, None]
    rows = relation.collection.rows
    differences = np.array([units[rows[second]] - units[rows[first]] for first, second in pairs])
    np.testing.assert_allclose(found.vectors, differences, atol=1e-6)
    np.testing.assert_allclose(found.cosines, cosines(differences), atol=1e-6)
    assert found.mean == pytest.approx(cosines(differences)[~np.eye(5, dtype=bool)].mean(), abs=1e-6)


def cosines(vectors):
    lengths = np.linalg.norm(vectors, axis=1)
    return vectors @ vectors.T / np.outer(lengths, lengths)


def test_shuffles_are_seeded_and_pairs_of_two_work(relation):
    pairs = [(f"first{i}", f"along{i}") for i in range(2)]
    assert offsets(relation, pairs).shuffled == offsets(relation, pairs).shuffled
    assert offsets(relation, pairs).coordinates.shape == (2, 2)


def test_words_that_the_space_lacks_may_be_given(relation):
    pairs = [(f"first{i}", f"along{i}") for i in range(5)]
    whole = offsets(relation, pairs)
    lacking = Space.from_vectors(list(relation.collection.items[:8]), relation.vectors[:8], name="lacking")
    given = {f"along{i}": 2 * relation.vectors[5 + i] for i in range(5)}
    found = offsets(lacking, pairs, vectors_of=given)
    np.testing.assert_allclose(found.vectors, whole.vectors, atol=1e-6)
    assert (found.mean, found.shuffled) == pytest.approx((whole.mean, whole.shuffled), abs=1e-6)
    assert np.array_equal(offsets(relation, pairs, vectors_of={"first0": np.ones(11)}).vectors, whole.vectors)
    with pytest.raises(EmbeddingError, match="“new” must have 11 numbers"):
        offsets(relation, [("first0", "along0"), ("first1", "new")], vectors_of={"new": [1, 2]})


def test_bad_pairs_are_named(relation):
    with pytest.raises(EmbeddingError, match="at least 2 pairs, got 1"):
        offsets(relation, [("first0", "along0")])
    with pytest.raises(EmbeddingError, match="“first1” and “first1” have the same direction"):
        offsets(relation, [("first0", "along0"), ("first1", "first1")])
    with pytest.raises(UnknownItem, match="frist0"):
        offsets(relation, [("first0", "along0"), ("frist0", "along1")])
