"""What does not belong: the view of outliers, its parts alone and on the page."""

import numpy as np
import pytest
from driving import said
from planted_items import ODD, N, rows_of, table_with

from components.kit.caveats import without_direction
from components.kit.colours import DARK, LIGHT
from components.views.outliers import (
    outlier_list,
    reason_sentence,
    score_chart,
    score_sizes,
    standing_sentence,
    whole_table,
)
from embeddings.graph import knn_graph
from embeddings.outliers import OUTLIERS, outliers
from embeddings.outliers.ranking import ranked, standing_out
from embeddings.space import Space


@pytest.mark.parametrize("method", list(OUTLIERS))
def test_planted_outliers_rank_first_with_every_method(open_space, planted, method):
    app = open_space(planted, outlier_method=method)
    assert not app.exception
    table = table_with(app, "score")
    expected = outliers(planted, method)
    assert set(rows_of(table["item"])[:2]) == set(ODD)
    np.testing.assert_allclose(table["score"], np.sort(expected)[::-1][:50], rtol=1e-4)
    assert "The first 2 items stand apart" in said(app)


def test_settings_of_a_link_are_used(open_space, planted):
    app = open_space(planted, outlier_method="LOF", lof_k="7", outlier_metric="Euclidean", listed="20")
    expected = outliers(planted, "LOF", k=7, metric="Euclidean")
    table = table_with(app, "score")
    assert len(table) == 20
    np.testing.assert_allclose(table["score"], np.sort(expected)[::-1][:20], rtol=1e-4)


def test_a_method_that_is_not_there_becomes_the_first(open_space, planted):
    app = open_space(planted, outlier_method="crystal ball", look_for="nothing")
    assert not app.exception
    assert "The first 2 items stand apart" in said(app)


def test_the_selected_item_shows_its_reason(open_space, planted):
    app = open_space(planted, item=str(ODD[0] + 1))
    assert reason_sentence(planted.collection, knn_graph(planted, k=15), ODD[0]) in said(app)
    assert f"item {ODD[0]}" in said(app)


def test_reasons_are_the_nearest_items_and_how_far(planted):
    graph = knn_graph(planted, k=15)
    scores = outliers(planted)
    found = ranked(scores, graph, count=1)
    first = outlier_list(planted.collection, found).lines.to_pylist()[0]
    near = graph.rows[found[0].row, :3]
    assert first["nearest items and how far"] == ", ".join(
        f"item {row} ({distance:.2f})" for row, distance in zip(near, graph.distances[found[0].row], strict=False)
    )


def test_the_file_holds_every_item_with_its_metadata(planted):
    graph, scores = knn_graph(planted, k=15), outliers(planted)
    table = whole_table(planted.collection, scores, graph)
    assert table.num_rows == N
    assert table.column_names == ["item", "score", "nearest item", "distance", "group", "row"]
    assert set(table["row"].to_pylist()[:2]) == {row + 1 for row in ODD}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([9, 8.8, *np.linspace(0, 1, 58)], 2),
        (np.linspace(0, 1, 60), 0),
        ([5, *[1] * 59], 1),
        ([1] * 60, 0),
        ([1, 2], 0),
        ([0.3, 0.4, 0.35], 0),
    ],
)
def test_what_stands_apart_is_what_a_gap_follows(scores, expected):
    scores = np.array(scores, dtype=np.float32)
    assert standing_out(scores) == expected
    assert ("Nothing stands apart" in standing_sentence(scores, expected)) == (expected == 0)


def test_only_what_is_far_above_the_median_is_drawn_large():
    sizes = score_sizes(np.array([*np.linspace(0, 1, 50), 40], dtype=np.float32))
    assert (sizes[:50] == 0).all()
    assert sizes[50] == 10
    assert score_sizes(np.array([1, 1, 1, 5], dtype=np.float32)).tolist() == [0, 0, 0, 8]


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_histogram_counts_every_item_and_marks_the_listed(planted, theme):
    scores = outliers(planted)
    figure = score_chart(scores, 50, 3, "score", theme)
    assert figure.data[0].y.sum() == N
    np.testing.assert_allclose(figure.data[1].x, np.sort(scores)[::-1][:50])
    assert figure.layout.shapes[0].x0 == pytest.approx(scores[3])


def test_more_neighbours_than_items_are_all_taken_and_said(open_space):
    vectors = [[1, 0], [0.9, 0.1], [0.95, 0.05], [-1, 0.2]]
    app = open_space(Space.from_vectors(list("abcd"), vectors, name="few"), knn_distance_k="50")
    assert "k is 50, but each item has only 3 others" in said(app)
    table = table_with(app, "score")
    assert set(table["item"][:2]) == {"a", "d"}
    assert table["score"][0] == pytest.approx(table["score"][1])
    assert not app.exception


def test_vectors_of_length_zero_are_explained(open_space, planted):
    vectors = np.array(planted.vectors)
    vectors[7] = 0
    space = Space.from_vectors([f"item {row}" for row in range(N)], vectors, name="with a zero")
    assert "1 item has a vector of length zero" in said(open_space(space))
    assert without_direction(planted) == ""
