"""The Clusters page against the core called directly, and what it says of what cannot be clustered, named or read."""

import json

import numpy as np
import pytest
from cluster_page import DRAWN, drawn, items_of, labelled, list_of, map_of
from driving import press, said, settle

from components.kit import caching, maps
from components.kit.map import MapEvent, Selection, box
from components.kit.spaces import space_request
from components.kit.words import shorten
from components.views import clusterings
from components.views.cluster_names import TERMS, Naming, by_terms
from components.views.clusterings import ClusterSettings, heading
from components.views.clusters import usual_count
from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.agreement import overlap
from embeddings.clusters.scores import ClusterScores, cluster_scores
from embeddings.clusters.verdict import difference, verdict
from embeddings.jobs.job import Job
from embeddings.space import Space

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_the_sentences_come_in_twelve_clusters_by_k_means(open_page):
    app = open_page("clusters.py", **DRAWN)
    assert not app.exception
    space = space_request(caching.sample("sentences"), "TF-IDF")[1](Job("test"))
    direct = cluster(space, "K-means", clusters=12)
    table = list_of(app)
    assert table["items"].tolist() == direct.sizes.tolist()
    assert table["name"].tolist() == list(by_terms(space, direct).names)
    assert f"12 clusters of {direct.sizes.min()} to {direct.sizes.max()} items" in said(app)
    for note in direct.notes:
        assert note in said(app)
    sent = map_of(app)
    assert sent["colour"]["counts"] == direct.sizes.tolist()
    assert [name["text"] for name in sent["names"]] == [shorten(name, 40) for name in table["name"]]


def test_planted_groups_are_found_named_and_opened_as_a_column(open_blobs):
    app = open_blobs()
    assert not app.exception
    assert list_of(app)["items"].tolist() == [30, 20, 10]
    assert set(list_of(app)["name"][0].split(", ")) == {"apples", "pears", "fruit"}
    assert "clearly apart" in said(app)
    assert map_of(app)["outlines"] is None
    app.button(key="with_clusters").click()
    app = settle(app.run())
    opened = caching.store().find(app.session_state["link_collection"])
    assert "cluster" in caching.store().load(opened.fingerprint).columns


def test_a_cluster_and_an_item_of_the_link_are_shown(open_blobs, blobs):
    app = open_blobs(cluster="2", item="31", outline="hulls")
    rows = items_of(app)
    assert rows["item"].tolist() == list(blobs.collection.items[30:50])
    assert set(rows["cluster"]) == {2}
    assert "is in cluster 2 · " in said(app)
    sent = map_of(app)
    assert sent["hits"]["count"] == 20
    assert sent["outlines"] is not None
    assert sent["signs"]["outline"]
    press(app, "Close")
    assert not any("cluster name" in each.value.columns for each in app.dataframe)


@pytest.mark.parametrize("cluster", ["4", "x"])
def test_a_cluster_that_is_not_there_is_not_shown(open_blobs, cluster):
    app = open_blobs(cluster=cluster)
    assert not app.exception
    assert map_of(app)["hits"] is None


def test_a_name_of_the_reader_stands_everywhere(open_blobs):
    app = open_blobs(cluster="1")
    key = next(iter(app.session_state[clusterings.RENAMED]))
    app.session_state[clusterings.RENAMED] = {key: {0: "*fruit* bowl"}}
    settle(app.run())
    assert list_of(app)["name"][0] == "*fruit* bowl"
    assert map_of(app)["names"][0]["text"] == "*fruit* bowl"
    assert map_of(app)["colour"]["labels"][0] == "1 · *fruit* bowl"
    assert set(items_of(app)["cluster name"]) == {"*fruit* bowl"}
    next(toggle for toggle in app.toggle if toggle.label == "Rename").set_value(True)
    settle(app.run())
    press(app, "Names as found")
    assert "apples" in map_of(app)["names"][0]["text"]


def test_a_shape_on_the_map_shows_its_items(open_blobs, monkeypatch):
    drawn = MapEvent(None, Selection("box", box(-1e6, 1e6, -1e6, 1e6)))
    monkeypatch.setattr(maps, "read_event", lambda key, scene: drawn)
    app = open_blobs()
    assert not app.exception
    assert "Selection: 60 items" in said(app)
    assert "30 of 1 · " in said(app)
    assert len(items_of(app)) == 60


def test_clusters_of_the_map_come_with_a_warning_and_the_difference(open_blobs, blobs, layout):
    app = open_blobs(cluster_of="2D map", clusters="5", cluster_by="Ward")
    assert not app.exception
    ari = overlap(cluster_map(layout, "Ward", clusters=5), cluster(blobs, "Ward", clusters=5)).ari
    warned = app.warning[0].value.replace("\\", "")
    assert "clusters of the map, not of the vectors" in warned
    assert f"ARI {ari:.2f}" in warned


def test_a_link_carries_method_settings_seed_metric_and_naming(open_blobs, blobs):
    app = open_blobs(
        cluster_by="Gaussian mixture",
        clusters="4",
        cluster_seed="3",
        cluster_metric="Euclidean",
        dimensions="5",
        restarts="2",
        names="numbers",
    )
    params = {"clusters": 4, "dimensions": 5, "restarts": 2, "metric": "Euclidean"}
    direct = cluster(blobs, "Gaussian mixture", seed=3, **params)
    assert list_of(app)["items"].tolist() == direct.sizes.tolist()
    assert list_of(app)["name"].tolist() == [f"cluster {number}" for number in range(1, 5)]
    assert "mean probability" in list_of(app).columns
    assert map_of(app)["sizes"] is not None
    assert "principal components" in said(app)


def test_hdbscan_shows_noise_probabilities_and_its_tree(open_blobs, blobs):
    app = open_blobs(cluster_by="HDBSCAN", min_cluster_size="5", min_samples="3", cluster_view="Tree")
    direct = cluster(blobs, "HDBSCAN", min_cluster_size=5, min_samples=3)
    assert list_of(app)["items"].tolist() == direct.sizes.tolist()
    assert map_of(app)["colour"]["absent"] == "noise"
    assert "dense regions fall apart" in said(app)
    assert not app.exception


def test_the_map_page_takes_the_colours_of_clusters(open_page, blobs):
    saved = caching.store().save(blobs)
    settings = ClusterSettings("K-means", {"clusters": 3, "restarts": 10, "metric": "cosine"})
    link = {"grouping": clusterings.to_text(settings, Naming(TERMS)), "colour": clusterings.label(settings)}
    app = open_page("map.py", collection=saved.id, **link)
    assert not app.exception
    assert map_of(app)["colour"]["counts"] == [30, 20, 10]
    assert "3 clusters of 10 to 30 items" in said(app)
    assert len(map_of(app)["names"]) == 3
    assert json.loads(app.query_params["grouping"])[0] == "K-means"


def test_the_map_page_answers_a_broken_grouping(open_page, blobs):
    app = open_page("map.py", collection=caching.store().save(blobs).id, grouping="nonsense")
    assert not app.exception
    assert "cannot be read" in said(app)


def test_a_cluster_becomes_a_collection_of_its_own(open_blobs):
    app = open_blobs(cluster="3")
    app.button(key="cluster_3_open").click()
    app = settle(app.run())
    assert not app.exception
    assert app.session_state["link_collection"] in app.session_state["my_collections"]
    assert "10 selected" in app.session_state["my_collections"][app.session_state["link_collection"]]


def test_pictures_of_a_joint_space_are_named_by_labels(open_page, some_digits):
    app = open_page("clusters.py", **some_digits, **DRAWN, clusters="4", cluster="1")
    assert not app.exception
    assert set(list_of(app)["name"]) <= set(DIGITS)
    assert "of its items" in list_of(app)["words behind the name"][0]
    assert len([data for data in drawn(app) if "large" in data]) == 2


def test_mistaken_labels_are_answered(open_page, some_digits):
    app = open_page("clusters.py", **some_digits, **DRAWN, clusters="4", cluster_labels="one")
    assert not app.exception
    assert "only label" in said(app)
    assert list_of(app)["name"].tolist() == [f"cluster {number}" for number in range(1, 5)]


@pytest.mark.parametrize(
    ("n", "link", "sentence"),
    [
        (5, {"clusters": "9"}, "more clusters than items: 9 were asked for, this collection has 5"),
        (1, {}, "at least 2 items"),
        (40, {"cluster_by": "HDBSCAN", "min_cluster_size": "30"}, "all 40 items are noise"),
    ],
)
def test_where_there_are_no_clusters_a_sentence_says_why(open_vectors, n, link, sentence):
    app = open_vectors(np.random.default_rng(0).normal(size=(n, 30)), **link)
    assert not app.exception
    assert sentence in said(app)
    assert app.number_input


def test_five_hundred_clusters_are_listed(open_vectors):
    app = open_vectors(np.random.default_rng(0).normal(size=(520, 4)), clusters="500", restarts="1")
    assert not app.exception
    assert len(list_of(app)) == 500
    assert len(map_of(app)["colour"]["labels"]) == 20
    assert len(map_of(app)["names"]) == 100


def test_values_of_old_links_are_put_away(open_blobs):
    unknown = dict.fromkeys(("cluster_by", "cluster_of", "names", "outline", "cluster_view"), "Magic")
    app = open_blobs(**unknown, cluster_metric="dot")
    assert not app.exception
    assert len(list_of(app)) == 3


def test_the_number_to_begin_with_fits_the_collection():
    def count(n):
        return usual_count(Space.from_vectors(map(str, range(n)), np.ones((n, 1)), name="n"))

    assert [count(n) for n in (1, 2, 50, 800, 3200, 50_000)] == [2, 2, 5, 20, 30, 30]


def test_the_verdict_speaks_plainly(blobs):
    apart = cluster(blobs, clusters=3)
    assert heading(apart, blobs.collection) == "3 clusters of 10 to 30 items"
    text = verdict(apart, cluster_scores(blobs, apart), dimensions=6)
    assert text.startswith("They are clearly apart")
    assert "in pure noise, too" in text
    noise = labelled([-1] * 60, "HDBSCAN")
    assert heading(noise, blobs.collection) == "No clusters: all 60 items are noise"
    assert "nothing to compare" in verdict(noise, cluster_scores(blobs, noise), dimensions=6)
    some = labelled([0] * 20 + [1] * 20 + [-1] * 20, "HDBSCAN")
    assert heading(some, blobs.collection) == "2 clusters of 20 items, and 20 of 60 in none (noise)"


@pytest.mark.parametrize(
    ("silhouette", "words"),
    [(0.5, "clearly apart"), (0.3, "but weakly"), (0.1, "run into each other"), (-0.1, "mixed up")],
)
def test_the_verdict_follows_the_silhouette(silhouette, words):
    found = labelled([0, 0, 1, 1], "HDBSCAN")
    text = verdict(found, ClusterScores(2, 0, silhouette, 1, 1, 4), dimensions=384)
    assert words in text
    assert ("384 dimensions" in text) == (silhouette < 0.25)


@pytest.mark.parametrize(
    ("ari", "words"), [(1, "nearly the same"), (0.7, "similar"), (0.4, "partly"), (0, "quite other")]
)
def test_the_difference_of_map_and_space_is_said(ari, words):
    assert words in difference(ari, "Ward", "cosine")
    assert f"ARI {ari:.2f}" in difference(ari, "Ward", "cosine")
