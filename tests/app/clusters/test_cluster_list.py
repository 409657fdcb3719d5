"""The list of clusters and the table of items."""

from urllib.parse import unquote

import numpy as np
import pytest
from cluster_page import TOPICS, labelled, looked_at

from components.kit.colours import CATEGORICAL, DARK, LIGHT, OTHER
from components.views.cluster_list import cluster_lines, free_name, grey_sentence, item_lines, swatch, with_clusters
from components.views.cluster_map import cluster_colouring
from components.views.cluster_names import by_number
from embeddings.space import Space


def test_the_list_holds_names_sizes_and_typical_members(blobs, layout):
    found = labelled([0] * 30 + [1] * 20 + [2] * 9 + [-1], probabilities=np.full(60, 0.5, np.float32))
    looked = looked_at(blobs, found, layout, ("a", "a", "=c"))
    colouring = cluster_colouring(found, looked.numbered)
    table = cluster_lines(looked, by_number(found), colouring, colours=LIGHT)
    assert table["name"].to_pylist() == ["a", "a", "=c"]
    assert table["items"].to_pylist() == [30, 20, 9]
    assert table["share"].to_pylist() == pytest.approx([50, 100 / 3, 15])
    assert table["mean probability"].to_pylist() == [0.5] * 3
    assert TOPICS[0] in table["typical"][0].as_py()
    assert CATEGORICAL.light[1] in unquote(table["colour"][1].as_py())


def test_colours_of_the_list_are_those_of_the_map(blobs):
    found = labelled(list(range(25)) + [24] * 35)
    names = [f"group {number}" for number in range(25)]
    colouring = cluster_colouring(found, names)
    assert CATEGORICAL.light[0] in unquote(swatch(colouring.code_of("group 24"), colouring, LIGHT))
    assert OTHER.dark[0] in unquote(swatch(colouring.code_of("group 23"), colouring, DARK))
    assert colouring.missing == "noise"
    assert "The 19 largest have colours of their own; the other 6 share one grey" in grey_sentence(colouring, 25)
    assert grey_sentence(cluster_colouring(labelled([0, 1]), ["a", "b"]), 2) == ""


def test_items_carry_their_cluster_name_and_probability(blobs, layout):
    found = labelled([-1] + [0] * 59, probabilities=np.linspace(0, 1, 60, dtype=np.float32))
    table = item_lines(looked_at(blobs, found, layout, ("only",)), np.array([0, 1]))
    assert table["cluster"].to_pylist() == [None, 1]
    assert table["cluster name"].to_pylist() == ["noise", "only"]
    assert table["probability"].to_pylist() == pytest.approx([0, 1 / 59])
    assert table["group"].to_pylist() == [0, 0]
    assert table["row"].to_pylist() == [1, 2]


def test_the_whole_collection_can_be_taken_along_with_its_clusters(kept, layout):
    found = labelled([-1] + [0] * 59, probabilities=np.ones(60, np.float32))
    made = with_clusters(looked_at(kept, found, layout, ("only",)))
    assert isinstance(made, Space)
    assert np.array_equal(made.vectors, kept.vectors)
    assert made.collection.columns == ["group", "cluster", "cluster probability"]
    assert made.collection.column("cluster").to_pylist()[:2] == [None, "1 · only"]
    assert free_name("cluster", ["cluster", "cluster 2"]) == "cluster 3"
