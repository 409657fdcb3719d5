"""Agreement of two spaces against brute force, other libraries' formulas and exact cases."""

from itertools import permutations

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import spearmanr
from sklearn.metrics.pairwise import cosine_similarity

from embeddings.collection import Collection
from embeddings.compare import agreement_table, align_spaces, both_neighbours, compare, sides
from embeddings.compare.cka import cka, kernels
from embeddings.compare.comparison import DRAWS
from embeddings.compare.lists import list_agreement
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.space import Space

MEASURES = ("overlap", "jaccard", "rbo", "cka", "cka_debiased", "rsa")


def space_of(vectors, name="items"):
    return Space.from_vectors([f"item {row}" for row in range(len(vectors))], vectors, name=name)


@pytest.fixture(scope="module")
def related():
    """Two spaces that share three directions, and one that shares nothing."""
    rng = np.random.default_rng(4)
    shared = rng.normal(size=(150, 3))
    one = np.hstack([shared, rng.normal(size=(150, 5))])
    other = np.hstack([shared @ rng.normal(size=(3, 6)), 0.7 * rng.normal(size=(150, 4))])
    return space_of(one), space_of(other), space_of(rng.normal(size=(150, 7)))


def lists_by_hand(space, k):
    cosines = cosine_similarity(space.vectors.astype(np.float64))
    np.fill_diagonal(cosines, -np.inf)
    return np.argsort(-cosines, axis=1, kind="stable")[:, :k]


def hsic(one, other):
    """Song et al. 2012, equation 5, with whole kernels."""
    n = len(one)
    k, m = (each @ each.T * (1 - np.eye(n)) for each in (one.astype(np.float64), other.astype(np.float64)))
    ones = np.ones(n)
    total = np.trace(k @ m) + ones @ k @ ones * (ones @ m @ ones) / ((n - 1) * (n - 2))
    return (total - 2 / (n - 2) * ones @ k @ m @ ones) / (n * (n - 3))


def rbo_by_sum(one, other, p):
    """The definition with the agreement at depth k going on for ever, summed until nothing is added."""
    total, k = 0.0, len(one)
    for depth in range(1, 2000):
        reached = min(depth, k)
        agreement = len(set(one[:reached]) & set(other[:reached])) / reached
        total += (1 - p) * p ** (depth - 1) * agreement
    return total


def test_lists_by_eye():
    found = list_agreement(np.array([[1, 2, 3], [1, 2, 3], [1, 2, 3]]), np.array([[1, 2, 3], [3, 2, 1], [4, 5, 6]]))
    assert found.overlap.tolist() == [1, 1, 0]
    assert found.jaccard.tolist() == [1, 1, 0]
    assert found.rbo[0] == pytest.approx(1)
    # Agreements at depth 1, 2, 3 are 0, ½, 1; the last goes on: .1 (.9 · ½) + .81.
    assert found.rbo[1] == pytest.approx(0.1 * 0.9 / 2 + 0.81)
    assert found.rbo[2] == 0


def test_rank_biased_overlap_is_the_sum_that_defines_it():
    rng = np.random.default_rng(0)
    one, other = (np.array([rng.permutation(15)[:8] for _ in range(40)]) for _ in range(2))
    found = list_agreement(one, other)
    np.testing.assert_allclose(found.rbo, [rbo_by_sum(*each, 0.9) for each in zip(one, other, strict=True)], atol=1e-9)
    sets = [(set(a), set(b)) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    np.testing.assert_allclose(found.overlap, [len(a & b) / 8 for a, b in sets])
    np.testing.assert_allclose(found.jaccard, [len(a & b) / len(a | b) for a, b in sets])


@pytest.mark.parametrize(("n", "d"), [(40, 7), (9, 30)])
def test_cka_against_whole_kernels(n, d):
    rng = np.random.default_rng(1)
    one = rng.normal(size=(n, d)) + 2
    other = one[:, :3] @ rng.normal(size=(3, 5)) + rng.normal(size=(n, 5))
    found = cka(kernels(one.astype(np.float32)), kernels(other.astype(np.float32)))
    centre = np.eye(n) - 1 / n
    k, m = (centre @ (each @ each.T) @ centre for each in (one, other))
    assert found.plain == pytest.approx((k * m).sum() / np.sqrt((k * k).sum() * (m * m).sum()), abs=1e-6)
    assert found.debiased == pytest.approx(hsic(one, other) / np.sqrt(hsic(one, one) * hsic(other, other)), abs=1e-5)


def test_cka_does_not_see_rotation_shift_and_scale():
    rng = np.random.default_rng(2)
    one = rng.normal(size=(60, 8)).astype(np.float32)
    turned = (one @ np.linalg.qr(rng.normal(size=(8, 8)))[0] * 3 + 5).astype(np.float32)
    found = cka(kernels(one), kernels(turned))
    assert found == pytest.approx((1, 1), abs=1e-5)


def test_debiased_cka_of_unrelated_spaces_is_about_zero_where_the_plain_one_is_not():
    rng = np.random.default_rng(3)
    found = [cka(*(kernels(rng.normal(size=(60, 300)).astype(np.float32)) for _ in range(2))) for _ in range(20)]
    assert np.mean([each.plain for each in found]) > 0.7
    assert abs(np.mean([each.debiased for each in found])) < 0.02


def test_the_whole_comparison_against_brute_force(related):
    one, other, _ = related
    found = compare(one, other, k=6)
    first, second = (lists_by_hand(space, 6) for space in (one, other))
    shares = np.array([len(set(a) & set(b)) / 6 for a, b in zip(first.tolist(), second.tolist(), strict=True)])
    np.testing.assert_allclose(found.item_overlap, shares, atol=1e-6)
    assert found.overlap.value == pytest.approx(shares.mean())
    upper = np.triu_indices(150, 1)
    similarities = [cosine_similarity(space.vectors)[upper] for space in (one, other)]
    assert found.rsa.value == pytest.approx(spearmanr(*similarities).statistic, abs=1e-5)
    assert found.moved[0] in np.flatnonzero(shares == shares.min())
    assert (np.diff(found.item_overlap[found.moved]) >= 0).all()
    assert sorted(found.moved) == list(range(150))
    both = both_neighbours(one, other, 17, k=6)
    assert both.a.tolist() == first[17].tolist()
    assert both.b.tolist() == second[17].tolist()
    assert len(both.shared) == round(6 * shares[17])


def test_related_spaces_beat_every_shuffle_and_unrelated_ones_do_not(related):
    one, other, stranger = related
    near, far = compare(one, other), compare(one, stranger)
    for name in MEASURES:
        agreement = getattr(near, name)
        assert agreement.null.shape == (DRAWS,)
        assert agreement.p_value == 1 / (1 + DRAWS)
        assert agreement.value > agreement.by_chance
        assert getattr(far, name).p_value > 0.01
    assert far.overlap.by_chance == pytest.approx(10 / 149, abs=0.01)
    assert near.rsa.by_chance == pytest.approx(0, abs=0.01)
    assert near.cka_debiased.by_chance == pytest.approx(0, abs=0.01)


def test_shuffles_have_the_exact_distribution():
    """Of 5 items, all 120 orders of the other space are compared by hand; the drawn mean lies near theirs."""
    rng = np.random.default_rng(8)
    one, other = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    found = compare(space_of(one), space_of(other), k=2)
    values = []
    for order in permutations(range(5)):
        lists = [lists_by_hand(space_of(vectors), 2).tolist() for vectors in (one, other[list(order)])]
        values.append(np.mean([len(set(a) & set(b)) / 2 for a, b in zip(*lists, strict=True)]))
    assert found.overlap.by_chance == pytest.approx(np.mean(values), abs=0.05)
    assert {round(value, 6) for value in found.overlap.null} <= {round(value, 6) for value in values}
    exact = np.mean(np.array(values) >= found.overlap.value - 1e-9)
    assert found.overlap.p_value == pytest.approx(exact, abs=0.15)


def test_a_space_agrees_wholly_with_itself_even_with_copies(related):
    vectors = np.vstack([related[0].vectors, np.tile(related[0].vectors[3], (20, 1))])
    same = compare(space_of(vectors), space_of(vectors))
    for name in MEASURES:
        assert getattr(same, name).value == pytest.approx(1)
    assert same.identical
    assert same.tied[0] == same.tied[1] > 0.1
    turned = compare(space_of(vectors), space_of(vectors[:, ::-1]))
    assert turned.overlap.value == pytest.approx(1)
    assert not turned.identical


def test_seeds_and_progress(related):
    one, other, _ = related
    seen = []
    first = compare(one, other, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (450, 450)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    np.testing.assert_array_equal(first.rsa.null, compare(one, other).rsa.null)
    assert not np.array_equal(first.rsa.null, compare(one, other, seed=1).rsa.null)

    def stop(done, total):
        if done > 300:
            raise Cancelled

    with pytest.raises(Cancelled):
        compare(one, other, on_progress=stop)


def test_large_collections_are_sampled(related, monkeypatch):
    one, other, _ = related
    whole = compare(one, other)
    monkeypatch.setattr("embeddings.ranks.MOST", 60)
    monkeypatch.setattr(sides, "CKA_ITEMS", 50)
    monkeypatch.setattr(sides, "RSA_ITEMS", 40)
    found = compare(one, other)
    scored = np.flatnonzero(~np.isnan(found.item_overlap))
    assert len(scored) == 60
    np.testing.assert_array_equal(found.item_overlap[scored], whole.item_overlap[scored])
    assert sorted(found.moved) == scored.tolist()
    assert found.overlap.by_chance == pytest.approx(10 / 149, abs=0.02)
    assert found.overlap.p_value == 0.01


def test_the_table_of_several_spaces(related):
    table = agreement_table(related, k=6)
    pair = compare(related[0], related[1], k=6)
    for name in MEASURES:
        matrix = getattr(table, name)
        assert matrix.shape == (3, 3)
        np.testing.assert_array_equal(matrix, matrix.T)
        assert matrix.diagonal().tolist() == [1, 1, 1]
        assert matrix[0, 1] == pytest.approx(getattr(pair, name).value)
    assert table.overlap[0, 1] > table.overlap[0, 2]


def test_turned_vectors_are_found_again_and_unrelated_ones_are_not(related):
    one, _, stranger = related
    turned = space_of(one.vectors @ np.linalg.qr(np.random.default_rng(0).normal(size=(8, 8)))[0])
    found = align_spaces(turned, one)
    assert found.found.share == 1
    np.testing.assert_allclose(found.cosines, 1, atol=1e-3)
    assert found.chance == 1 / 75
    lost = align_spaces(one, stranger)
    assert lost.found.share < 0.1
    # Fitted on the items themselves, unrelated vectors too look alike.
    assert lost.cosines.mean() > 0.15
    assert lost.alignment.places.shape == (150, 8)


def pictures():
    collection = Collection("pictures", (b"a", b"b", b"c", b"d"), pa.table({}))
    return Space(collection, np.eye(4, dtype=np.float32), "Pixels")


@pytest.mark.parametrize(
    ("one", "other", "k", "message"),
    [
        (np.eye(4), pictures, 1, "holds texts, “pictures” pictures"),
        (np.eye(4), np.eye(5), 1, "“items” with 4 items and “items” with 5 are different collections"),
        (np.eye(3), np.eye(3), 1, "at least 4 items, this collection has 3"),
        (np.eye(4), np.eye(4), 10, "k = 10 neighbours are too many for 4 items: choose at most 2"),
        (np.eye(5), np.ones((5, 2)), 1, "All vectors of given vectors are equal"),
        (np.zeros((5, 3)), np.eye(5), 1, "are equal, so there is nothing to compare"),
    ],
)
def test_what_cannot_be_compared_is_said(one, other, k, message):
    one, other = (side() if callable(side) else space_of(side) for side in (one, other))
    for act in (compare, lambda a, b, k: agreement_table([a, b], k=k)):
        with pytest.raises(EmbeddingError, match=message):
            act(one, other, k=k)


def test_one_space_is_no_comparison(related):
    with pytest.raises(EmbeddingError, match="at least 2 encoders"):
        agreement_table(related[:1])
    with pytest.raises(ValueError, match="same length"):
        list_agreement(np.ones((3, 2)), np.ones((3, 4)))
    with pytest.raises(ValueError, match="at least 4 items, got 3"):
        kernels(np.eye(3, dtype=np.float32))


def test_four_items_and_one_component_are_answered():
    found = compare(space_of([[1], [2], [-1], [3]]), space_of([[1, 0], [0, 1], [1, 2], [2, -1]]), k=1)
    assert found.overlap.p_value > 0.01
    assert np.isnan(found.cka_debiased.value) == np.isnan(found.cka_debiased.p_value)


def test_what_is_no_nearer_than_all_the_rest_is_no_neighbour():
    # Counts of words: two pairs share a word in both spaces, two more in one; the last two share nothing with any.
    one = [[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0]]
    one += [[0, 0, 0, 1, 0], [0, 0, 0, 0, 0]]
    other = [row[:] for row in one]
    other[4], other[5] = [0, 0, 0, 0, 1], [0, 0, 1, 0, 0]
    found = compare(space_of(one), space_of(other), k=3)
    # Without that, the lowest rows fill both lists, which then share 2 or 3 of 3.
    np.testing.assert_array_equal(found.item_overlap, [1, 1, 1, 1, *[np.nan] * 4])
    assert (found.overlap.value, found.jaccard.value, found.rbo.value) == pytest.approx((1, 1, 1))
    assert found.overlap.by_chance < 0.5
    near = both_neighbours(space_of(one), space_of(other), 4, k=3)
    assert (near.a.tolist(), near.b.tolist()) == ([5], [])
    nothing = compare(space_of(np.eye(6)), space_of(one[:6]), k=2)
    assert np.isnan(nothing.overlap.value)
    assert np.isnan(nothing.overlap.p_value)
    # Of lists of different lengths: two shared of three and two.
    lists = list_agreement(np.array([[1, 2, 3], [4, -1, -1]]), np.array([[1, 2, -1], [-1, -1, -1]]))
    np.testing.assert_allclose(lists.overlap, [2 / 3, np.nan])
    np.testing.assert_allclose(lists.jaccard, [2 / 3, np.nan])
