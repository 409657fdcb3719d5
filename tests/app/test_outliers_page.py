import numpy as np
import pyarrow as pa
import pytest
from driving import metric, press, said, settle

from components import caching
from components.outliers.doubtful_tables import (
    exchange_table,
    item_sentence,
    neighbour_table,
    summary_sentence,
    suspect_table,
)
from components.outliers.lonely_chart import score_chart
from components.outliers.lonely_tables import (
    outlier_table,
    reason_sentence,
    standing_out,
    standing_sentence,
    whole_table,
)
from components.outliers.obstacles import all_alike, beyond, without_direction
from components.outliers.on_map import score_sizes
from components.outliers.page import DOUBTFUL, TWICE
from components.outliers.twice_views import (
    chain_sentence,
    found_sentence,
    group_table,
    nearest_chart,
    nearest_table,
)
from components.spaces import open_collection
from embeddings.collection import Collection
from embeddings.jobs.outlier_jobs import duplicates_arrays, duplicates_from
from embeddings.neighbours import knn_graph
from embeddings.outliers import OUTLIERS, outliers
from embeddings.outliers.duplicates import Duplicates, near_duplicates
from embeddings.outliers.mislabelled import mislabelled
from embeddings.outliers.ranking import ranked
from embeddings.space import Space

N = 240
ODD = (5, 100)
TWINS = (20, 21, 22)
WRONG = {30: "b", 95: "c", 170: "a", 200: "b"}
UNLABELLED = (0, 50, 110)


def planted_space(**columns):
    """Three groups of 80, two items far from all, three almost the same, four with a wrong label, three with none."""
    rng = np.random.default_rng(11)
    vectors = np.repeat(9 * np.eye(12)[:3], 80, axis=0) + rng.normal(size=(N, 12))
    for row, sign in zip(ODD, (1, -1), strict=True):
        vectors[row, 3:] = 20 * sign * np.array([1, -1, 1, -1, 1, -1, 1, -1, 1])
    for twin in TWINS[1:]:
        vectors[twin] = 1.01 * vectors[TWINS[0]]
    labels = [WRONG.get(row, "abc"[row // 80]) for row in range(N)]
    for row in UNLABELLED:
        labels[row] = None
    metadata = pa.table({"group": labels, **columns})
    return Space.from_vectors([f"item {row}" for row in range(N)], vectors, name="planted", metadata=metadata)


@pytest.fixture(scope="module")
def planted():
    return planted_space()


@pytest.fixture
def open_space(open_page):
    """Open the page on given vectors."""

    def open_it(space, **link):
        return open_page("outliers.py", collection=caching.store().save(space).id, **link)

    return open_it


def table_with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def rows_of(names):
    return [int(name.removeprefix("item ")) for name in names]


# What does not belong


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
    first = outlier_table(planted.collection, ranked(scores, graph, count=1)).to_pylist()[0]
    near = graph.rows[first["row"] - 1, :3]
    assert first["nearest items and how far"] == ", ".join(
        f"item {row} ({distance:.2f})" for row, distance in zip(near, graph.distances[first["row"] - 1], strict=False)
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


@pytest.mark.parametrize("dark", [True, False])
def test_the_histogram_counts_every_item_and_marks_the_listed(planted, dark):
    scores = outliers(planted)
    figure = score_chart(scores, listed=50, selected=3, title="score", dark=dark)
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


@pytest.mark.parametrize("view", ["Outliers", DOUBTFUL, TWICE])
def test_one_item_is_a_sentence_in_every_view(open_space, view):
    app = open_space(Space.from_vectors(["only"], [[1.0, 2.0]], name="one"), look_for=view)
    assert "This collection has one item" in said(app)
    assert not app.exception


def test_identical_items_are_a_sentence(open_space):
    metadata = pa.table({"group": ["a", "a", "b", "b"]})
    same = Space.from_vectors(
        list("abcd"), [[1.0, 2.0], [2.0, 4.0], [1.0, 2.0], [3.0, 6.0]], name="s", metadata=metadata
    )
    for view in ("Outliers", DOUBTFUL):
        app = open_space(same, look_for=view)
        assert "All 4 items have the same vector here" in said(app)
        assert not app.exception
    app = open_space(same, look_for=TWICE)
    assert metric(app, "Would stay") == "1"
    assert metric(app, "Would go") == "3"


def test_obstacles_in_words(planted):
    assert all_alike(planted) == ""
    assert beyond(10, planted) == ""
    assert "only 1 other:" in beyond(2, Space.from_vectors(["a", "b"], [[1], [2]], name="two"))


# What is labelled wrongly


def test_planted_wrong_labels_rank_first_with_what_their_neighbours_suggest(open_space, planted):
    app = open_space(planted, look_for=DOUBTFUL)
    assert not app.exception
    table = table_with(app, "suggested")
    first = table.head(len(WRONG))
    assert set(rows_of(first["item"])) == set(WRONG)
    for name, label, suggested in zip(first["item"], first["label"], first["suggested"], strict=True):
        row = int(name.removeprefix("item "))
        assert (label, suggested) == (WRONG[row], "abc"[row // 80])
    assert "3 items have no label and are left out" in said(app)
    assert len(table_with(app, "neighbour")) == 10


def test_suspects_are_those_of_the_core(open_space, planted):
    expected = mislabelled(planted, planted.collection.column("group").to_pylist(), k=4)
    app = open_space(planted, look_for=DOUBTFUL, label_k="4")
    table = table_with(app, "suggested")
    assert rows_of(table["item"]) == expected.ranking.tolist()
    np.testing.assert_allclose(table["share of neighbours"], expected.support[expected.ranking], rtol=1e-5)


def test_without_labels_an_example_is_one_click_away(open_space):
    vectors = np.random.default_rng(0).normal(size=(20, 4))
    app = open_space(Space.from_vectors([f"item {row}" for row in range(20)], vectors, name="bare"), look_for=DOUBTFUL)
    assert "there are no labels to doubt" in said(app)
    app.session_state["link_encoder"] = "TF-IDF"
    app = press(app, "Try it on the ready sentences")
    assert not app.exception
    assert "lie among items of another “topic”" in said(app)


def test_five_hundred_labels_are_taken(open_space):
    rng = np.random.default_rng(4)
    centres = rng.normal(size=(500, 24))
    vectors = np.repeat(centres, 3, axis=0) + 0.05 * rng.normal(size=(1500, 24))
    labels = [f"label {row // 3:03d}" for row in range(1500)]
    labels[0] = "label 499"
    space = Space.from_vectors(
        [f"item {row}" for row in range(1500)], vectors, name="many", metadata=pa.table({"label": labels})
    )
    app = open_space(space, look_for=DOUBTFUL, label_k="2")
    assert not app.exception
    table = table_with(app, "suggested")
    assert table["item"].iloc[0] == "item 0"
    assert table["suggested"].iloc[0] == "label 000"


def test_labels_that_all_agree_are_said_to(open_space):
    rng = np.random.default_rng(5)
    vectors = np.repeat(20 * np.eye(4)[:2], 20, axis=0) + rng.normal(size=(40, 4))
    space = Space.from_vectors(
        [f"item {row}" for row in range(40)], vectors, name="fine", metadata=pa.table({"g": ["x"] * 20 + ["y"] * 20})
    )
    app = open_space(space, look_for=DOUBTFUL)
    assert "No label is doubtful" in said(app)
    assert not app.exception


def test_what_neighbours_say_of_one_item_in_words(planted):
    found = mislabelled(planted, planted.collection.column("group").to_pylist())
    assert item_sentence(found, 30).startswith("Labelled “b”, but 100 % of its labelled neighbours are “a”.")
    assert item_sentence(found, 31) == "Labelled “a”, and so are 100 % of its labelled neighbours."
    assert "no label" in item_sentence(found, 0)
    near = neighbour_table(planted.collection, found, knn_graph(planted, k=15), 30, 4)
    assert near.num_rows == 4
    assert "a" in near["label"].to_pylist()
    assert {"label": "b", "suggested": "a", "items": 1} in exchange_table(found).to_pylist()
    assert "4 of 237 items" in summary_sentence(found, "group") or len(found.ranking) != 4
    assert suspect_table(planted.collection, found, [])["item"].to_pylist() == []


def test_the_only_item_with_its_label_is_not_ranked():
    space = Space.from_vectors(list("abcd"), [[1, 0], [1, 0.1], [1, 0.2], [1, 0.3]], name="t")
    found = mislabelled(space, ["x", "x", "x", "y"], k=2)
    assert found.ranking.tolist() == []
    assert "only one with its label" in item_sentence(found, 3)


# What is there twice


def test_planted_duplicates_are_found_with_what_would_stay(open_space, planted):
    app = open_space(planted, look_for=TWICE, threshold="0.995")
    assert not app.exception
    table = table_with(app, "preview")
    assert rows_of(table["item"]) == list(TWINS)
    assert table["preview"].tolist() == ["stays", "would go", "would go"]
    assert (metric(app, "Groups"), metric(app, "Would go"), metric(app, "Would stay")) == ("1", "2", f"{N - 2}")


def test_without_the_duplicates_a_collection_opens_that_holds_one_of_each(open_space, planted):
    app = open_space(planted, look_for=TWICE, threshold="0.995")
    app = press(app, "Without the duplicates as a new collection")
    assert not app.exception
    collection, saved = open_collection(app.session_state["link_collection"])
    assert len(collection) == N - 2
    assert collection.name == f"planted: {N - 2} without near-duplicates"
    assert "item 20" in collection.items
    assert "item 21" not in collection.items
    assert collection.column("group")[20].as_py() == "a"
    assert saved.encoder
    assert metric(app, "Would go") == "0"


def test_where_nothing_is_alike_the_nearest_pair_is_offered(open_space):
    space = Space.from_vectors(["a", "b", "c"], [[1, 0], [0.6, 0.8], [-1, 0.1]], name="apart")
    app = open_space(space, look_for=TWICE)
    assert "The two most alike have a cosine of 0.600" in said(app)
    assert next(button for button in app.button if button.key == "without_duplicates").disabled
    app = press(app, "Look at 0.600 or above")
    assert table_with(app, "preview")["item"].tolist() == ["a", "b"]


def test_chains_are_told():
    angles = np.deg2rad(np.arange(0, 60, 5))
    space = Space.from_vectors(
        [str(angle) for angle in angles], np.column_stack([np.cos(angles), np.sin(angles)]), name="arc"
    )
    found = near_duplicates(space, threshold=0.99)
    assert "One group holds 12 of 12 items" in chain_sentence(found)
    some = Duplicates((np.array([0, 1, 2]),), (np.array([1, 0.99, 0.8]),), np.arange(10), np.array([1, 2]), 0.95)
    assert "by a chain only: the least alike has a cosine of 0.800" in chain_sentence(some)
    assert chain_sentence(near_duplicates(space, threshold=1.0)) == ""


def test_groups_read_back_as_they_were_stored(planted):
    for threshold in (1.0, 0.99, 0.8):
        found = near_duplicates(planted, threshold=threshold)
        again = duplicates_from(duplicates_arrays(found))
        assert [rows.tolist() for rows in again.groups] == [rows.tolist() for rows in found.groups]
        assert again.kept.tolist() == found.kept.tolist()
        assert again.threshold == found.threshold


def test_the_preview_is_bounded_and_its_histogram_counts_all(planted):
    found = near_duplicates(planted, threshold=0.8)
    nearest = 1 - knn_graph(planted, k=1).distances[:, 0]
    assert group_table(planted.collection, found, most=7).num_rows == 7
    assert group_table(planted.collection, found).num_rows == len(found.dropped) + len(found.groups)
    assert nearest_chart(nearest, 0.8, dark=False).data[0].y.sum() == N
    counts = {line["cosine of at least"]: line["items"] for line in nearest_table(nearest).to_pylist()}
    assert counts[1.0] == 3
    assert counts[0.8] == len(found.dropped) + len(found.groups)
    assert f"{len(found.kept):,} items stay" in found_sentence(found, nearest)


def test_pictures_are_galleries_in_every_view(open_page, some_digits):
    for view, link in {"Outliers": {}, DOUBTFUL: {}, TWICE: {"threshold": "0.9"}}.items():
        app = open_page("outliers.py", look_for=view, **some_digits, **link)
        assert not app.exception
        assert not app.error


def test_texts_that_are_markup_stay_texts(open_page):
    items = ["**bold** <b>", "=1+1", "plain words", "more plain words", "words that are plain"]
    saved = caching.store().save(Collection.from_texts(items, name="odd", metadata=pa.table({"g": list("aabba")})))
    for view in ("Outliers", DOUBTFUL, TWICE):
        app = settle(open_page("outliers.py", collection=saved.id, look_for=view, item="1", threshold="0.5"))
        assert not app.exception
        assert "**bold** <b>" not in "\n".join(str(each.value) for each in app.markdown)
