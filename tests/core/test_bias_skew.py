import numpy as np
import pytest
from scipy import stats

from embeddings.bias.groups import group_codes
from embeddings.bias.label_skew import label_skew
from embeddings.bias.ranking import ndkl, skews
from embeddings.bias.search_skew import search_skew
from embeddings.errors import Cancelled, EmbeddingError, UnknownItem
from embeddings.intervals import wilson
from embeddings.space import Space

EQUAL = np.array([0.5, 0.5])


def codes(ranking):
    return np.array(["MF".index(letter) for letter in ranking])


@pytest.fixture(scope="module")
def faces():
    """60 pictures' vectors: the 20 of group b lie nearer to "chief" than the 40 of group a; two have no label."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(scale=0.3, size=(62, 5)) + np.eye(5)[1]
    vectors[40:60] += [0.5, 0, 0, 0, 0]
    return Space.from_vectors([f"face {i}" for i in range(62)], vectors, name="faces")


GROUPS = ["a"] * 40 + ["b"] * 20 + [None, " "]
CHIEF = {"chief": [1, 0.5, 0, 0, 0]}


def test_published_figures():
    assert ndkl(codes("MFMFMFMFMF"), EQUAL) == pytest.approx(0.161664, abs=5e-7)
    assert ndkl(codes("MMMMMFFFFF"), EQUAL) == pytest.approx(0.478387, abs=5e-7)
    assert skews(codes("MMMMMFFFFF"), EQUAL, 4).max() == pytest.approx(0.693147, abs=5e-7)


def test_skew_by_hand_and_for_a_group_without_a_place():
    np.testing.assert_allclose(skews(codes("MMFM"), np.array([0.6, 0.4]), 4), np.log([0.75 / 0.6, 0.25 / 0.4]))
    assert skews(codes("MMFM"), EQUAL, 2).tolist() == [np.log(2), -np.inf]
    assert skews(codes("MFFM"), EQUAL, 4).tolist() == [0, 0]


def test_divergence_agrees_with_scipy():
    rng = np.random.default_rng(0)
    ranking, expected = rng.integers(0, 3, size=25), np.array([0.2, 0.5, 0.3])
    discounts = 1 / np.log2(np.arange(2, 27))
    parts = [stats.entropy(np.bincount(ranking[:i], minlength=3), expected) for i in range(1, 26)]
    assert ndkl(ranking, expected) == pytest.approx(np.average(parts, weights=discounts))


def test_a_search_shows_one_group_first(faces):
    found = search_skew(faces, "chief", GROUPS, k=10, vectors_of=CHIEF)
    assert found.groups == ("a", "b")
    assert (found.totals.tolist(), found.unlabelled) == ([40, 20], 2)
    np.testing.assert_allclose(found.expected, [2 / 3, 1 / 3])
    cosines = faces.vectors[:60] @ CHIEF["chief"] / faces.norms[:60]
    order = np.argsort(-cosines, kind="stable")
    assert found.rows.tolist() == order.tolist()
    assert found.counts.tolist() == np.bincount(order[:10] >= 40, minlength=2).tolist()
    np.testing.assert_allclose(found.skew, np.log(found.counts / 10 / found.expected))
    assert found.max_skew == found.skew[1] > 0
    assert found.ndkl == pytest.approx(ndkl((order >= 40).astype(int), found.expected))
    assert found.p_ndkl < 0.01
    assert found.p_max_skew < 0.01


def test_counts_are_set_against_random_orders_exactly(faces):
    found = search_skew(faces, "chief", GROUPS, k=10, vectors_of=CHIEF)
    drawn = stats.hypergeom(60, 20, 10)
    assert found.usual[1].tolist() == [drawn.ppf(0.025), drawn.ppf(0.975)]
    count = found.counts[1]
    likelihoods = drawn.pmf(np.arange(11))
    exact = likelihoods[likelihoods <= likelihoods[count] * (1 + 1e-9)].sum()
    # Two groups, so both have the same p, doubled by Holm.
    np.testing.assert_allclose(found.p_values, min(1, 2 * exact), rtol=1e-6)
    # With k = 10 the permutation p of MaxSkew must be near that of the same or a more extreme count.
    skew_of = np.maximum(
        np.log(np.maximum(np.arange(11), 1e-9) / 10 * 3), np.log(np.maximum(10 - np.arange(11), 1e-9) / 10 * 1.5)
    )
    assert found.p_max_skew == pytest.approx(likelihoods[skew_of >= found.max_skew - 1e-9].sum(), abs=0.01)


def test_equal_shares_can_be_expected(faces):
    found = search_skew(faces, "chief", GROUPS, k=10, expected="equal", vectors_of=CHIEF)
    np.testing.assert_allclose(found.expected, [0.5, 0.5])
    np.testing.assert_allclose(found.skew, np.log(found.counts / 5))


def test_an_even_search_is_not_skewed():
    rng = np.random.default_rng(1)
    space = Space.from_vectors([f"i{i}" for i in range(300)], rng.normal(size=(300, 6)), name="even")
    groups = rng.choice(["a", "b", "c"], size=300).tolist()
    found = [search_skew(space, rng.normal(size=6), groups, k=20, draws=99) for _ in range(40)]
    assert stats.kstest([each.p_ndkl for each in found], "uniform").statistic < 0.25
    assert np.mean([each.p_values.min() < 0.05 for each in found]) < 0.2


def test_where_all_labelled_items_are_equally_near_there_is_no_order():
    vectors = [[1, 0], [0, 1], [0, 1], [0, 1], [0, 1]]
    space = Space.from_vectors(list("abcde"), vectors, name="tied")
    with pytest.raises(EmbeddingError, match="All labelled items are equally near"):
        search_skew(space, np.array([1.0, 0.1]), [None, "x", "y", "x", "y"], k=2)


def test_an_item_is_not_among_its_own_results(faces):
    found = search_skew(faces, "face 45", GROUPS, k=5)
    assert 45 not in found.rows
    assert found.totals.tolist() == [40, 19]
    assert search_skew(faces, 45, GROUPS, k=5).rows.tolist() == found.rows.tolist()


def test_search_is_seeded_reports_and_stops(faces):
    seen = []
    first = search_skew(faces, "face 1", GROUPS, draws=120, on_progress=lambda *each: seen.append(each))
    assert seen == [(50, 120), (100, 120), (120, 120)]
    assert first.p_ndkl == search_skew(faces, "face 1", GROUPS, draws=120).p_ndkl

    def stop(done, total):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        search_skew(faces, "face 1", GROUPS, on_progress=stop)


@pytest.mark.parametrize(
    ("groups", "k", "message"),
    [
        (["a"] * 62, 10, "holds only “a”"),
        ([None] * 62, 10, "holds none"),
        ([str(i) for i in range(62)], 10, "62 different values; up to 50"),
        (GROUPS, 61, "The first 61 results were asked for, but only 60"),
        (["a"] * 61 + ["b"], 10, "“b” has no item but the query itself"),
    ],
)
def test_bad_columns_are_named(faces, groups, k, message):
    with pytest.raises(EmbeddingError, match=message):
        search_skew(faces, "face 61" if groups[-1] == "b" else CHIEF["chief"], groups, k=k)


def test_unknown_queries_and_callers_bugs(faces):
    with pytest.raises(UnknownItem, match="boss"):
        search_skew(faces, "boss", GROUPS)
    with pytest.raises(ValueError, match="one value for each of 62 items, got 2"):
        search_skew(faces, 0, ["a", "b"])
    with pytest.raises(ValueError, match="k must be at least 1"):
        search_skew(faces, 0, GROUPS, k=0)
    with pytest.raises(ValueError, match="k must lie between"):
        skews(codes("MF"), EQUAL, 3)
    with pytest.raises(ValueError, match="must be positive"):
        ndkl(codes("MF"), np.array([1.0, 0.0]))


def test_groups_are_numbered_most_frequent_first():
    found = group_codes([1, 2, 2, None, float("nan"), "", "x"], 7)
    assert (found.names, found.unlabelled) == (("2", "1", "x"), 3)
    assert found.codes.tolist() == [1, 0, 0, -1, -1, -1, 2]


def test_label_rates_by_group():
    predicted = [0] * 30 + [1] * 10 + [0] * 5 + [1] * 15 + [0]
    groups = ["a"] * 40 + ["b"] * 20 + [None]
    found = label_skew(predicted, groups, ["cook", "chief"])
    assert found.counts.tolist() == [[30, 10], [5, 15]]
    assert found.rates[0][1] == wilson(10, 40)
    assert found.rates[1][1] == wilson(15, 20)
    np.testing.assert_allclose(found.spread, [0.5, 0.5])
    assert (found.max_spread, found.unlabelled) == (0.5, 1)
    assert (found.p_values < 0.01).all()
    assert np.array_equal(found.p_values, label_skew(predicted, groups, ["cook", "chief"]).p_values)


def test_equal_label_rates_are_even():
    found = label_skew([0, 1, 2, 0, 1, 2], ["a", "a", "a", "b", "b", "b"], ["x", "y", "z"])
    assert found.max_spread == 0
    assert found.p_values.tolist() == [1, 1, 1]


def test_p_of_label_spread_agrees_with_fisher():
    predicted, groups = [0] * 9 + [1] * 3 + [0] * 4 + [1] * 8, ["a"] * 12 + ["b"] * 12
    found = label_skew(predicted, groups, ["x", "y"], draws=20_000)
    exact = stats.fisher_exact([[9, 3], [4, 8]]).pvalue
    np.testing.assert_allclose(found.p_values, 2 * exact, atol=0.02)


def test_labels_that_do_not_fit_are_bugs():
    with pytest.raises(ValueError, match="places among 2 labels"):
        label_skew([0, 2], ["a", "b"], ["x", "y"])
    with pytest.raises(EmbeddingError, match="At least 2 groups"):
        label_skew([0, 1], ["a", "a"], ["x", "y"])
