import numpy as np
import pyarrow as pa
import pytest
from driving import metric, press, said, settle
from streamlit.testing.v1 import AppTest

from components import caching
from components.clusters.checks.agreement_views import (
    NO_CLUSTER,
    OTHER_CLUSTERS,
    agreement_sentence,
    crossing_chart,
    crossing_table,
    drawn_crossing,
    left_out_sentence,
)
from components.clusters.checks.elsewhere import overlap_of, overlap_sentence, overlap_table
from components.clusters.checks.label_column import group_columns, labels_of
from components.clusters.checks.noise_views import noise_chart, noise_sentence, noise_table
from components.clusters.checks.stability_views import MOST, stability_chart, stability_sentence, stability_table
from components.palettes import CATEGORICAL
from components.work import FAILED
from embeddings.clusters import Clustering, cluster, cluster_map
from embeddings.clusters.agreement import OTHER, agreement, overlap
from embeddings.clusters.noise import NoiseComparison, against_noise
from embeddings.clusters.scores import ClusterScores
from embeddings.clusters.stability import Stability, stability
from embeddings.collection import Collection
from embeddings.errors import Cancelled
from embeddings.jobs.cluster_checks import Checked, noise_arrays, noise_from, noise_key, stability_key
from embeddings.projections import project
from embeddings.space import Space

NAN = float("nan")
AGAIN, IN_NOISE, ON_MAP = "Cluster 20 samples again", "Cluster 5 sets of noise", "Cluster the map too"


def clustering_of(labels, method="K-means"):
    return Clustering(np.array(labels), method, {"metric": "cosine"}, 0)


def called(count):
    return tuple(f"cluster {number + 1}" for number in range(count))


def scored(silhouette, noise=0.0, clusters=3):
    return ClusterScores(clusters, noise, silhouette, 10.0, 1.0, 100)


@pytest.fixture(scope="module")
def planted():
    """Three groups of 60 with their names, some missing, and columns of another kind."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(8 * np.eye(12)[:3], 60, axis=0) + rng.normal(size=(180, 12))
    groups = [None if row % 20 == 0 else "abc"[row // 60] for row in range(180)]
    many = [f"label {row // 2}" for row in range(180)]
    metadata = pa.table({"group": groups, "many": many, "number": rng.normal(size=180)})
    return Space.from_vectors([f"item {row}" for row in range(180)], vectors, name="planted", metadata=metadata)


def panel(id, clusters, of_map=False):
    from components.clusters.checks.real import real_panel
    from components.spaces import open_collection, space_of
    from embeddings.clusters import cluster, cluster_map
    from embeddings.projections import project

    collection, saved = open_collection(id)
    space = space_of(collection, saved.encoder)
    layout = project(space, "PCA", dims=2)
    given = {"clusters": clusters} if clusters else {}
    method = "K-means" if clusters else "HDBSCAN"
    given = given or {"min_cluster_size": 900, "min_samples": 90}
    made = cluster_map(layout, method, **given) if of_map else cluster(space, method, **given)
    real_panel(space, made, layout=layout, of_map=of_map)


@pytest.fixture
def open_panel(cluster, planted):
    def open_it(clusters=4, *, space=planted, against="group", **options):
        saved = caching.store().save(space)
        app = AppTest.from_function(panel, args=(saved.id, clusters), kwargs=options, default_timeout=120)
        app.query_params["against"] = against
        return settle(app.run())

    return open_it


def buttons(app):
    return [button.label for button in app.button]


# Stability


def test_stability_is_said_in_hennigs_steps():
    found = Stability(np.array([0.9, 0.75, 0.7, 0.6, 0.59]), np.full((3, 5), 0.7))
    said = stability_sentence(found, called(5))
    assert said.startswith("2 of 5 clusters are stable.")
    assert "doubtful who belongs to it: cluster 3, cluster 4." in said
    assert "Not to be trusted: cluster 5;" in said


def test_stability_of_one_stable_cluster_says_no_more():
    assert stability_sentence(Stability(np.array([1.0]), np.ones((2, 1))), ["all"]) == "1 of 1 cluster is stable."


def test_many_unstable_clusters_are_counted_and_not_all_named():
    said = stability_sentence(Stability(np.full(9, 0.1), np.full((2, 9), 0.1)), called(9))
    assert "cluster 1, cluster 2, cluster 3 and 6 more" in said


@pytest.mark.parametrize("dark", [True, False])
def test_bars_of_stability_show_each_cluster_once_in_the_colour_of_its_verdict(dark):
    means = np.array([0.9, 0.65, 0.2])
    figure = stability_chart(Stability(means, np.vstack([means - 0.1, means + 0.05])), called(3), dark=dark)
    assert [trace.x.tolist() for trace in figure.data] == [[0.9], [0.65], [0.2]]
    assert [trace.y.tolist() for trace in figure.data] == [[0], [1], [2]]
    assert figure.data[0].marker.color == (CATEGORICAL.dark if dark else CATEGORICAL.light)[0]
    assert len({trace.marker.color for trace in figure.data}) == 3
    assert {shape.x0 for shape in figure.layout.shapes} == {0.6, 0.75}
    assert all((np.array(trace.error_x.array) >= 0).all() for trace in figure.data)


def test_five_hundred_clusters_are_drawn_as_forty_and_listed_whole():
    found = Stability(np.full(500, 0.8), np.full((2, 500), 0.8))
    figure = stability_chart(found, called(500), dark=False)
    assert sum(len(trace.x) for trace in figure.data) == MOST == 40
    assert stability_table(found, clustering_of(np.arange(500)), called(500)).num_rows == 500


def test_a_cluster_that_was_once_not_drawn_has_a_spread_all_the_same():
    found = Stability(np.array([0.5]), np.array([[0.5], [np.nan]]))
    assert stability_table(found, clustering_of([0, 0]), ["one"])["8 of 10 samples"].to_pylist() == ["0.50 to 0.50"]


def test_names_cannot_become_markup_in_a_chart():
    figure = stability_chart(Stability(np.array([0.9]), np.full((1, 1), 0.9)), ["<b>&"], dark=False)
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;&amp;",)


def test_stability_tells_the_real_from_the_split_one(open_panel, planted):
    app = open_panel(4)
    assert AGAIN in buttons(app)
    app = press(app, AGAIN)
    made = cluster(planted, "K-means", clusters=4)
    expected = stability(planted, made, draws=20)
    whole = [number for number in range(4) if len(made.members(number)) > 50]
    assert len(whole) == 2
    assert (expected.means[whole] > 0.75).all()
    assert (np.delete(expected.means, whole) < 0.75).all()
    assert stability_sentence(expected, called(4)) in said(app)
    assert AGAIN not in buttons(app)
    assert not app.exception


def test_a_second_visitor_gets_what_was_stored_at_once(open_panel, planted):
    press(open_panel(3), AGAIN)
    caching.outcomes.cache_clear()
    app = open_panel(3)
    assert AGAIN not in buttons(app)
    assert "3 of 3 clusters are stable." in said(app)
    assert IN_NOISE in buttons(app)


def test_other_clusters_of_the_same_space_are_asked_anew(planted):
    one, other = (cluster(planted, "K-means", clusters=count) for count in (3, 5))
    keys = {stability_key(Checked(planted, made)) for made in (one, other)}
    assert len(keys) == 2
    assert stability_key(Checked(planted, one)) == stability_key(Checked(planted, one))
    assert stability_key(Checked(planted, one, np.zeros((180, 2), "f4"))) not in keys
    assert noise_key(Checked(planted, one)) not in keys


def test_after_a_cancel_the_button_is_there_again_and_nothing_else_is_lost(open_panel, planted):
    app = open_panel(6)
    saved = caching.store().save(planted)
    kept, _ = caching.saved_collection(saved.fingerprint, saved.name), saved
    space = Space(kept, planted.vectors, saved.encoder)
    key = stability_key(Checked(space, cluster(space, "K-means", clusters=6)))
    app.session_state["asked_checks"] = {key}
    app.session_state[FAILED] = {key: Cancelled("stopped")}
    app.run()
    assert AGAIN in buttons(app)
    assert metric(app, "ARI")


# Noise


def test_what_beats_noise_is_said_with_the_figures():
    heading, sentence = noise_sentence(NoiseComparison(scored(0.4), (scored(0.1), scored(0.2, 0.5)), True))
    assert heading == "Noise does not do as well."
    assert "0.400; the best of 2 sets of noise reaches 0.100" in sentence
    assert "once in 3 times" in sentence


def test_what_noise_does_as_well_is_a_plain_warning():
    heading, sentence = noise_sentence(NoiseComparison(scored(0.1), (scored(0.1), scored(NAN)), False))
    assert "do not read groups into these clusters" in heading
    assert "reaches 0.100" in sentence


def test_noise_without_clusters_and_clusters_without_a_score_are_sentences():
    assert "found no clusters to score" in noise_sentence(NoiseComparison(scored(0.3), (scored(NAN),), True))[1]
    heading, sentence = noise_sentence(NoiseComparison(scored(NAN, clusters=1), (scored(0.1),), None))
    assert heading == "There is nothing to compare."
    assert "at least two clusters" in sentence


def test_the_table_of_noise_leaves_what_is_no_number_empty():
    table = noise_table(NoiseComparison(scored(0.4, 0.5), (scored(NAN),), True))
    assert table["clusters of"].to_pylist() == ["these items", "noise 1"]
    assert table["silhouette"].to_pylist() == [0.4, None]
    assert table["over all items"].to_pylist() == [0.2, None]


def test_the_chart_of_noise_holds_the_data_and_each_noise():
    figure = noise_chart(NoiseComparison(scored(0.4, 0.5), (scored(0.1), scored(0.2)), True), dark=True)
    assert [list(trace.x) for trace in figure.data] == [[0.1, 0.2], [0.2]]


@pytest.mark.parametrize("stands_out", [True, False, None])
def test_what_is_stored_of_noise_reads_back_the_same(stands_out):
    found = NoiseComparison(scored(0.25, 0.125), (scored(0.5), scored(0.75)), stands_out)
    assert noise_from(noise_arrays(found)) == found


def test_planted_groups_stand_out_from_noise(open_panel, planted):
    app = press(open_panel(3), IN_NOISE)
    expected = against_noise(planted, cluster(planted, "K-means", clusters=3))
    assert expected.stands_out
    assert noise_sentence(expected)[1] in said(app)
    table = next(frame.value for frame in app.dataframe if "clusters of" in frame.value.columns)
    np.testing.assert_allclose(table["silhouette"], noise_table(expected)["silhouette"].to_numpy(), rtol=1e-5)


def test_noise_itself_does_not_stand_out(open_panel):
    vectors = np.random.default_rng(1).normal(size=(120, 8))
    space = Space.from_vectors([f"item {row}" for row in range(120)], vectors, name="noise")
    app = press(open_panel(5, space=space), IN_NOISE)
    assert "Noise does as well" in said(app)


# Labels


def test_missing_labels_are_left_out_and_counted(open_panel, planted):
    app = open_panel(4)
    expected = agreement(cluster(planted, "K-means", clusters=4), labels_of(planted.collection, "group"))
    assert expected.left_out == 9
    assert left_out_sentence(expected) in said(app)
    assert metric(app, "ARI") == f"{expected.ari:.2f}"
    assert metric(app, "AMI") == f"{expected.ami:.2f}"
    assert metric(app, "V-measure") == f"{expected.v_measure:.2f}"


def test_a_link_may_name_another_column_or_one_that_is_gone(open_panel):
    assert "90 different labels" in said(open_panel(3, against="many"))
    app = open_panel(3, against="gone")
    assert not app.exception
    assert app.selectbox(key="against").value == "group"


def test_only_columns_that_group_items_are_offered(planted):
    assert group_columns(planted.collection) == ["group", "many"]
    table = pa.table({"name": ["a", "b", "c"], "same": ["x"] * 3, "none": pa.nulls(3), "label": ["x", "x", "y"]})
    assert group_columns(Collection.from_texts(["1", "2", "3"], name="t", metadata=table)) == ["label"]


def test_blank_and_missing_labels_are_none():
    table = pa.table({"label": ["a", None, " ", "a"]})
    collection = Collection.from_texts(list("1234"), name="t", metadata=table)
    assert labels_of(collection, "label") == ["a", None, None, "a"]


def test_without_a_column_of_labels_it_says_so(open_panel):
    vectors = np.random.default_rng(2).normal(size=(40, 5))
    app = open_panel(3, space=Space.from_vectors([f"item {row}" for row in range(40)], vectors, name="bare"))
    assert "No column of this collection puts its items into groups" in said(app)


def test_five_hundred_labels_have_a_picture_of_thirty_rows_and_a_whole_table():
    labels = [f"label {row % 500:03d}" for row in range(1500)]
    found = agreement(clustering_of(np.arange(1500) % 50), labels)
    drawn = drawn_crossing(found, called(50))
    assert drawn.counts.shape == (30, 31)
    assert (drawn.rows[-1], drawn.columns[-1], drawn.folded) == (OTHER, OTHER_CLUSTERS, True)
    assert drawn.counts.sum() == crossing_table(found, called(50))["items"].to_numpy().sum() == 1500
    assert len(crossing_chart(drawn, "label", dark=True).data[0].z) == 30


def test_noise_has_a_column_of_its_own_and_is_named():
    found = agreement(clustering_of([0, 0, 1, 1, -1]), ["a", "a", "b", "b", "a"])
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
    found = agreement(clustering_of([0, 0, 0, 1, 1, 2]), ["b", "b", "a", "a", "a", "a"])
    assert drawn_crossing(found, called(3)).columns == ("cluster 2", "cluster 3", "cluster 1")


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [([0, 0, 1, 1], "almost the same groups as “x”"), ([0, 1, 0, 1], "tell hardly anything of “x”")],
)
def test_agreement_is_said_in_words(clusters, expected):
    assert expected in agreement_sentence(agreement(clustering_of(clusters), ["a", "a", "b", "b"]), "x")


def test_which_way_groups_differ_is_said():
    split = agreement(clustering_of([0, 0, 1, 1, 2, 2, 3, 3]), list("aaaabbbb"))
    assert "Some labels are spread over several clusters" in agreement_sentence(split, "x")
    joined = agreement(clustering_of([0, 0, 0, 0, 1, 1, 1, 1]), list("aabbccdd"))
    assert "Some clusters mix several labels" in agreement_sentence(joined, "x")


# The map


def test_clusters_of_the_space_are_held_against_those_of_the_map(open_panel, planted):
    app = press(open_panel(3), ON_MAP)
    made = cluster(planted, "K-means", clusters=3)
    other = cluster_map(project(planted, "PCA", dims=2), "K-means", clusters=3)
    assert f"{overlap(made, other).ari:.2f}" in [each.value for each in app.metric if each.label == "ARI"]
    assert overlap_sentence(overlap(made, other).ari) in said(app)


def test_clusters_of_the_map_are_checked_as_they_are(open_panel):
    app = open_panel(3, of_map=True)
    assert ON_MAP not in buttons(app)
    assert "3 of 3 clusters are stable." in said(press(app, AGAIN))


def test_the_table_of_shared_items_names_noise():
    found = overlap_of(clustering_of([0, 0, -1]), np.array([0, 0, 0], dtype=np.int32))
    table = overlap_table(found, ("one",)).to_pylist()
    assert table == [
        {"cluster": "one", "of the map": 1, "items": 2},
        {"cluster": NO_CLUSTER, "of the map": 1, "items": 1},
    ]


def test_where_everything_is_noise_there_is_nothing_to_check(open_panel):
    app = open_panel(0)
    assert "all items are noise" in said(app)
    assert not app.button
