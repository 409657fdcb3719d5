"""What is there twice: the view of duplicates, its parts alone and on the page."""

import numpy as np
from driving import metric, press, said
from planted_items import TWINS, N, rows_of, table_with

from components.kit.colours import LIGHT
from components.kit.spaces import open_collection
from components.views.near_duplicates import chain_sentence, found_sentence, group_table, nearest_table, nearness
from embeddings.graph import knn_graph
from embeddings.outliers.duplicates import Duplicates, near_duplicates
from embeddings.space import Space

TWICE = "Near-duplicates"


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
    assert "A chain of likeness joins 12 of 12 items" in chain_sentence(found)
    some = Duplicates((), (), (np.arange(5), np.array([7, 8, 9])), np.array([0, 3, 5, 6, 7]), np.arange(10), 0.95)
    said = chain_sentence(some)
    assert "5 items hang together by a chain: each is like the next, but its ends are less alike than 0.950" in said
    assert "2 of them stay" in said
    assert said.endswith("the longest of 2 such chains.")
    assert chain_sentence(near_duplicates(space, threshold=1.0)) == ""


def test_the_preview_is_bounded_and_its_histogram_counts_all(planted):
    found = near_duplicates(planted, threshold=0.8)
    nearest = 1 - knn_graph(planted, k=1).distances[:, 0]
    assert group_table(planted.collection, found, most=7).num_rows == 7
    assert group_table(planted.collection, found).num_rows == len(found.dropped) + len(found.groups)
    assert nearness(nearest, 0.8).charts[0].make(LIGHT).data[0].y.sum() == N
    counts = {line["cosine of at least"]: line["items"] for line in nearest_table(nearest).to_pylist()}
    assert counts[1.0] == 3
    assert counts[0.8] == len(set(np.concatenate([*found.groups, *found.chains]).tolist()))
    assert f"leaves {len(found.kept):,} items" in found_sentence(found, nearest)
