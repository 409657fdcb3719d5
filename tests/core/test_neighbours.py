import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.graph import knn_graph, unrelated_items
from embeddings.metrics import METRICS
from embeddings.neighbours import find_row, nearest, similarity_sample
from embeddings.space import Space

SKLEARN = {"cosine": "cosine", "Euclidean": "euclidean"}


def test_neighbours_on_the_compass(compass):
    found = nearest(compass, "east", k=4)
    assert {compass.collection.text(row) for row in found.rows[:3]} == {"north", "south", "nowhere"}
    assert compass.collection.text(found.rows[3]) == "west"
    assert found.scores.tolist() == [0, 0, 0, -1]


def test_nothing_is_nearest_where_all_is_equally_near(compass):
    assert len(nearest(compass, "nowhere", k=3).rows) == 0
    assert len(nearest(compass, [0.0, 0.0], k=9, metric="dot").rows) == 0
    assert len(nearest(compass, [0.0, 0.0], k=2, metric="Euclidean").rows) == 1
    copies = Space.from_vectors(list("abcd"), np.full((4, 7), 0.1), name="copies")
    for metric in METRICS:
        assert len(nearest(copies, "a", k=2, metric=metric).rows) == 0


def test_what_shares_nothing_is_listed_neither_first_nor_last():
    # Counts of words: b shares a word with a, the four others share none.
    space = Space.from_vectors(list("abcdef"), [[1, 1, 0], [1, 0, 0], *[[0, 0, 1]] * 4], name="counts")
    found = nearest(space, "a", k=3)
    assert found.rows.tolist() == [1]
    # All are there, so none of them was preferred by its row.
    assert sorted(nearest(space, "a", k=5).rows.tolist()) == [1, 2, 3, 4, 5]


def words(*texts):
    """A component for each word: what shares no word has a cosine of 0."""
    known = sorted({word for text in texts for word in text.split()})
    vectors = [[float(word in text.split()) for word in known] for text in texts]
    return Space.from_vectors([f"{row} {text}" for row, text in enumerate(texts)], vectors, name="words")


@pytest.mark.parametrize("metric", ["cosine", "dot"])
def test_what_shares_no_word_is_no_neighbour_and_the_file_does_not_decide(metric):
    space = words(*["a b"] * 20, *(f"x{row}" for row in range(40)), "a c")
    graph = knn_graph(space, k=5, metric=metric)
    alone = np.arange(20, 60)
    assert not graph.related[alone].any()
    assert graph.related[:20].all()
    assert graph.related[60].all()
    assert np.flatnonzero(unrelated_items(space, metric)).tolist() == alone.tolist()
    # Listed all the same, evenly from the whole file; of 20 equal ones too.
    listed = np.bincount(graph.rows[alone].ravel(), minlength=61)
    assert (listed[:20].sum(), listed.max()) == (pytest.approx(200 * 20 / 60, abs=25), pytest.approx(5, abs=7))
    first = np.bincount(np.concatenate([nearest(space, row, k=5, metric=metric).rows for row in range(20)]))
    assert first[:20].min() > 0
    assert all(graph.rows[row].tolist() == nearest(space, row, k=5, metric=metric).rows.tolist() for row in range(20))
    again = knn_graph(space, k=5, metric=metric)
    assert np.array_equal(again.rows, graph.rows)
    assert knn_graph(space, k=5, metric="Euclidean").related.all()


def test_in_a_space_with_negative_numbers_only_zero_vectors_have_nothing_in_common(compass):
    graph = knn_graph(compass, k=4)
    nowhere = compass.collection.rows["nowhere"]
    assert (graph.related == ((graph.rows != nowhere) & (np.arange(5) != nowhere)[:, None])).all()
    assert np.flatnonzero(unrelated_items(compass)).tolist() == [nowhere]


def test_dot_prefers_long_vectors_where_cosine_does_not():
    space = Space.from_vectors(["q", "long", "near"], [[1, 0], [5, 5], [1, 0.1]], name="s")
    assert nearest(space, "q", k=1, metric="dot").rows[0] == 1
    assert nearest(space, "q", k=1, metric="cosine").rows[0] == 2


@pytest.mark.parametrize("metric", SKLEARN)
def test_nearest_agrees_with_scikit_learn(blobs, metric):
    reference = NearestNeighbors(n_neighbors=11, metric=SKLEARN[metric], algorithm="brute").fit(blobs.vectors)
    distances, rows = reference.kneighbors(blobs.vectors[:20])
    for query in range(20):
        found = nearest(blobs, query, k=10, metric=metric)
        assert found.rows.tolist() == rows[query, 1:].tolist()
        ours = 1 - found.scores if metric == "cosine" else found.scores
        np.testing.assert_allclose(ours, distances[query, 1:], atol=1e-5)


@pytest.mark.parametrize("metric", METRICS)
def test_graph_agrees_with_nearest(blobs, metric):
    graph = knn_graph(blobs, k=7, metric=metric)
    for row in range(0, 300, 37):
        assert graph.rows[row].tolist() == nearest(blobs, row, k=7, metric=metric).rows.tolist()
    assert (np.diff(graph.distances, axis=1) >= 0).all()


def test_graph_never_holds_the_item_itself_even_among_equals():
    space = Space.from_vectors([str(i) for i in range(30)], np.ones((30, 3)), name="equal")
    graph = knn_graph(space, k=5)
    assert not (graph.rows == np.arange(30)[:, None]).any()
    assert np.abs(graph.distances).max() < 1e-6


def test_graph_is_bounded_by_the_number_of_items(compass):
    assert knn_graph(compass, k=50).rows.shape == (5, 4)


def test_approximate_graph_states_its_recall(blobs, monkeypatch):
    monkeypatch.setattr("embeddings.graph.EXACT_UP_TO", 100)
    rng = np.random.default_rng(0)
    space = Space.from_vectors([str(i) for i in range(6000)], rng.normal(size=(6000, 8)), name="many")
    graph = knn_graph(space, k=10)
    monkeypatch.undo()
    exact = knn_graph(space, k=10)
    true = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(graph.rows, exact.rows, strict=True)])
    assert 0.3 < graph.recall < 1
    assert graph.recall == pytest.approx(true, abs=0.05)


def test_excluded_rows_do_not_come_back(compass):
    assert nearest(compass, "east", k=5, exclude=[1, 3]).rows.tolist() == [4, 2]


def test_vector_queries_may_find_the_item_itself(compass):
    assert nearest(compass, np.array([2.0, 0.1]), k=1).rows.tolist() == [0]


def test_unknown_items_come_with_the_nearest_spelling(compass):
    with pytest.raises(UnknownItem, match="Did you mean north"):
        nearest(compass, "nort")


def test_case_is_folded_only_when_needed():
    space = Space.from_vectors(["Turkey", "turkey"], np.eye(2), name="s")
    assert [find_row(space, word) for word in ("Turkey", "turkey", "TURKEY")] == [0, 1, 0]


@pytest.mark.parametrize(
    ("query", "message"),
    [([1.0, 2.0, 3.0], "has 2 numbers, got 3"), ([np.nan, 1.0], "not a finite number")],
)
def test_unusable_vectors_are_answered_in_words(compass, query, message):
    with pytest.raises(EmbeddingError, match=message):
        nearest(compass, np.array(query))


def test_unknown_metric_lists_the_known(compass):
    with pytest.raises(EmbeddingError, match="cosine, Euclidean, dot"):
        nearest(compass, 0, metric="manhattan")


def test_k_must_be_positive(compass):
    with pytest.raises(ValueError, match="at least 1, got 0"):
        nearest(compass, 0, k=0)


def test_sample_has_the_mean_of_all_pairs(blobs):
    unit = blobs.vectors / blobs.norms[:, None]
    n = len(unit)
    exact = (np.square(unit.sum(axis=0)).sum() - n) / (n * (n - 1))  # Ethayarajh 2019
    assert similarity_sample(blobs).mean() == pytest.approx(exact, abs=1e-6)
    assert len(similarity_sample(blobs)) == n * (n - 1) // 2


def test_a_share_of_random_pairs_is_off_by_no_more_than_its_sampling_error():
    """Pairs of a few items with many would share these items, and their error: so it was."""
    rng = np.random.default_rng(0)
    # Some items lie in the middle of things and some do not, so that whole rows of cosines are high or low.
    vectors = rng.normal(size=(400, 20)) + np.outer(rng.exponential(2, size=400), np.ones(20))
    space = Space.from_vectors(map(str, range(400)), vectors, name="s")
    every = similarity_sample(space)
    assert len(every) == 400 * 399 // 2
    median = np.median(every)
    shares = [(similarity_sample(space, pairs=5000, seed=seed) < median).mean() for seed in range(40)]
    assert np.sqrt(np.mean(np.square(np.subtract(shares, 0.5)))) < 1.4 * 0.5 / np.sqrt(5000)
    assert shares[0] == (similarity_sample(space, pairs=5000) < median).mean()


def test_pairs_of_queries_of_another_kind(compass):
    texts = Space.from_vectors(["north-east", "nothing"], [[3.0, 3.0], [0.0, 0.0]], name="t")
    sample = similarity_sample(compass, queries=texts)
    half = 0.5**0.5
    np.testing.assert_allclose(sample, [half, half, -half, -half, 0, 0, 0, 0, 0, 0], atol=1e-12)
    assert np.isin(np.round(similarity_sample(compass, queries=texts, pairs=9), 9), np.round(sample, 9)).all()


def test_one_item_has_no_neighbours_and_no_pairs():
    space = Space.from_vectors(["only"], [[1.0]], name="one")
    assert not len(nearest(space, 0).rows)
    assert not len(similarity_sample(space))
    with pytest.raises(EmbeddingError, match="at least 2 items"):
        knn_graph(space)
