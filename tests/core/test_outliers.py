import numpy as np
import pytest
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

from embeddings.errors import EmbeddingError
from embeddings.graph import knn_graph
from embeddings.outliers import OUTLIERS, find_outliers, outliers
from embeddings.outliers.mislabelled import mislabelled
from embeddings.outliers.ranking import ranked, robust_deviations
from embeddings.space import Space
from embeddings.units import unit


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


@pytest.fixture
def planted(blobs):
    """Three groups of 100, and three items far from everything, the last rows."""
    far = np.random.default_rng(3).normal(size=(3, 16))
    return space_of(np.vstack([blobs.vectors, 25 * unit(far)]))


@pytest.mark.parametrize("method", OUTLIERS)
def test_planted_outliers_rank_first(planted, method):
    scores = outliers(planted, method, metric="Euclidean")
    assert (scores.shape, scores.dtype) == ((303,), np.float32)
    assert set(np.argsort(-scores)[:3].tolist()) == {300, 301, 302}
    assert np.array_equal(scores, outliers(planted, method, metric="Euclidean"))
    first = ranked(scores, knn_graph(planted, metric="Euclidean"), count=4)
    assert min(each.deviations for each in first[:3]) > max(5, 1.3 * first[3].deviations)


@pytest.mark.parametrize("metric", ["cosine", "Euclidean"])
@pytest.mark.parametrize("method", OUTLIERS)
def test_every_score_takes_few_and_repeated_items(blobs, method, metric):
    for vectors in (blobs.vectors[:2], blobs.vectors[:5], np.repeat(blobs.vectors[:4], 30, axis=0)):
        assert np.isfinite(outliers(space_of(vectors), method, metric=metric)).all()


@pytest.mark.parametrize("method", OUTLIERS)
def test_every_row_of_the_table_says_what_it_is(method):
    spec = find_outliers(method)
    assert spec.summary.endswith(".")
    assert spec.reference
    assert all(each.low <= each.default <= each.high and each.summary for each in spec.parameters.values())


def test_knn_distance_by_eye():
    line = space_of(np.array([[0.0], [1], [3], [10]]))
    assert outliers(line, k=1, metric="Euclidean").tolist() == [1, 1, 2, 7]
    assert outliers(line, k=2, metric="Euclidean").tolist() == [3, 2, 3, 9]
    assert outliers(line, k=50, metric="Euclidean").tolist() == [10, 9, 7, 10]


@pytest.mark.parametrize("metric", ["cosine", "Euclidean"])
def test_lof_agrees_with_scikit_learn(planted, metric):
    theirs = LocalOutlierFactor(20, metric=metric.lower(), algorithm="brute").fit(planted.vectors)
    found = outliers(planted, "LOF", metric=metric)
    assert found == pytest.approx(-theirs.negative_outlier_factor_, rel=1e-3)
    shared = outliers(planted, "LOF", metric=metric, graph=knn_graph(planted, k=40, metric=metric))
    assert shared == pytest.approx(found, rel=1e-4)


def test_isolation_forest_is_scikit_learns_own(planted):
    theirs = -IsolationForest(n_estimators=50, random_state=4).fit(planted.vectors).score_samples(planted.vectors)
    assert outliers(planted, "Isolation Forest", metric="Euclidean", trees=50, seed=4) == pytest.approx(theirs)


def test_a_graph_with_too_few_neighbours_is_not_used(planted):
    small = knn_graph(planted, k=2)
    assert np.array_equal(outliers(planted, k=10, graph=small), outliers(planted, k=10))
    assert np.array_equal(outliers(planted, k=2, graph=small), small.distances[:, 1])


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda space: outliers(space, "DBSCAN"), "no outlier score “DBSCAN”; choose one of kNN distance, LOF"),
        (lambda space: outliers(space, k=0), "k must lie between 1 and 100, got 0"),
        (lambda space: outliers(space, trees=10), "has no setting “trees”"),
        (lambda space: outliers(space, metric="dot"), "“dot” is none"),
        (lambda space: outliers(space_of(space.vectors[:1])), "at least 2 items, this collection has 1"),
        (lambda space: outliers(space_of(np.ones((9, 3)))), "the same direction here, so nothing tells them apart"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_scored_is_said(blobs, act, message):
    with pytest.raises(EmbeddingError, match=message):
        act(blobs)


def test_a_graph_of_another_metric_is_the_callers_bug(blobs):
    with pytest.raises(ValueError, match="graph must be of metric cosine"):
        outliers(blobs, graph=knn_graph(blobs, metric="Euclidean"))


def test_deviations_by_hand():
    # The median is 3, the median distance from it 1.
    assert robust_deviations(np.array([1, 2, 3, 4, 9])) == pytest.approx(np.array([-2, -1, 0, 1, 6]) / 1.4826)
    assert robust_deviations(np.array([1.0, 1, 1, 5, 0])).tolist() == [0, 0, 0, np.inf, -np.inf]


def test_the_reason_of_an_outlier_is_its_nearest_items(planted):
    graph = knn_graph(planted)
    scores = outliers(planted, graph=graph)
    found = ranked(scores, graph, count=5, neighbours=2)
    assert [each.score for each in found] == sorted(scores.tolist(), reverse=True)[:5]
    for each in found:
        assert each.neighbours.tolist() == graph.rows[each.row, :2].tolist()
        assert each.distances.tolist() == graph.distances[each.row, :2].tolist()
    assert ranked(np.zeros(303), graph, count=2)[0].row == 0
    with pytest.raises(ValueError, match="those of 303 items, got 2"):
        ranked(np.zeros(2), graph)


def test_planted_wrong_labels_rank_first(blobs):
    labels = np.repeat(["a", "b", "c"], 100).astype(object)
    labels[[5, 150, 222]] = ["b", "c", "a"]
    labels[[7, 8]] = None
    found = mislabelled(blobs, labels.tolist())
    assert set(found.ranking.tolist()) == {5, 150, 222}
    assert [found.names[found.suggested[row]] for row in (5, 150, 222)] == ["a", "b", "c"]
    assert found.support[[5, 150, 222]].min() > 0.8
    assert (found.distances > found.suggested_distances)[[5, 150, 222]].all()
    assert (found.own[7], found.left_out) == (-1, 2)
    assert np.isnan(found.distances[7])
    assert found.names[found.suggested[7]] == "a"
    assert np.array_equal(mislabelled(blobs, labels.tolist(), graph=knn_graph(blobs)).ranking, found.ranking)


def test_distances_leave_the_item_out_of_its_own_centre():
    line = space_of(np.array([[0.0], [2], [4], [10], [12], [50]]))
    found = mislabelled(line, ["a", "a", "a", "b", "b", "c"], k=2, metric="Euclidean")
    assert found.distances[:5].tolist() == [3, 0, 3, 2, 2]
    assert np.isnan(found.distances[5])
    assert 5 not in found.ranking
    # Row 3 has 12 and 4 around it, one of each label: its own wins.
    assert found.names[found.suggested[3]] == "b"
    assert found.support[3] == 0.5
    # Row 4 has 10 and 4: again its own. Row 5 has 12 and 10.
    assert [found.names[each] for each in found.suggested[4:]] == ["b", "b"]
    assert found.suggested_distances[5] == 39


def test_neighbours_without_labels_suggest_nothing():
    line = space_of(np.array([[0.0], [1], [2], [50], [51], [100], [101]]))
    found = mislabelled(line, [None, "a", None, "b", "b", "a", "b"], k=1, metric="Euclidean")
    assert found.suggested[1] == -1
    assert found.support[1] == 0
    assert np.isnan(found.suggested_distances[1])
    assert set(found.ranking.tolist()) == {5, 6}


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([None] * 300, "this column has 0 different ones on 0 items"),
        (["a"] * 300, "this column has 1 different ones on 300 items"),
        ([f"item {row}" for row in range(300)], "this column has 300 different ones on 300 items"),
    ],
)
def test_labels_that_cannot_be_wrong_are_said(blobs, labels, message):
    with pytest.raises(EmbeddingError, match=message):
        mislabelled(blobs, labels)


def test_five_hundred_labels_are_judged():
    rng = np.random.default_rng(0)
    vectors = np.repeat(rng.normal(size=(500, 20)), 4, axis=0) + rng.normal(size=(2000, 20)) * 0.01
    labels = [f"label {row // 4:03}" for row in range(2000)]
    labels[8] = labels[0]
    assert mislabelled(space_of(vectors), labels, k=3).ranking.tolist() == [8]


def test_wrong_numbers_of_labels_are_the_callers_bug(blobs):
    with pytest.raises(ValueError, match="n = 300 values, got 1"):
        mislabelled(blobs, ["a"])
