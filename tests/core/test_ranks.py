"""Ranks and lists against sorting by hand, with ties by lot."""

import numpy as np
import pytest

from embeddings.errors import EmbeddingError
from embeddings.graph import knn_graph
from embeddings.metrics import METRICS
from embeddings.neighbours import nearest
from embeddings.pairs import pair_distances, some_pairs
from embeddings.ranks import Points, Ranked, blocks, by_lot, distinct_rows, nearest_rows, scored_rows
from embeddings.space import Space

LINE = np.array([[0, 0], [1, 0], [3, 0], [6, 0], [1, 0]], dtype=np.float32)


def by_hand(distances):
    """Rows in order of distance, by lot among equals."""
    lots = by_lot(0, np.arange(distances.shape[1])).tolist()
    return [sorted(range(len(row)), key=lambda each, row=row: (row[each], lots[each])) for row in distances.tolist()]


def tied_distances(m=30, n=50):
    return np.random.default_rng(0).integers(0, 8, size=(m, n)).astype(np.float32)


def test_the_lot_orders_equals_in_lists_and_ranks_do_not_see_it():
    distances = tied_distances()
    ranked, orders = Ranked(distances), by_hand(distances)
    for k in (1, 7, 50):
        assert ranked.first(k).rows.tolist() == [order[:k] for order in orders]
    columns = np.tile(np.arange(50), (30, 1))
    expected = [[1 + sum(other < own for other in row) for own in row] for row in distances.tolist()]
    np.testing.assert_array_equal(ranked.ranks(columns), expected)
    tied = [row[order[6]] == row[order[7]] for row, order in zip(distances, orders, strict=True)]
    assert ranked.first(7).tied.tolist() == tied
    assert not ranked.first(50).tied.any()


def test_neighbours_on_a_line():
    found = nearest_rows(Points(LINE, "Euclidean"), 2)
    assert [set(rows) for rows in found.rows.tolist()] == [{1, 4}, {4, 0}, {1, 4}, {2, found.rows[3, 1]}, {1, 0}]
    assert found.rows[3, 1] in (1, 4)
    # From 3, the next after the two at 1 are at 0 and 6: of the copies both are in; only from 6 does the lot decide.
    assert found.tied.tolist() == [False, False, False, True, False]
    assert Points(LINE, "Euclidean").distinct == 4


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("d", [2, 9])
def test_distances_agree_with_the_metrics_up_to_order(metric, d):
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(60, d)).astype(np.float32)
    space = Space.from_vectors(map(str, range(60)), vectors, name="s")
    points = Points(vectors, metric)
    for row in (0, 31):
        expected = nearest(space, row, k=59, metric=metric).rows
        np.testing.assert_array_equal(Ranked(points.among(np.array([row]))).first(59).rows[0], expected)
        np.testing.assert_array_equal(
            np.argsort(points.to(vectors[[row]])[0], kind="stable"),
            np.argsort(np.where(METRICS[metric].larger_is_closer, -1, 1) * METRICS[metric].scores(space, vectors[row])),
        )
    np.testing.assert_array_equal(nearest_rows(points, 5).rows, knn_graph(space, k=5, metric=metric).rows)


def test_equal_vectors_are_equally_far_from_everything():
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(300, 384)).astype(np.float32)
    vectors[[50, 180, 299]] = vectors[3]
    for metric in METRICS:
        distances = Points(vectors, metric).to(vectors)
        assert np.array_equal(distances[:, 3], distances[:, 50])
        assert np.array_equal(distances[:, 3], distances[:, 299])
    assert set(nearest_rows(Points(vectors, "cosine"), 3).rows[180]) == {3, 50, 299}
    assert Points(np.array([[1, 2], [2, 4], [0.0, -0.0], [-0.0, 0.0]]), "cosine").distinct == 2


def test_distinct_rows_in_order_of_first_appearance():
    rows, of = distinct_rows(np.array([[2.0], [1.0], [2.0], [3.0]]))
    assert rows.tolist() == [[2], [1], [3]]
    assert of.tolist() == [0, 1, 0, 2]
    assert distinct_rows(np.eye(3))[1] is None


def test_blocks_cover_everything_and_bound_the_memory(monkeypatch):
    monkeypatch.setattr("embeddings.ranks.CELLS", 100)
    seen = []
    parts = list(blocks(np.arange(33), 20, lambda done, total: seen.append((done, total))))
    assert [len(part) for part in parts] == [5] * 6 + [3]
    assert np.concatenate(parts).tolist() == list(range(33))
    assert seen[0] == (5, 33)
    assert seen[-1] == (33, 33)
    vectors = np.random.default_rng(0).normal(size=(40, 5))
    in_blocks = nearest_rows(Points(vectors, "cosine"), 4).rows
    monkeypatch.undo()
    np.testing.assert_array_equal(in_blocks, nearest_rows(Points(vectors, "cosine"), 4).rows)


def test_too_many_items_are_sampled(monkeypatch):
    assert scored_rows(5).tolist() == [0, 1, 2, 3, 4]
    monkeypatch.setattr("embeddings.ranks.MOST", 10)
    rows = scored_rows(100, seed=3)
    assert len(set(rows.tolist())) == 10
    assert rows.tolist() == sorted(rows.tolist())
    assert np.array_equal(rows, scored_rows(100, seed=3))
    assert not np.array_equal(rows, scored_rows(100, seed=4))


def test_bad_numbers_of_neighbours():
    points = Points(LINE, "cosine")
    with pytest.raises(EmbeddingError, match="k = 5 neighbours are too many for 5 items: choose at most 4"):
        nearest_rows(points, 5)
    with pytest.raises(EmbeddingError, match="too few items to look at neighbours: 1"):
        nearest_rows(Points(LINE[:1], "cosine"), 1)
    with pytest.raises(ValueError, match="at least 1, got 0"):
        nearest_rows(points, 0)
    with pytest.raises(EmbeddingError, match="no metric “city block”"):
        Points(LINE, "city block")


def test_pairs_are_all_or_as_many_as_asked_for():
    left, right = some_pairs(5, 10)
    assert len({*zip(left.tolist(), right.tolist(), strict=True)}) == 10
    pairs = some_pairs(100, 500, seed=1)
    assert len(pairs.left) == 500
    assert (pairs.left != pairs.right).all()
    assert pairs.right.max() < 100


@pytest.mark.parametrize(
    ("metric", "expected"), [("cosine", [1, 2, 1]), ("Euclidean", [2**0.5, 2, 1]), ("dot", [0, 1, 0])]
)
def test_distances_of_pairs(compass, metric, expected):
    pairs = some_pairs(5, 10)
    chosen = [places in ((0, 1), (0, 2), (0, 4)) for places in zip(*pairs, strict=True)]
    np.testing.assert_allclose(pair_distances(compass.vectors, pairs, metric)[chosen], expected)
