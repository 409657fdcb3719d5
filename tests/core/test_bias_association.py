from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from scipy import stats

from embeddings.bias.association import weat
from embeddings.bias.effect import RESAMPLES, Cosines, bootstrap, bootstrap_interval, effect_sizes, without_one
from embeddings.bias.partitions import partition_test
from embeddings.bias.several import weat_battery
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.multiple_tests import holm
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


MANY = rows((0, 12), (12, 24), (24, 36), (36, 48))
SMALL = rows((0, 4), (12, 16), (24, 30), (36, 43))


def scores(space, x, y, a, b):
    units = space.vectors.astype(np.float64)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    cosines = units @ units.T
    return np.array([cosines[w, a].mean() - cosines[w, b].mean() for w in (*x, *y)])


def test_two_by_two_by_two_by_two_by_hand(plane):
    # Mean cosines with A and B: x1 .9 and .3, x2 .9 and .78, y1 and y2 the reverse.
    found = weat(plane, *SETS)
    np.testing.assert_allclose(found.x_scores, [0.6, 0.12], atol=1e-7)
    np.testing.assert_allclose(found.y_scores, [-0.6, -0.12], atol=1e-7)
    assert found.effect_size == pytest.approx(0.72 / np.sqrt(2 * (0.6**2 + 0.12**2) / 3))
    assert found.statistic == pytest.approx(1.44)
    # Of the six partitions one reaches .72 for X and one −.72.
    assert (found.p_value, found.p_two_sided) == (1 / 6, 2 / 6)
    assert (found.exact, found.partitions) == (True, 6)


def test_turned_round_the_effect_is_negative_and_one_sided_p_large(plane):
    x, y, a, b = SETS
    found = weat(plane, y, x, a, b)
    assert found.effect_size == pytest.approx(-weat(plane, *SETS).effect_size)
    assert (found.p_value, found.p_two_sided) == (1, 2 / 6)
    assert weat(plane, y, x, b, a).effect_size == pytest.approx(weat(plane, *SETS).effect_size)


def test_exact_p_agrees_with_enumeration_and_with_scipy(many):
    x, y, a, b = SMALL
    found = weat(many, x, y, a, b)
    s = scores(many, x, y, a, b)
    sums = np.array([s[list(chosen)].sum() for chosen in combinations(range(8), 4)])
    assert found.p_value == np.mean(sums >= s[:4].sum() - 1e-12)
    reference = stats.permutation_test(
        (s[:4], s[4:]), lambda x, y, axis: x.sum(axis) - y.sum(axis), vectorized=True, alternative="greater"
    )
    assert found.p_value == pytest.approx(reference.pvalue)
    assert found.statistic == pytest.approx(reference.statistic)


def test_effect_size_has_the_sample_standard_deviation(many):
    s = scores(many, *MANY)
    found = weat(many, *MANY, draws=100)
    assert found.effect_size == pytest.approx((s[:12].mean() - s[12:].mean()) / s.std(ddof=1), rel=1e-6)


def test_drawn_p_is_near_the_exact_one_and_seeded():
    s = np.random.default_rng(0).normal(size=24) + np.repeat([0.5, 0], 12)
    halves = np.array(list(product([0, 1], repeat=12)))
    first, second, count = halves @ s[:12], halves @ s[12:], halves.sum(axis=1)
    sums = np.concatenate([np.add.outer(first[count == k], second[count == 12 - k]).ravel() for k in range(13)])
    assert len(sums) == comb(24, 12)
    exact = np.mean(sums >= s[:12].sum() - 1e-12)
    found = partition_test(s, draws=20_000)
    assert not found.exact
    assert abs(found.p_value - exact) < 4 * np.sqrt(exact * (1 - exact) / 20_000) + 1e-4
    assert found == partition_test(s, draws=20_000)
    assert found != partition_test(s, draws=20_000, seed=1)


def test_p_is_never_0():
    apart = np.repeat([1.0, 0.0], 40) + np.linspace(0, 0.1, 80)
    found = partition_test(apart, draws=999)
    assert (found.p_value, found.p_two_sided) == (0.001, 0.001)
    assert partition_test(np.repeat([1.0, 0.0], 10)).p_value == 1 / 184_756


def test_ties_count_whatever_the_order_of_adding():
    # Of the 20 ways to take three, 8 take one of each pair and give .6 as observed; of the others half give more.
    assert partition_test(np.array([0.1, 0.2, 0.3, 0.3, 0.2, 0.1])).p_value == 14 / 20


@pytest.mark.parametrize(("size", "draws"), [(4, 1), (12, 199)])
def test_without_an_effect_p_is_uniform(size, draws):
    rng = np.random.default_rng(1)
    found = [partition_test(rng.normal(size=2 * size), draws=draws, seed=seed) for seed in range(600)]
    for p_values in ([each.p_value for each in found], [each.p_two_sided for each in found]):
        assert stats.kstest(p_values, "uniform").statistic < 0.07
        assert np.mean(np.array(p_values) <= 0.05) < 0.08


def test_effect_size_does_not_see_scale_or_rotation(many):
    turn = stats.ortho_group.rvs(12, random_state=0)
    turned = Space.from_vectors(many.collection.items, 7 * many.vectors @ turn, name="turned")
    first, second = (weat(space, *SMALL) for space in (many, turned))
    assert first.effect_size == pytest.approx(second.effect_size, abs=1e-5)
    assert first.p_value == second.p_value


def test_left_out_words_agree_with_doing_it_again(many):
    found = weat(many, *SMALL)
    for place, effects in enumerate(found.left_out):
        for word, effect in enumerate(effects):
            sets = [list(each) for each in SMALL]
            del sets[place][word]
            s = scores(many, *sets)
            size = len(sets[0])
            assert effect == pytest.approx((s[:size].mean() - s[size:].mean()) / s.std(ddof=1), rel=1e-6)


def test_the_interval_agrees_with_scipys_bootstrap():
    rng = np.random.default_rng(0)
    cosines = Cosines(rng.normal(size=(40, 15)) + np.repeat([1, 0], 20)[:, None], rng.normal(size=(40, 12)), 20)

    def effect(x, y, a, b, axis=-1):
        places = np.concatenate([x, y], axis=-1)[..., :, None]
        s = cosines.a[places, a[..., None, :]].mean(-1) - cosines.b[places, b[..., None, :]].mean(-1)
        return effect_sizes(s, 20)

    places = (np.arange(20), np.arange(20, 40), np.arange(15), np.arange(12))
    reference = stats.bootstrap(places, effect, n_resamples=4_000, method="BCa", vectorized=True, rng=0)
    resampled = bootstrap(cosines)
    found = bootstrap_interval(cosines, without_one(cosines), resampled)
    assert len(resampled) == RESAMPLES
    np.testing.assert_allclose(found, reference.confidence_interval, atol=0.06)
    assert found.low < effect_sizes(cosines.scores, 20) < found.high


def test_trimming_makes_both_targets_as_many(many):
    x, y, a, b = SMALL
    with pytest.raises(EmbeddingError, match="X has 4 usable and Y 2: take 2 from X"):
        weat(many, x, y[:2], a, b)
    found = weat(many, x, y[:2], a, b, trim=True)
    assert (found.x, found.trimmed) == ((0, 1), (2, 3))
    assert found.effect_size == weat(many, x[:2], y[:2], a, b).effect_size


def test_typed_words_bring_their_vectors(plane):
    typed = {"x3": [1, 0.1], "y3": [0.1, 1]}
    found = weat(plane, ["x1", "x3"], ["y1", "y3"], *SETS[2:], vectors_of=typed)
    assert found.effect_size > weat(plane, *SETS).effect_size
    with pytest.raises(EmbeddingError, match="must have 2 numbers like this space, got 3"):
        weat(plane, ["x1", "x3"], ["y1", "y3"], *SETS[2:], vectors_of={**typed, "x3": [1, 2, 3]})


def test_progress_and_stopping(many):
    seen = []
    weat(many, *MANY, draws=100_000, on_progress=lambda *each: seen.append(each))
    assert len(seen) > 1
    assert seen[-1] == (100_000, 100_000)

    def stop(done, total):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        weat(many, *MANY, on_progress=stop)


@pytest.mark.parametrize(
    ("sets", "message"),
    [
        ((["x1"], ["y1"], *SETS[2:]), "X needs at least 2 words, got 1"),
        ((["x1", "x2"], ["y1"], *SETS[2:]), "Y needs at least 2 words, got 1"),
        ((["x1", "x2", "a1"], ["y1", "y2"], *SETS[2:]), "must be as many"),
        ((SETS[0], SETS[0], *SETS[2:]), "X and Y hold the same words"),
        ((*SETS[:2], SETS[2], SETS[2]), "A and B hold the same words"),
        ((*SETS[:2], ["a1", "b1"], ["b1", "b2"]), "“b1” stands in both A and B"),
        ((["x1", "zz1"], ["y1", "y2"], *SETS[2:]), "Only 1 of the 2 words of X"),
        ((["1", "2.5"], ["y1", "y2"], *SETS[2:]), "X holds the number 1; a set holds words"),
        (([0.5, 1.5], ["y1", "y2"], *SETS[2:]), "X holds the number 0.5"),
        (([], ["y1", "y2"], *SETS[2:]), "X needs at least 2 words, got 0"),
        (([f"word{i}" for i in range(5_000)], ["y1", "y2"], *SETS[2:]), "X has 5,000 words; .* up to 1,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_sets_are_named(plane, sets, message):
    with pytest.raises(EmbeddingError, match=message):
        weat(plane, *sets)


def test_equal_scores_have_no_effect_size():
    space = Space.from_vectors("pqrsabcd", [[0, 0, 1]] * 4 + [[1, 0, 0], [1, 1, 0], [0, 1, 0], [1, 2, 0]], name="flat")
    with pytest.raises(EmbeddingError, match="to exactly the same degree"):
        weat(space, "pq", "rs", "ab", "cd")


def test_callers_bugs_are_value_errors(plane):
    with pytest.raises(ValueError, match="rows must lie between 0 and 7, got 99"):
        weat(plane, [0, 99], *SETS[1:])
    with pytest.raises(ValueError, match="even number"):
        partition_test(np.zeros(3))
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.5, 2])


def test_holm_by_hand():
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    np.testing.assert_allclose(holm([0.6, 0.5]), [1, 1])
    assert holm([]).shape == (0,)


def test_several_tests_are_corrected_and_refusals_listed(many):
    seen = []
    tests = {
        "first": SMALL,
        "bad": (SMALL[0], SMALL[0], *SMALL[2:]),
        "second": rows((4, 8), (16, 20), (30, 36), (43, 48)),
    }
    found = weat_battery(many, tests, on_progress=lambda *each: seen.append(each))
    assert found.names == ("first", "second")
    assert found.refused[0].name == "bad"
    assert "same words" in found.refused[0].reason
    np.testing.assert_allclose(found.adjusted, holm([test.p_value for test in found.tests]))
    np.testing.assert_allclose(found.adjusted_two_sided, holm([test.p_two_sided for test in found.tests]))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(EmbeddingError, match="same words"):
        weat_battery(many, {"bad": tests["bad"]})
    with pytest.raises(EmbeddingError, match="no test to run"):
        weat_battery(many, {})


def test_a_vector_without_direction_is_said_to_count_as_nothing(plane):
    vectors = {**PLANE, "nowhere": [0] * plane.dimension}
    space = Space.from_vectors(vectors, list(vectors.values()), name="plane")
    names = list(PLANE)
    found = weat(space, [*names[:1], "nowhere"], names[1:3], names[:2], names[2:4])
    assert "“nowhere” in X has no direction (length zero): every cosine with it counts as 0." in found.check.notes
    given = weat(plane, [*names[:1], "null"], names[1:3], names[:2], names[2:4], vectors_of={"null": [0, 0]})
    assert any("“null” in X has no direction" in note for note in given.check.notes)
