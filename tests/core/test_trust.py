"""Trust of a map against scikit-learn, brute force and maps whose faults are known by eye."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances

from embeddings.errors import Cancelled, EmbeddingError
from embeddings.graph import knn_graph
from embeddings.projections import Layout, project
from embeddings.space import Space
from embeddings.trust import (
    neighbourhood_hit,
    neighbours_kept,
    point_trust,
    shepard,
    trust,
    trust_of_maps,
    trust_sentence,
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


@pytest.mark.parametrize("k", [1, 5, 15, 199])
@pytest.mark.parametrize("metric", ["cosine", "Euclidean"])
def test_trustworthiness_is_that_of_scikit_learn(random, metric, k):
    space, layout = random
    found = trust(space, layout, k=k, metric=metric)
    vectors, places = space.vectors.astype(np.float64), layout.coordinates.astype(np.float64)
    expected = trustworthiness(vectors, places, n_neighbors=k, metric=metric.lower())
    # Among 80,000 distances two may be equal in float32 that differ in float64; then a rank differs by one.
    rounding = 2e-7 if k == 199 else 1e-12
    assert found.trustworthiness == pytest.approx(expected, abs=rounding)
    if metric == "cosine":
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert found.continuity == pytest.approx(trustworthiness(places, vectors, n_neighbors=k), abs=rounding)


def test_every_point_against_brute_force(random):
    space, layout = random
    k, n = 7, 400
    found = trust(space, layout, k=k, metric="Euclidean")
    ranks = []
    for points in (space.vectors, layout.coordinates):
        distances = pairwise_distances(points.astype(np.float64))
        np.fill_diagonal(distances, np.inf)
        ranks.append(np.argsort(np.argsort(distances, axis=1, kind="stable"), axis=1) + 1)
    true, shown = ranks
    scale = 2 / (k * (2 * n - 3 * k - 1))
    false = 1 - scale * np.where(shown <= k, np.maximum(true - k, 0), 0).sum(axis=1)
    missing = 1 - scale * np.where(true <= k, np.maximum(shown - k, 0), 0).sum(axis=1)
    np.testing.assert_allclose(found.point_trustworthiness, false, atol=1e-6)
    np.testing.assert_allclose(found.point_continuity, missing, atol=1e-6)
    np.testing.assert_allclose(found.point_kept, ((shown <= k) & (true <= k)).sum(axis=1) / k, atol=1e-6)
    assert found.trustworthiness == pytest.approx(false.mean())
    assert found.kept == pytest.approx(found.point_kept.mean())
    assert found.chance == pytest.approx(k / (n - 1))
    np.testing.assert_allclose(
        found.point_kept,
        neighbours_kept(space, knn_graph(space, k=k, metric="Euclidean"), layout, k=k).shares,
        atol=1e-6,
    )


def test_the_digits_come_out_as_published():
    space = space_of(load_digits().data)
    found = trust(space, project(space, "PCA"), metric="Euclidean")
    assert found.trustworthiness == pytest.approx(0.8288, abs=5e-4)
    assert found.continuity == pytest.approx(0.9455, abs=5e-4)
    assert found.explained == pytest.approx(0.2851, abs=1e-3)


def test_a_perfect_map_and_one_with_two_points_exchanged():
    space = space_of(LINE, "line")
    perfect = trust(space, drawn(LINE), k=1, metric="Euclidean")
    assert (perfect.trustworthiness, perfect.continuity, perfect.kept) == (1, 1, 1)
    assert perfect.explained is None
    # The ends change places. True neighbours: 1, 0, 1, 2, 3. On the map, from left to right 4 1 2 3 0: 3, 4, 1, 2, 1.
    swapped = trust(space, drawn([LINE[4], *LINE[1:4], LINE[0]]), k=1, metric="Euclidean")
    assert swapped.point_kept.tolist() == [0, 0, 1, 1, 0]
    # Ranks of the strangers: 3 from 0 is third, 4 from 1 is fourth, 1 from 4 is third; the scale is 2 / 6.
    np.testing.assert_allclose(swapped.point_trustworthiness, [1 - 2 / 3, 0, 1, 1, 1 - 2 / 3], atol=1e-6)
    assert trust_sentence(swapped) == (
        "40.0 % of the points keep their nearest neighbour on this map; by chance 25.0 % would."
    )


def test_what_is_equally_near_is_as_good():
    """A square grid turned by 30 degrees: a map that is the space, where rounding breaks the ties of the map."""
    grid = np.stack(np.meshgrid(np.arange(9.0), np.arange(9.0)), axis=-1).reshape(-1, 2)
    turned = drawn(grid @ [[np.sqrt(3) / 2, 0.5], [-0.5, np.sqrt(3) / 2]])
    space = space_of(grid)
    found = trust(space, turned, k=10, metric="Euclidean")
    assert (found.kept, found.trustworthiness, found.continuity) == (1, 1, 1)
    assert found.tied > 0.5
    on_the_map = neighbours_kept(space, knn_graph(space, k=10, metric="Euclidean"), turned, k=10)
    assert on_the_map.shares.tolist() == [1] * 81
    assert on_the_map.chance == pytest.approx(found.chance)
    for row in range(81):
        point = point_trust(space, turned, row, k=10, metric="Euclidean")
        assert (len(point.kept), len(point.missing), len(point.false)) == (10, 0, 0)


@pytest.fixture(scope="module")
def answers():
    """60 short answers, one component a word: many are equal, many share no word; the last 8 share none with any."""
    rng = np.random.default_rng(0)
    vectors = np.zeros((60, 14), dtype=np.float32)
    for row in range(52):
        vectors[row, rng.choice(6, size=2, replace=False)] = 1
    vectors[52:, 6:] = np.eye(8)
    return space_of(vectors)


def test_chance_is_what_random_maps_keep_of_tied_neighbours(answers):
    rng = np.random.default_rng(1)
    layouts = [drawn(rng.normal(size=(60, 2))) for _ in range(150)]
    found = trust_of_maps(answers, layouts, k=10)
    chance = found[0].chance
    assert chance > 1.2 * 10 / 59
    assert np.mean([each.kept for each in found]) == pytest.approx(chance, abs=0.005)
    graph = knn_graph(answers)
    for layout, each in zip(layouts[:3], found, strict=False):
        shares = neighbours_kept(answers, graph, layout)
        np.testing.assert_allclose(shares.shares, each.point_kept, atol=1e-6)
        assert shares.chance == pytest.approx(chance)


def test_what_has_nothing_in_common_is_not_scored(answers):
    layout = project(answers, "PCA")
    found = trust(answers, layout, k=10)
    assert found.scored.tolist() == list(range(52))
    assert np.isnan(found.point_kept[52:]).all()
    point = point_trust(answers, layout, 55, k=10)
    assert (len(point.true), len(point.false)) == (0, 10)
    with pytest.raises(EmbeddingError, match="No two items of this space have anything in common"):
        trust(space_of(np.eye(30)), drawn(np.random.default_rng(0).normal(size=(30, 2))), k=5)


def test_several_maps_share_one_pass(random):
    space, layout = random
    other = drawn(layout.coordinates[::-1])
    together = trust_of_maps(space, [layout, other], k=5)
    for one, alone in zip(together, (trust(space, layout, k=5), trust(space, other, k=5)), strict=True):
        assert one.trustworthiness == alone.trustworthiness
        np.testing.assert_array_equal(one.point_continuity, alone.point_continuity)
    # A map without any truth keeps what chance keeps, and comes to about ½.
    assert together[1].kept == pytest.approx(together[1].chance, abs=0.01)
    assert together[1].trustworthiness == pytest.approx(0.5, abs=0.05)


def test_blocks_change_nothing_and_report_progress(random, monkeypatch):
    space, layout = random
    whole = trust(space, layout, k=5)
    monkeypatch.setattr("embeddings.ranks.CELLS", 400 * 30)
    seen = []
    parts = trust(space, layout, k=5, on_progress=lambda done, total: seen.append((done, total)))
    assert parts.trustworthiness == pytest.approx(whole.trustworthiness, abs=1e-12)
    assert seen[0] == (30, 400)
    assert seen[-1] == (400, 400)

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        trust(space, layout, k=5, on_progress=stop)


def test_a_large_collection_is_scored_by_a_sample(random, monkeypatch):
    space, layout = random
    whole = trust(space, layout, k=5)
    monkeypatch.setattr("embeddings.ranks.MOST", 100)
    found = trust(space, layout, k=5, seed=1)
    assert len(found.scored) == 100
    np.testing.assert_array_equal(found.point_kept[found.scored], whole.point_kept[found.scored])
    assert np.isnan(np.delete(found.point_kept, found.scored)).all()
    assert found.trustworthiness == pytest.approx(whole.trustworthiness, abs=0.05)


def test_of_copies_those_count_that_the_map_shows():
    vectors = np.vstack([np.ones((4, 3)), np.eye(3), -np.eye(3)])
    space = space_of(vectors)
    found = trust(space, drawn(np.arange(20).reshape(10, 2)), k=2)
    assert found.tied >= 0.4
    at_copy = point_trust(space, drawn(np.arange(20).reshape(10, 2)), 3, k=2)
    assert set(at_copy.true) == {1, 2}
    assert set(at_copy.shown) == {2, 4}
    assert (at_copy.kept.tolist(), at_copy.missing.tolist(), at_copy.false.tolist()) == ([2], [1], [4])
    assert sorted(at_copy.true_ranks) == [1, 4]


def test_one_point_agrees_with_the_whole(random):
    space, layout = random
    whole = trust(space, layout, k=9)
    for row in (0, 123):
        one = point_trust(space, layout, row, k=9)
        assert len(one.kept) == round(9 * whole.point_kept[row])
        assert sorted([*one.kept, *one.missing]) == sorted(one.true)
        assert sorted([*one.kept, *one.false]) == sorted(one.shown)
        assert not set(one.true) & set(one.false)
        assert one.scores.shape == (400,)
        assert one.scores[row] == pytest.approx(1)
        assert (np.diff(one.scores[one.true]) <= 1e-6).all()
        assert set(one.true_ranks[np.isin(one.shown, one.false)] > 9) <= {True}
        assert (one.map_ranks[np.isin(one.true, one.kept)] <= 9).all()


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (0.31, "keeps 3.1; by chance it would keep .25."),
        (0.05, "keeps .50;"),
        (0.0, "keeps 0;"),
        (1.0, "keeps 10;"),
    ],
)
def test_the_sentence(random, kept, words):
    space, layout = random
    said = trust_sentence(replace(trust(space, layout, k=10), kept=kept))
    assert said.startswith("Of each point's 10 true neighbours this map ")
    assert words in said


def test_tiny_chances_are_not_called_zero(random):
    space, layout = random
    assert "less than .01" in trust_sentence(replace(trust(space, layout, k=10), chance=1e-5))


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda s: trust(s, drawn(LINE)), "k = 15 neighbours are too many for 5 items: choose at most 2"),
        (lambda s: trust(space_of(LINE[:3]), drawn(LINE[:3])), "too many for 3 items: choose at most 1"),
        (lambda s: trust(space_of(np.ones((5, 2))), drawn(LINE), k=1), "All vectors of this space are equal"),
        (lambda s: trust(s, drawn(np.ones((5, 2)), "UMAP"), k=1), "this UMAP map lie on one place"),
        (lambda s: trust(s, drawn(LINE), k=1, metric="angle"), "no metric “angle”"),
        (lambda s: point_trust(s, drawn(LINE), 0, k=5), "choose at most 4"),
        (lambda s: neighbourhood_hit(s, drawn(LINE), ["a"] * 5, k=1), "2 different labels are needed .*, got 1"),
        (lambda s: neighbourhood_hit(s, drawn(LINE), ["a", "b", None, None, None]), "too many for 2 items"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_answered_in_words(act, message):
    with pytest.raises(EmbeddingError, match=message):
        act(space_of(LINE))


@pytest.mark.parametrize(
    "act",
    [
        lambda s: trust(s, drawn(LINE[:4]), k=1),
        lambda s: trust(s, drawn(LINE), k=0),
        lambda s: point_trust(s, drawn(LINE), 5, k=1),
        lambda s: shepard(s, drawn(LINE[:4])),
        lambda s: neighbourhood_hit(s, drawn(LINE), ["a", "b"], k=1),
    ],
)
def test_bugs_of_the_caller(act):
    with pytest.raises(ValueError, match="must"):
        act(space_of(LINE))


def test_three_items_can_be_scored():
    found = trust(space_of(LINE[:3]), drawn(LINE[:3]), k=1, metric="Euclidean")
    assert found.trustworthiness == 1
