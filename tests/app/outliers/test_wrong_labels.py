"""What is labelled wrongly: the view of doubtful labels, its parts alone and on the page."""

import numpy as np
import pyarrow as pa
from driving import press, said
from planted_items import WRONG, rows_of, table_with

from components.views.wrong_labels import neighbour_table, suspect_table
from embeddings.graph import knn_graph
from embeddings.outliers.mislabelled import exchange_table, item_sentence, mislabelled, summary_sentence
from embeddings.space import Space

DOUBTFUL = "Possible wrong labels"


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
