"""One rule for what is a label, wherever a column of metadata becomes labels."""

import numpy as np
import pyarrow as pa
import pytest

from components.kit.labels import values_of
from components.kit.map.colouring import colour_by_column
from components.views.map_scores import label_columns
from embeddings.bias.groups import group_codes
from embeddings.clusters import cluster
from embeddings.clusters.agreement import agreement
from embeddings.compare.labels import label_accuracy
from embeddings.compare.probe import linear_probe
from embeddings.labelled import label_counts, label_places, label_texts, labelled, labels_of
from embeddings.outliers.mislabelled import mislabelled
from embeddings.projections import project
from embeddings.space import Space
from embeddings.trust import neighbourhood_hit
from embeddings.zero_shot import truth

CLEAN = [*["a"] * 9, *["b"] * 9, "rare", None, None, None]
TYPED = ["a ", *["a"] * 8, " b", "b\t", *["b"] * 7, "rare", None, "  ", float("nan")]


@pytest.fixture(scope="module")
def space():
    vectors = np.random.default_rng(0).normal(size=(22, 4)) + np.repeat([[4, 0, 0, 0], [0, 4, 0, 0]], 11, axis=0)
    texts = [None if value != value else value for value in TYPED]
    return Space.from_vectors(
        map(str, range(22)), vectors, name="s", metadata=pa.table({"label": texts, "clean": CLEAN})
    )


def test_blanks_around_a_label_and_blank_labels_do_not_count():
    assert label_texts(["a ", "\ta", "", "  ", None, float("nan"), 3, True]) == ["a", "a", "", "", "", "", "3", "True"]
    assert label_places(TYPED)[0] == ("a", "b", "rare")
    assert label_places(TYPED)[1].tolist() == [0] * 9 + [1] * 9 + [2] + [-1] * 3
    known = labelled(TYPED, 22, at_least=5)
    assert (known.names, len(known.rows), known.rare) == (("a", "b"), 18, 1)


def test_every_measure_takes_a_column_for_the_same_labels(space):
    layout, found = project(space), cluster(space, clusters=2)
    for measure in (
        lambda labels: label_accuracy(space, labels, k=3).accuracy,
        lambda labels: neighbourhood_hit(space, layout, labels, k=3).on_map,
        lambda labels: linear_probe(space, labels)[:8],
        lambda labels: agreement(found, labels).names,
        lambda labels: mislabelled(space, labels).names,
        lambda labels: group_codes(labels, 22).unlabelled,
        lambda labels: truth(labels, {}, ["a", "b"]).tolist(),
    ):
        assert measure(TYPED) == measure(CLEAN)
    # Of the items of the probe only the rare one is left out: three have no label.
    assert linear_probe(space, TYPED).left_out == 1


def test_pages_offer_and_colour_the_same_labels(space):
    assert labels_of(space.collection, "label") == labels_of(space.collection, "clean") == CLEAN
    assert label_counts(space.collection, "label") == {"a": 9, "b": 9, "rare": 1}
    assert values_of(space.collection, "label") == ["a", "b", "rare"]
    assert label_columns(space.collection, 5) == ["label", "clean"]
    assert colour_by_column(space, "label").labels == ("a", "b", "rare")
