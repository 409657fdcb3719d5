"""What cannot be clustered, named or read is answered with a sentence."""

import numpy as np
from cluster_page import DRAWN, list_of, map_of
from driving import said


def test_more_clusters_than_items_is_a_sentence(open_vectors):
    app = open_vectors(np.eye(5), clusters="9")
    assert not app.exception
    assert "more clusters than items: 9 were asked for, this collection has 5" in app.error[0].value.replace("\\", "")
    assert app.number_input


def test_identical_items_are_a_sentence(open_vectors):
    app = open_vectors(np.ones((6, 3)))
    assert not app.exception
    assert "same direction" in app.error[0].value


def test_one_item_is_a_sentence(open_vectors):
    app = open_vectors(np.ones((1, 3)))
    assert not app.exception
    assert "at least 2 items" in said(app)


def test_everything_noise_is_a_sentence(open_vectors):
    app = open_vectors(np.random.default_rng(0).normal(size=(40, 30)), cluster_by="HDBSCAN", min_cluster_size="30")
    assert not app.exception
    assert "all 40 items are noise" in said(app)
    assert len(list_of(app)) == 0


def test_a_graph_in_pieces_can_be_clustered(open_vectors):
    rng = np.random.default_rng(0)
    vectors = np.vstack([30 * rng.normal(size=(20, 4)) + 1000 * corner for corner in np.eye(4)])
    app = open_vectors(vectors, cluster_by="HDBSCAN", min_cluster_size="5")
    assert not app.exception
    assert len(list_of(app)) == 4


def test_five_hundred_clusters_are_listed(open_vectors):
    app = open_vectors(np.random.default_rng(0).normal(size=(520, 4)), clusters="500", restarts="1")
    assert not app.exception
    assert len(list_of(app)) == 500
    assert len(map_of(app)["colour"]["labels"]) == 20
    assert len(map_of(app)["names"]) == 100


def test_values_of_old_links_are_put_away(open_blobs):
    app = open_blobs(
        cluster_by="Magic",
        cluster_of="moon",
        cluster_metric="dot",
        names="runes",
        outline="box",
        drawn_by="Magic",
        cluster_view="?",
    )
    assert not app.exception
    assert len(list_of(app)) == 3


def test_mistaken_labels_are_answered(open_page, some_digits):
    app = open_page("clusters.py", **some_digits, **DRAWN, clusters="4", cluster_labels="one")
    assert not app.exception
    assert "only label" in said(app)
    assert list_of(app)["name"].tolist() == [f"cluster {number}" for number in range(1, 5)]
