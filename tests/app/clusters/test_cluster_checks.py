"""Are clusters found again in samples, do they stand out from noise, and when is that worked out?"""

import numpy as np
import pytest
from cluster_page import AGAIN, IN_NOISE, buttons, called, labelled, looked_at, numbered, table_with
from driving import PATIENCE, said, settle
from streamlit.testing.v1 import AppTest

from components.kit import caching
from components.kit.ask import FAILED, WISHES
from components.kit.colours import DARK, LIGHT
from components.views.cluster_checks import (
    MOST,
    noise_chart,
    noise_request,
    noise_sentence,
    noise_table,
    stability_chart,
    stability_request,
    stability_sentence,
    stability_table,
)
from components.views.clusterings import BEGUN, ClusterSettings
from embeddings.clusters import cluster
from embeddings.clusters.noise import NoiseComparison, against_noise
from embeddings.clusters.scores import ClusterScores
from embeddings.clusters.stability import Stability, stability
from embeddings.errors import Cancelled
from embeddings.projections import Layout
from embeddings.space import Space

NAN = float("nan")


def scored(silhouette, noise=0.0, clusters=3):
    return ClusterScores(clusters, noise, silhouette, 10.0, 1.0, 100)


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


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_bars_of_stability_show_each_cluster_once_in_the_colour_of_its_verdict(theme):
    means = np.array([0.9, 0.65, 0.2])
    figure = stability_chart(Stability(means, np.vstack([means - 0.1, means + 0.05])), called(3), theme)
    assert [trace.x.tolist() for trace in figure.data] == [[0.9], [0.65], [0.2]]
    assert [trace.y.tolist() for trace in figure.data] == [[0], [1], [2]]
    assert figure.data[0].marker.color == theme.categorical[0]
    assert len({trace.marker.color for trace in figure.data}) == 3
    assert {shape.x0 for shape in figure.layout.shapes} == {0.6, 0.75}
    assert all((np.array(trace.error_x.array) >= 0).all() for trace in figure.data)


def test_five_hundred_clusters_are_drawn_as_forty_and_listed_whole():
    found = Stability(np.full(500, 0.8), np.full((2, 500), 0.8))
    figure = stability_chart(found, called(500), LIGHT)
    assert sum(len(trace.x) for trace in figure.data) == MOST == 40
    assert stability_table(found, labelled(np.arange(500)), called(500)).num_rows == 500


def test_a_cluster_that_was_once_not_drawn_has_a_spread_all_the_same():
    found = Stability(np.array([0.5]), np.array([[0.5], [np.nan]]))
    assert stability_table(found, labelled([0, 0]), ["one"])["8 of 10 samples"].to_pylist() == ["0.50 to 0.50"]


def test_names_cannot_become_markup_in_a_chart():
    figure = stability_chart(Stability(np.array([0.9]), np.full((1, 1), 0.9)), ["<b>&"], LIGHT)
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;&amp;",)


def test_the_checks_begin_by_themselves(open_checks):
    app = open_checks(3)
    assert not {AGAIN, IN_NOISE} & {*buttons(app)}
    assert "3 of 3 clusters are stable." in said(app)
    assert "Noise does not do as well." in said(app)


def test_stability_tells_the_real_from_the_split_one(open_checks, planted):
    app = open_checks(4)
    made = cluster(planted, "K-means", clusters=4)
    expected = stability(planted, made, draws=20)
    whole = [number for number in range(4) if len(made.members(number)) > 50]
    assert len(whole) == 2
    assert (expected.means[whole] > 0.75).all()
    assert (np.delete(expected.means, whole) < 0.75).all()
    assert stability_sentence(expected, numbered(4)) in said(app)
    assert AGAIN not in buttons(app)
    assert not app.exception


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
    figure = noise_chart(NoiseComparison(scored(0.4, 0.5), (scored(0.1), scored(0.2)), True), DARK)
    assert [list(trace.x) for trace in figure.data] == [[0.1, 0.2], [0.2]]


def test_planted_groups_stand_out_from_noise(open_checks, planted):
    app = open_checks(3)
    expected = against_noise(planted, cluster(planted, "K-means", clusters=3))
    assert expected.stands_out
    assert noise_sentence(expected)[1] in said(app)
    table = table_with(app, "clusters of")
    np.testing.assert_allclose(table["silhouette"], noise_table(expected)["silhouette"].to_numpy(), rtol=1e-5)


def test_noise_itself_does_not_stand_out(open_checks):
    vectors = np.random.default_rng(1).normal(size=(120, 8))
    space = Space.from_vectors([f"item {row}" for row in range(120)], vectors, name="noise")
    app = open_checks(5, space=space)
    assert "Noise does as well" in said(app)


def test_a_second_visitor_gets_what_was_stored_at_once(open_checks, planted):
    unchecked = Space.from_vectors(planted.collection.items, 2 * planted.vectors, name="checked by nobody else")
    open_checks(3, space=unchecked)
    caching.outcomes.cache_clear()
    app = open_checks(3, space=unchecked)
    assert AGAIN not in buttons(app)
    assert "3 of 3 clusters are stable." in said(app)


def test_other_clusters_of_the_same_space_are_asked_anew(planted):
    flat = Layout(np.zeros((180, 2), "f4"), "PCA", {}, 0)
    one, other = (looked_at(planted, cluster(planted, "K-means", clusters=count), flat) for count in (3, 5))
    of_map = one._replace(settings=ClusterSettings(of="map"))
    keys = [stability_request(each).key for each in (one, other, of_map)] + [noise_request(one).key]
    assert len(set(keys)) == 4
    assert stability_request(one._replace(names=called(3))).key == keys[0]


def asked(key, items):
    import streamlit as st

    from components.kit.ask import Pending, Request
    from components.views.clusterings import answer

    answer(Request(key, lambda job: "done"), "Cluster 20 samples again", "ask_again", Pending(), items=items)
    st.caption("All else is there.")


def test_what_was_cancelled_or_takes_minutes_waits_for_its_button():
    def opened(key, items, session):
        app = AppTest.from_function(asked, args=(key, items), default_timeout=PATIENCE)
        for name, value in session.items():
            app.session_state[name] = value
        app = settle(app.run())
        assert "All else is there." in said(app)
        return buttons(app)

    stopped = {BEGUN: {"stopped"}, WISHES: {"stopped"}, FAILED: {"stopped": Cancelled("stopped")}}
    assert opened("begins by itself", 600, {}) == []
    assert opened("stopped", 600, stopped) == [AGAIN]
    assert opened("many items", 20_001, {}) == [AGAIN]


def test_where_everything_is_noise_there_is_nothing_to_check(open_checks):
    app = open_checks(0)
    assert "all items are noise" in said(app)
    assert not app.button
