import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from embeddings.axes import DRAWS, axis_from_lists, axis_from_pairs, project_on, separation
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.held_out import area_under_curve, held_out_lists, held_out_pairs
from embeddings.space import Space

SMALL = ["tiny", "little", "minor", "short", "slight"]
LARGE = ["huge", "big", "major", "tall", "vast"]
PAIRS = list(zip(SMALL, LARGE, strict=True))


@pytest.fixture
def sizes():
    """Words that share a direction of size among much else, held-out ones, and 200 unrelated ones."""
    rng = np.random.default_rng(5)
    words = [*SMALL, *LARGE, "mouse", "ant", "whale", "elephant", *(f"other{i}" for i in range(200))]
    vectors = rng.normal(size=(len(words), 30))
    vectors[:, 0] = [-4] * 5 + [4] * 5 + [-3, -3, 3, 3] + [0] * 200
    return Space.from_vectors(words, vectors, name="sizes")


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def test_the_axis_of_the_compass(compass):
    axis = axis_from_lists(
        Space.from_vectors(["w", "w2", "e", "e2", *compass.collection.items],
                           np.vstack([[[-1, 0.5], [-1, -0.5], [1, 0.5], [1, -0.5]], compass.vectors]), name="s"),
        ["w", "w2"], ["e", "e2"],
    )  # fmt: skip
    np.testing.assert_allclose(axis.direction, [1, 0], atol=1e-6)
    np.testing.assert_allclose(axis.projections[4:], [1, 0, -1, 0, 0], atol=1e-6)
    assert axis.middle == pytest.approx(0, abs=1e-6)
    assert (axis.low, axis.high, axis.paired) == (("w", "w2"), ("e", "e2"), False)


def test_pairs_and_lists_give_the_same_direction(sizes):
    pairs, lists = axis_from_pairs(sizes, PAIRS), axis_from_lists(sizes, SMALL, LARGE)
    np.testing.assert_allclose(pairs.direction, lists.direction, atol=1e-6)
    expected = unit(unit(sizes.vectors[5:10]).mean(axis=0) - unit(sizes.vectors[:5]).mean(axis=0))
    np.testing.assert_allclose(pairs.direction, expected, atol=1e-6)
    assert np.linalg.norm(pairs.direction) == pytest.approx(1)
    np.testing.assert_allclose(pairs.projections, unit(sizes.vectors) @ expected, atol=1e-6)
    np.testing.assert_allclose(project_on(pairs, sizes.vectors * 7), pairs.projections, atol=1e-6)
    assert pairs.paired


def test_a_true_axis_beats_random_ones(sizes):
    for axis in (axis_from_pairs(sizes, PAIRS), axis_from_lists(sizes, SMALL, LARGE)):
        assert axis.check.held_out.accuracy >= 0.9
        assert axis.check.held_out.auc >= 0.9
        assert axis.check.random_aucs.shape == axis.check.random_accuracies.shape == (DRAWS,)
        assert axis.check.p_value < 0.05


def test_random_axes_lie_around_chance(sizes):
    rng = np.random.default_rng(0)
    others = rng.permutation([f"other{i}" for i in range(200)])
    lists = axis_from_lists(sizes, others[:15].tolist(), others[15:30].tolist())
    pairs = axis_from_pairs(sizes, list(zip(others[:15].tolist(), others[15:30].tolist(), strict=True)))
    for axis in (lists, pairs):
        assert axis.check.random_accuracies.mean() == pytest.approx(0.5, abs=0.05)
        assert axis.check.random_aucs.mean() == pytest.approx(0.5, abs=0.05)
        assert axis.check.p_value > 0.01


def test_random_axes_are_seeded(sizes):
    first, again, other = (axis_from_pairs(sizes, PAIRS, seed=seed).check for seed in (0, 0, 1))
    assert np.array_equal(first.random_aucs, again.random_aucs)
    assert not np.array_equal(first.random_aucs, other.random_aucs)


def test_leaving_out_pairs_agrees_with_doing_it_one_by_one(sizes):
    low, high = unit(sizes.vectors[20:30]), unit(sizes.vectors[30:40])
    found = held_out_pairs(low, high)
    lows, highs = [], []
    for left_out in range(10):
        kept = np.arange(10) != left_out
        axis = unit((high[kept] - low[kept]).mean(axis=0))
        lows.append(low[left_out] @ axis)
        highs.append(high[left_out] @ axis)
    np.testing.assert_allclose(found.low, lows, atol=1e-6)
    np.testing.assert_allclose(found.high, highs, atol=1e-6)
    assert found.accuracy == np.mean(np.array(highs) > lows)
    assert found.auc == pytest.approx(roc_auc_score([0] * 10 + [1] * 10, [*lows, *highs]))


def test_leaving_out_words_agrees_with_doing_it_one_by_one(sizes):
    low, high = unit(sizes.vectors[20:26]), unit(sizes.vectors[30:39])
    found = held_out_lists(low, high)

    def axis(without_low, without_high):
        kept_low = low[[i for i in range(6) if i != without_low]]
        kept_high = high[[i for i in range(9) if i != without_high]]
        return unit(kept_high.mean(axis=0) - kept_low.mean(axis=0))

    lows = [low[i] @ axis(i, None) for i in range(6)]
    highs = [high[j] @ axis(None, j) for j in range(9)]
    np.testing.assert_allclose(found.low, lows, atol=1e-6)
    np.testing.assert_allclose(found.high, highs, atol=1e-6)
    assert found.auc == pytest.approx(roc_auc_score([0] * 6 + [1] * 9, [*lows, *highs]))
    told_apart = [high[j] @ axis(i, j) > low[i] @ axis(i, j) for i in range(6) for j in range(9)]
    assert found.accuracy == pytest.approx(np.mean(told_apart))


@pytest.mark.parametrize("seed", range(5))
def test_the_area_agrees_with_scikit_learn_also_with_ties(seed):
    rng = np.random.default_rng(seed)
    low, high = rng.integers(0, 6, size=13), rng.integers(1, 8, size=7)
    assert area_under_curve(low, high) == pytest.approx(roc_auc_score([0] * 13 + [1] * 7, [*low, *high]))


def test_held_out_words_are_told_apart(sizes):
    found = separation(sizes, axis_from_pairs(sizes, PAIRS), ["mouse", "ant"], ["whale", "Elephant"])
    assert found.auc == 1
    assert found.low.max() < found.high.min()
    assert found.auc == roc_auc_score([0, 0, 1, 1], [*found.low, *found.high])


def test_typed_seeds_bring_their_vectors(sizes):
    typed = {"wee": -np.eye(30)[0], "colossal": np.eye(30)[0]}
    axis = axis_from_pairs(sizes, [("wee", "colossal"), *PAIRS], vectors_of=typed)
    assert axis.low[0] == "wee"
    with pytest.raises(UnknownItem, match="wee"):
        axis_from_pairs(sizes, [("wee", "colossal"), *PAIRS])
    with pytest.raises(EmbeddingError, match="must have 30 numbers like this space, got 2"):
        axis_from_pairs(sizes, [("wee", "colossal"), *PAIRS], vectors_of={**typed, "wee": [1, 0]})


def test_a_space_of_seeds_alone_has_no_random_axes(sizes):
    seeds = Space.from_vectors(["a", "b", "c"], [[1, 0], [1, 0.2], [0, 1]], name="seeds")
    axis = axis_from_pairs(seeds, [("a", "c"), ("b", "d")], vectors_of={"d": [0.1, 1]})
    assert axis.check.random_aucs.shape == (0,)
    assert np.isnan(axis.check.p_value)
    assert axis.check.held_out.accuracy == 1


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda space: axis_from_pairs(space, PAIRS[:1]), "at least 2 pairs, so that one can be left out; got 1"),
        (lambda space: axis_from_pairs(space, []), "at least 2 pairs"),
        (lambda space: axis_from_lists(space, SMALL, LARGE[:1]), "the high side has 1"),
        (lambda space: axis_from_lists(space, [], LARGE), "the low side has 0"),
        (lambda space: axis_from_lists(space, SMALL, ["huge", "TINY"]), "“TINY” stands on both sides"),
        (lambda space: axis_from_pairs(space, [*PAIRS, ("tiny", "ant")]), "“tiny” stands twice on one side"),
        (lambda space: axis_from_lists(space, SMALL, ["huge", "Huge"]), "“Huge” stands twice"),
        (lambda space: axis_from_lists(space, SMALL, ["huge", "bgi"]), "“bgi” is not in this collection"),
        (lambda space: separation(space, axis_from_pairs(space, PAIRS), ["ant"], ["Vast"]), "“Vast” is a seed"),
        (lambda space: separation(space, axis_from_pairs(space, PAIRS), [], ["whale"]), "need at least 1 word"),
        (lambda space: separation(space, axis_from_pairs(space, PAIRS), ["ant"], ["ant"]), "on both sides"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_seeds_are_named(sizes, act, message):
    with pytest.raises(EmbeddingError, match=message):
        act(sizes)


def test_sides_of_equal_mean_have_no_axis(compass):
    with pytest.raises(EmbeddingError, match="same mean"):
        axis_from_lists(compass, ["east", "west"], ["north", "south"])
