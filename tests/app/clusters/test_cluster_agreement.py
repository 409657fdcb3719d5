"""Do clusters agree with labels, and with those of the map?"""

import numpy as np
import pyarrow as pa
import pytest
from cluster_page import ON_MAP, buttons, called, labelled
from driving import metric, said

from components.kit.colours import DARK
from components.kit.labels import group_columns
from components.views.cluster_agreement import (
    NO_CLUSTER,
    OTHER_CLUSTERS,
    agreement_sentence,
    crossing_chart,
    crossing_table,
    drawn_crossing,
    left_out_sentence,
    overlap_of,
    overlap_sentence,
    overlap_table,
)
from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.agreement import OTHER, agreement, overlap
from embeddings.collection import Collection
from embeddings.labelled import labels_of
from embeddings.projections import project
from embeddings.space import Space


def test_missing_labels_are_left_out_and_counted(open_checks, planted):
    app = open_checks(4)
    expected = agreement(cluster(planted, "K-means", clusters=4), labels_of(planted.collection, "group"))
    assert expected.left_out == 9
    assert left_out_sentence(expected) in said(app)
    assert metric(app, "ARI") == f"{expected.ari:.2f}"
    assert metric(app, "AMI") == f"{expected.ami:.2f}"
    assert metric(app, "V-measure") == f"{expected.v_measure:.2f}"


def test_a_link_may_name_another_column_or_one_that_is_gone(open_checks):
    assert "90 different labels" in said(open_checks(3, against="many"))
    app = open_checks(3, against="gone")
    assert not app.exception
    assert app.selectbox(key="against").value == "group"


def test_only_columns_that_group_items_are_offered(planted):
    assert group_columns(planted.collection) == ["group", "many"]
    table = pa.table({"name": ["a", "b", "c"], "same": ["x"] * 3, "none": pa.nulls(3), "label": ["x", "x", "y"]})
    assert group_columns(Collection.from_texts(["1", "2", "3"], name="t", metadata=table)) == ["label"]


def test_without_a_column_of_labels_it_says_so(open_checks):
    vectors = np.random.default_rng(2).normal(size=(40, 5))
    app = open_checks(3, space=Space.from_vectors([f"item {row}" for row in range(40)], vectors, name="bare"))
    assert "No column of this collection puts its items into groups" in said(app)


def test_five_hundred_labels_have_a_picture_of_thirty_rows_and_a_whole_table():
    labels = [f"label {row % 500:03d}" for row in range(1500)]
    found = agreement(labelled(np.arange(1500) % 50), labels)
    drawn = drawn_crossing(found, called(50))
    assert drawn.counts.shape == (30, 31)
    assert (drawn.rows[-1], drawn.columns[-1], drawn.folded) == (OTHER, OTHER_CLUSTERS, True)
    assert drawn.counts.sum() == crossing_table(found, called(50))["items"].to_numpy().sum() == 1500
    assert len(crossing_chart(drawn, "label", DARK).data[0].z) == 30


def test_noise_has_a_column_of_its_own_and_is_named():
    found = agreement(labelled([0, 0, 1, 1, -1]), ["a", "a", "b", "b", "a"])
    drawn = drawn_crossing(found, ("one", "two"))
    assert drawn.columns == ("one", "two", NO_CLUSTER)
    assert drawn.counts.tolist() == [[2, 0, 1], [0, 2, 0]]
    assert f"ARI of {found.ari_clustered:.2f}" in left_out_sentence(found)
    assert crossing_table(found, ("one", "two")).to_pylist()[1] == {
        "label": "a",
        "cluster": NO_CLUSTER,
        "items": 1,
        "share of the label": 0.3333,
    }


def test_clusters_stand_in_the_order_of_their_labels():
    found = agreement(labelled([0, 0, 0, 1, 1, 2]), ["b", "b", "a", "a", "a", "a"])
    assert drawn_crossing(found, called(3)).columns == ("cluster 2", "cluster 3", "cluster 1")


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [([0, 0, 1, 1], "almost the same groups as “x”"), ([0, 1, 0, 1], "tell hardly anything of “x”")],
)
def test_agreement_is_said_in_words(clusters, expected):
    assert expected in agreement_sentence(agreement(labelled(clusters), ["a", "a", "b", "b"]), "x")


def test_which_way_groups_differ_is_said():
    split = agreement(labelled([0, 0, 1, 1, 2, 2, 3, 3]), list("aaaabbbb"))
    assert "Some labels are spread over several clusters" in agreement_sentence(split, "x")
    joined = agreement(labelled([0, 0, 0, 0, 1, 1, 1, 1]), list("aabbccdd"))
    assert "Some clusters mix several labels" in agreement_sentence(joined, "x")


def test_clusters_of_the_space_are_held_against_those_of_the_map(open_checks, planted):
    app = open_checks(3)
    made = cluster(planted, "K-means", clusters=3)
    other = cluster_map(project(planted, "PCA", dims=2), "K-means", clusters=3)
    assert f"{overlap(made, other).ari:.2f}" in [each.value for each in app.metric if each.label == "ARI"]
    assert overlap_sentence(overlap(made, other).ari) in said(app)


def test_clusters_of_the_map_are_checked_as_they_are(open_checks):
    app = open_checks(3, of_map=True)
    assert ON_MAP not in buttons(app)
    assert "3 of 3 clusters are stable." in said(app)


def test_the_table_of_shared_items_names_noise():
    found = overlap_of(labelled([0, 0, -1]), np.array([0, 0, 0], dtype=np.int32))
    table = overlap_table(found, ("one",)).to_pylist()
    assert table == [
        {"cluster": "one", "of the map": 1, "items": 2},
        {"cluster": NO_CLUSTER, "of the map": 1, "items": 1},
    ]
