import json
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pytest
from driving import data_of, press, said, settle

from components import caching
from components.clusters import state
from components.clusters.controls import usual_count, usual_layout
from components.clusters.drawn import picture
from components.clusters.drawn.colouring import cluster_colouring
from components.clusters.drawn.scene import cluster_highlights, cluster_scene
from components.clusters.how_many.counts_chart import counts_chart, counts_sentence, counts_table, four_scores
from components.clusters.how_many.tree_charts import branch_table, condensed_chart, cuts, dendrogram_chart, merge_table
from components.clusters.how_many.tree_panel import clicked_cut
from components.clusters.listing import members_of
from components.clusters.looked import ClusterSettings, Looked
from components.clusters.map_warning import difference
from components.clusters.names.naming import by_labels, by_member, by_number, by_terms, by_words, unlike
from components.clusters.names.ways import LABELS, MEMBER, NUMBERS, TERMS, WORDS, Naming, ways_of
from components.clusters.request import clusters_request
from components.clusters.tables import cluster_table, free_name, item_table, swatch, with_clusters
from components.clusters.verdict import heading, verdict
from components.defaults import FIRST_MAP
from components.map import MapEvent, Selection, box
from components.palettes import CATEGORICAL, OTHER
from components.spaces import layout_request, space_request
from components.text import shorten
from embeddings.clusters import Clustering, cluster, cluster_map
from embeddings.clusters.agreement import overlap
from embeddings.clusters.counts import CountScores, how_many
from embeddings.clusters.scores import ClusterScores, cluster_scores
from embeddings.clusters.terms import cluster_terms
from embeddings.clusters.trees import branches, dendrogram
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.jobs.cluster_tasks import Asked
from embeddings.jobs.clustering import clustering_stored, counts_stored, find_counts, map_clustering_stored
from embeddings.jobs.job import Job
from embeddings.projections import project
from embeddings.space import Space

PCA = usual_layout("PCA")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DRAWN = {"drawn_by": "PCA"}
TOPICS = ("apples pears fruit", "rain snow weather", "trains rails travel")


@pytest.fixture(scope="module")
def blobs():
    """Three planted groups of 30, 20 and 10 texts, far apart, with their group as a column."""
    rng = np.random.default_rng(7)
    centres = np.array([[9, 0, 0, 0, 0, 0], [0, 9, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0]])
    sizes = (30, 20, 10)
    vectors = np.vstack([centre + rng.normal(size=(size, 6)) for centre, size in zip(centres, sizes, strict=True)])
    texts = [f"{TOPICS[group]} number{i}" for group, size in enumerate(sizes) for i in range(size)]
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    return Space.from_vectors(texts, vectors, name="blobs", metadata=pa.table({"group": groups}))


@pytest.fixture(scope="module")
def layout(blobs):
    return project(blobs, "PCA", dims=2)


@pytest.fixture
def kept(blobs):
    """The same as a link finds it."""
    saved = caching.store().save(blobs)
    return space_request(caching.saved_collection(saved.fingerprint, saved.name), saved.encoder)[1](Job("test"))


@pytest.fixture
def open_blobs(open_page, blobs):
    """Open the page on the planted groups; K-means into 3 unless the link says otherwise."""
    saved = caching.store().save(blobs)

    def open_it(page="clusters.py", **link):
        return open_page(page, collection=saved.id, **{**DRAWN, "clusters": "3", **link})

    return open_it


@pytest.fixture
def open_vectors(open_page):
    """Open the page on any given vectors."""

    def open_it(vectors, **link):
        items = [f"item {row}" for row in range(len(vectors))]
        saved = caching.store().save(Space.from_vectors(items, vectors, name="given"))
        return open_page("clusters.py", collection=saved.id, **{**DRAWN, **link})

    return open_it


def looked_at(space, clustering, layout, names=None, settings=None):
    names = tuple(names or (f"name {number}" for number in range(clustering.count)))
    return Looked(
        space, clustering, "key", cluster_scores(space, clustering), settings or ClusterSettings(), layout, PCA, names
    )


def labelled(labels, method="K-means", **more):
    return Clustering(np.array(labels), method, {"clusters": 3, "metric": "cosine"}, 0, **more)


def list_of(app):
    """The table of clusters that a page shows."""
    return next(each.value for each in app.dataframe if "name" in each.value.columns and "items" in each.value.columns)


def items_of(app):
    """The table of items that a page shows."""
    return next(each.value for each in app.dataframe if "cluster name" in each.value.columns)


def drawn(app):
    """What our components were sent."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    return [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]


def map_of(app):
    """What the map was sent."""
    return next(data for data in drawn(app) if "colour" in data)


# What stands in a link


def test_settings_and_naming_are_read_back_from_a_link():
    settings = ClusterSettings("HDBSCAN", {"min_cluster_size": 7, "min_samples": 3, "metric": "Euclidean"}, 4, "map")
    naming = Naming(LABELS, ("a cat", "a dog, asleep"))
    read, named = state.from_text(state.to_text(settings, naming))
    assert (read.method, dict(read.params), read.seed, read.of) == (settings.method, settings.params, 4, "map")
    assert named == naming


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[1,2,3,4,5,6]",
        '["K-means","space",0,{"clusters":1e9},"numbers",[]]',
        '["K-means","space",0,{"no such":1},"numbers",[]]',
        '["no such","space",0,{},"numbers",[]]',
        '["K-means","moon",0,{},"numbers",[]]',
        '["K-means","space",-1,{},"numbers",[]]',
        '["K-means","space",0,{},"no such",[]]',
        '["K-means","space",0,{"metric":"dot"},"numbers",[]]',
        '["K-means","space","x",{},"numbers",[]]',
        '[["K-means"],"space",0,{},"numbers",[]]',
    ],
)
def test_a_link_that_cannot_be_read_is_answered(text):
    with pytest.raises(EmbeddingError):
        state.from_text(text)


def test_clusterings_have_names_that_tell_them_apart():
    three = ClusterSettings("K-means", {"clusters": 3})
    assert state.label(three) == "clusters: K-means, 3"
    assert state.label(three._replace(of="map")) == "clusters: K-means, 3 of the map"
    assert state.label(ClusterSettings("HDBSCAN")) == "clusters: HDBSCAN"


def test_the_number_to_begin_with_fits_the_collection():
    def count(n):
        return usual_count(Space.from_vectors(map(str, range(n)), np.ones((n, 1)), name="n"))

    assert [count(n) for n in (1, 2, 50, 800, 3200, 50_000)] == [2, 2, 5, 20, 30, 30]


def test_the_usual_map_is_that_of_the_map_page():
    assert usual_layout("UMAP") == FIRST_MAP


# Jobs


def test_a_stored_clustering_is_that_of_the_core(kept):
    asked = Asked("K-means", 0, {"clusters": 3, "restarts": 10, "metric": "cosine"})
    first, scores = clustering_stored(caching.store(), kept, asked, Job("one"))
    again, same = clustering_stored(caching.store(), kept, asked, Job("two"))
    direct = cluster(kept, "K-means", clusters=3)
    for found in (first, again):
        assert np.array_equal(found.labels, direct.labels)
        assert dict(found.params) == dict(direct.params)
        assert (found.method, found.seed, found.notes) == (direct.method, direct.seed, direct.notes)
    assert scores == same
    assert scores == pytest.approx(cluster_scores(kept, direct))


@pytest.mark.parametrize("method", ["HDBSCAN", "Gaussian mixture"])
def test_probabilities_and_trees_are_stored_too(kept, method):
    params = {"min_cluster_size": 5, "min_samples": 3} if method == "HDBSCAN" else {"clusters": 3}
    asked = Asked(method, 1, {**params, "metric": "cosine"})
    clustering_stored(caching.store(), kept, asked, Job("one"))
    found, _ = clustering_stored(caching.store(), kept, asked, Job("two"))
    direct = cluster(kept, method, seed=1, **params)
    assert np.array_equal(found.labels, direct.labels)
    assert found.probabilities == pytest.approx(direct.probabilities)
    if method == "HDBSCAN":
        assert np.array_equal(found.condensed.sizes, direct.condensed.sizes)


@pytest.mark.parametrize("method", ["Ward", "Average linkage"])
def test_a_tree_is_merged_once_and_cut_for_other_numbers(kept, method):
    for count in (3, 5, 2):
        asked = Asked(method, 0, {"clusters": count, "metric": "cosine"})
        found, scores = clustering_stored(caching.store(), kept, asked, Job("tree"))
        direct = cluster(kept, method, clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert (dict(found.params), found.notes) == (dict(direct.params), direct.notes)
        assert scores == pytest.approx(cluster_scores(kept, direct))


def test_clusters_of_a_map_are_stored_with_their_warning(kept):
    drawn = layout_request(kept, PCA)[1](Job("layout"))
    for count in (3, 4):
        asked = Asked("Ward", 0, {"clusters": count, "metric": "Euclidean"})
        found, _ = map_clustering_stored(caching.store(), drawn, "this map", asked, Job("map"))
        direct = cluster_map(drawn, "Ward", clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert found.notes == direct.notes


def test_scores_over_the_number_of_clusters_are_stored(kept):
    found = cluster(kept, "K-means", clusters=3)
    counts = counts_stored(caching.store(), kept, found, Job("counts"))
    known = find_counts(caching.store(), kept, cluster(kept, "K-means", clusters=5))
    direct = how_many(kept, found)
    for each in (counts, known):
        assert each.gap == pytest.approx(direct.gap)
        assert each.silhouette == pytest.approx(direct.silhouette, nan_ok=True)
        assert (each.gap_choice, each.items) == (direct.gap_choice, 60)


def test_that_there_are_no_clusters_is_an_answer(kept, layout):
    settings = ClusterSettings("K-means", {"clusters": 61, "restarts": 1, "metric": "cosine"})
    answer = clusters_request(kept, settings, layout, PCA)[1](Job("too many"))
    assert isinstance(answer, EmbeddingError)
    assert "more clusters than items" in str(answer)


# Names


def test_there_are_ways_of_naming_for_every_space(kept, twins):
    words = Collection.from_texts(["cat", "dog", "bird"], name="words")
    ones = np.eye(3, dtype=np.float32)
    assert ways_of(kept) == [TERMS, MEMBER, NUMBERS]
    assert ways_of(Space(words, ones, kept.encoder)) == [MEMBER, TERMS, NUMBERS]
    assert ways_of(Space(words, ones, "MiniLM")) == [WORDS, MEMBER, TERMS, NUMBERS]
    assert ways_of(Space(words, ones, "TF-IDF"))[0] in (TERMS, MEMBER)
    assert WORDS not in ways_of(Space(words, ones, "TF-IDF"))
    assert ways_of(Space(twins, np.eye(4, dtype=np.float32), "Colour and texture")) == [TERMS, MEMBER, NUMBERS]
    assert ways_of(Space(twins, np.eye(4, dtype=np.float32), "Scenes CLIP"))[0] == LABELS


@pytest.fixture
def twins(captioned):
    return captioned


def test_names_by_own_words_are_those_of_the_core(blobs):
    found = cluster(blobs, clusters=3)
    named = by_terms(blobs, found)
    best = cluster_terms(blobs.collection, found, count=8)
    assert [name.split(", ") for name in named.names] == [[term.word for term in terms[:3]] for terms in best]
    assert set(named.names[0].split(", ")) == {"apples", "pears", "fruit"}
    assert named.reasons[0].startswith(f"{best[0][0].word} {best[0][0].score:.2f}, ")


def test_a_name_holds_no_word_twice_in_other_forms():
    words = ["recipe", "recipes", "foods", "her", "herself", "finance", "financial", "food", "fork"]
    assert unlike(words) == ["recipe", "foods", "her", "finance", "fork"]


def test_names_by_words_and_labels_are_nearest_to_the_centres(blobs):
    found = cluster(blobs, clusters=3)
    vectors = np.array([[0, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]])
    vocabulary = Space(Collection.from_texts(["second", "first", "third", "none"], name="v"), vectors, blobs.encoder)
    assert [name.split(", ")[0] for name in by_words(blobs, found, vocabulary).names] == ["first", "second", "third"]
    labels = by_labels(blobs, found, ("second", "first", "third"), vocabulary.vectors[:3])
    assert labels.names == ("first", "second", "third")
    assert labels.reasons[0].startswith("first (100% of its items)")
    assert labels.said == ""


def test_names_by_member_and_number(blobs):
    found = cluster(blobs, clusters=3)
    assert all(topic in name for topic, name in zip(TOPICS, by_member(blobs, found).names, strict=True))
    assert by_number(found, "why").names == ("cluster 1", "cluster 2", "cluster 3")


# Tables and pictures


def test_the_list_holds_names_sizes_and_typical_members(blobs, layout):
    found = labelled([0] * 30 + [1] * 20 + [2] * 9 + [-1], probabilities=np.full(60, 0.5, np.float32))
    looked = looked_at(blobs, found, layout, ("a", "a", "=c"))
    colouring = cluster_colouring(found, looked.numbered)
    table = cluster_table(looked, by_number(found), members_of(looked), colouring)
    assert table["name"].to_pylist() == ["a", "a", "=c"]
    assert table["items"].to_pylist() == [30, 20, 9]
    assert table["share"].to_pylist() == pytest.approx([50, 100 / 3, 15])
    assert table["mean probability"].to_pylist() == [0.5] * 3
    assert TOPICS[0] in table["typical"][0].as_py()
    assert CATEGORICAL.light[1] in unquote(table["colour"][1].as_py())


def test_colours_of_the_list_are_those_of_the_map(blobs):
    found = labelled(list(range(25)) + [24] * 35)
    names = [str(number) for number in range(25)]
    colouring = cluster_colouring(found, names)
    assert CATEGORICAL.light[0] in unquote(swatch(colouring.code_of("24"), colouring, dark=False))
    assert OTHER.dark[0] in unquote(swatch(colouring.code_of("23"), colouring, dark=True))
    assert colouring.missing == "noise"


def test_items_carry_their_cluster_name_and_probability(blobs, layout):
    found = labelled([-1] + [0] * 59, probabilities=np.linspace(0, 1, 60, dtype=np.float32))
    table = item_table(looked_at(blobs, found, layout, ("only",)), np.array([0, 1]))
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


def test_names_stand_on_the_map_where_clusters_are_densest(blobs, layout):
    found = cluster(blobs, clusters=3)
    looked = looked_at(blobs, found, layout, ("a", "b", "c"))
    scene = cluster_scene(looked)
    assert scene.colouring.labels == ("1 · a", "2 · b", "3 · c")
    assert scene.colouring.counts == (30, 20, 10)
    shown = cluster_highlights(looked, scene.colouring, outlined="hulls", cluster=1)
    assert [(name.text, name.code) for name in shown.names] == [("a", 0), ("b", 1), ("c", 2)]
    for cluster_number, name in enumerate(shown.names):
        places = layout.coordinates[found.members(cluster_number)]
        assert any(np.allclose(name.coordinates, place) for place in places)
    assert [outline.code for outline in shown.outlines] == [0, 1, 2]
    assert shown.hit_rows().tolist() == found.members(1).tolist()
    assert len(cluster_highlights(looked, scene.colouring, outlined="contours").outlines) >= 3
    assert cluster_highlights(looked, scene.colouring, named=False).names == ()


def test_probabilities_are_sizes(blobs, layout):
    found = labelled([0] * 60, probabilities=np.linspace(0, 1, 60, dtype=np.float32))
    looked = looked_at(blobs, found, layout)
    assert np.array_equal(cluster_scene(looked, sized=True).sizes, found.probabilities)
    assert cluster_scene(looked).sizes is None


# What is said


def test_the_verdict_speaks_plainly(blobs):
    apart = cluster(blobs, clusters=3)
    assert heading(apart, blobs.collection) == "3 clusters of 10 to 30 items"
    text = verdict(apart, cluster_scores(blobs, apart), dimensions=6)
    assert text.startswith("They are clearly apart")
    assert "in pure noise, too" in text
    noise = labelled([-1] * 60, "HDBSCAN")
    assert heading(noise, blobs.collection) == "No clusters: all 60 items are noise"
    assert "nothing to hold" in verdict(noise, cluster_scores(blobs, noise), dimensions=6)
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


# How many, and trees


def test_every_score_names_its_number():
    nan = np.nan
    scores = CountScores(
        np.arange(1, 5),
        np.array([nan, 0.1, 0.6, 0.2]),
        np.array([nan, 5, 4, 3]),
        np.array([nan, 2, 0.5, 0.1]),
        np.array([0, 1, 2, 3.0]),
        np.full(4, 0.1),
        None,
        60,
    )
    assert [each.best for each in four_scores(scores)] == [3, 2, 4, None]
    assert counts_sentence(scores).startswith("They do not agree: Silhouette 3, Caliński–Harabasz 2, Davies–Bouldin 4")
    assert "4 is the last number" in counts_sentence(scores)
    assert counts_table(scores)["silhouette"].to_pylist() == [None, 0.1, 0.6, 0.2]
    figure = counts_chart(scores, 3, dark=True)
    assert [trace.x[0] for trace in figure.data if trace.mode == "markers"] == [3, 2, 4]
    agreed = scores._replace(calinski_harabasz=scores.silhouette, davies_bouldin=-scores.silhouette)
    assert counts_sentence(agreed).startswith("All that choose ask for 3")


def test_the_dendrogram_can_be_cut_at_each_merge(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    drawing = dendrogram(found)
    order = np.argsort(-drawing.heights[:, 1])
    assert cuts(drawing)[order].tolist() == list(range(2, 61))
    figure = dendrogram_chart(drawing, ("a", "b", "c"), dark=False)
    dots = next(trace for trace in figure.data if trace.name == "cuts")
    assert sorted(dots.customdata) == list(range(2, 61))
    colours = {trace.line.color for trace in figure.data if trace.mode == "lines"}
    assert colours == {*CATEGORICAL.light[:3], OTHER.light[0]}
    assert merge_table(drawing)["clusters below"].to_pylist()[:3] == [2, 3, 4]
    assert clicked_cut({"selection": {"points": [{"customdata": 4}]}}, drawing) == 4
    assert clicked_cut({"selection": {"points": [{"customdata": [5]}, {}]}}, drawing) == 5
    for nothing in (None, {}, {"selection": {"points": []}}, {"selection": {"points": [{"customdata": 900}]}}):
        assert clicked_cut(nothing, drawing) is None


def test_the_condensed_tree_shows_the_chosen_branches(blobs):
    found = cluster(blobs, "HDBSCAN", min_cluster_size=5, min_samples=3)
    tree = branches(found)
    names = [f"n{number}" for number in range(found.count)]
    table = branch_table(tree, names)
    assert {name for name in table["chosen as"].to_pylist() if name} == set(names)
    assert table["items"][0].as_py() == 60
    figure = condensed_chart(tree, names, dark=True)
    assert set(figure.data[-1].text) - {""} == set(names)


# The page


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


def test_planted_groups_are_found_and_named(open_blobs):
    app = open_blobs()
    assert not app.exception
    assert list_of(app)["items"].tolist() == [30, 20, 10]
    assert set(list_of(app)["name"][0].split(", ")) == {"apples", "pears", "fruit"}
    assert "clearly apart" in said(app)


def test_a_cluster_of_the_link_shows_its_items(open_blobs, blobs):
    app = open_blobs(cluster="2")
    rows = items_of(app)
    assert rows["item"].tolist() == list(blobs.collection.items[30:50])
    assert set(rows["cluster"]) == {2}
    assert map_of(app)["hits"]["count"] == 20
    press(app, "Close")
    assert not any("cluster name" in each.value.columns for each in app.dataframe)


def test_the_selected_item_says_where_it_belongs(open_blobs):
    assert "is in cluster 2 · " in said(open_blobs(item="31"))


@pytest.mark.parametrize("cluster", ["0", "4", "x", "-1", "²"])
def test_a_cluster_that_is_not_there_is_not_shown(open_blobs, cluster):
    app = open_blobs(cluster=cluster)
    assert not app.exception
    assert map_of(app)["hits"] is None


def test_a_name_of_the_reader_stands_everywhere(open_blobs):
    app = open_blobs(cluster="1")
    key = next(iter(app.session_state[state.RENAMED]))
    app.session_state[state.RENAMED] = {key: {0: "*fruit* bowl"}}
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
    monkeypatch.setattr(picture, "read_event", lambda key, scene: drawn)
    app = open_blobs()
    assert not app.exception
    assert "Selection: 60 items" in said(app)
    assert "30 of 1 · " in said(app)
    assert len(items_of(app)) == 60


@pytest.mark.parametrize("way", ["hulls", "contours"])
def test_outlines_are_drawn_on_wish(open_blobs, way):
    assert map_of(open_blobs())["outlines"] is None
    sent = map_of(open_blobs(outline=way))
    assert sent["outlines"] is not None
    assert sent["signs"]["outline"]


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


def test_the_tree_can_be_cut_by_the_slider(open_blobs, blobs):
    app = open_blobs(cluster_by="Ward", cluster_view="Tree")
    slider = next(each for each in app.slider if each.label == "Cut into so many clusters")
    assert slider.value == 3
    slider.set_value(6)
    settle(app.run())
    assert list_of(app)["items"].tolist() == cluster(blobs, "Ward", clusters=6).sizes.tolist()


def test_a_method_without_a_tree_offers_those_with_one(open_blobs):
    app = open_blobs(cluster_view="Tree")
    assert "K-means builds no tree" in said(app)
    press(app, "Use Ward")
    assert "merged into which" in said(app)


def test_numbers_of_clusters_are_compared_on_a_click(open_blobs, blobs):
    app = open_blobs(cluster_view="How many?", cluster_seed="1")
    press(app, "Compare 1 to 15 clusters")
    direct = how_many(blobs, cluster(blobs, clusters=3, seed=1))
    table = next(each.value for each in app.dataframe if "Davies–Bouldin" in each.value.columns)
    assert table["silhouette"].to_numpy() == pytest.approx(direct.silhouette, nan_ok=True)
    assert counts_sentence(direct) in said(app)
    assert not app.exception


def test_numbers_are_not_compared_where_a_method_has_none(open_blobs):
    app = open_blobs(cluster_by="HDBSCAN", min_cluster_size="5", cluster_view="How many?")
    assert "HDBSCAN is not among them" in said(app)
    app = open_blobs(cluster_of="2D map", cluster_view="How many?")
    assert "in the original space" in said(app)


def test_the_map_page_takes_the_colours_of_clusters(open_page, blobs):
    saved = caching.store().save(blobs)
    settings = ClusterSettings("K-means", {"clusters": 3, "restarts": 10, "metric": "cosine"})
    link = {"grouping": state.to_text(settings, Naming(TERMS)), "colour": state.label(settings)}
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
    next(button for button in app.button if button.key == "cluster_3_open").click()
    app = settle(app.run())
    assert not app.exception
    assert app.session_state["link_collection"] in app.session_state["my_collections"]
    assert "10 selected" in app.session_state["my_collections"][app.session_state["link_collection"]]


def test_the_collection_can_be_opened_with_its_clusters(open_blobs):
    app = open_blobs()
    next(button for button in app.button if button.key == "with_clusters").click()
    app = settle(app.run())
    opened = caching.store().find(app.session_state["link_collection"])
    assert "cluster" in caching.store().load(opened.fingerprint).columns


# What cannot be clustered


def test_more_clusters_than_items_is_a_sentence(open_vectors):
    app = open_vectors(np.eye(5), clusters="9")
    assert not app.exception
    assert "more clusters than items: 9 were asked for, this collection has 5" in app.error[0].value.replace("\\", "")
    assert app.number_input


def test_identical_items_are_a_sentence(open_vectors):
    app = open_vectors(np.ones((6, 3)))
    assert not app.exception
    assert "same vector" in app.error[0].value


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


# Pictures


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
