"""Are clusters stable when samples are clustered again?"""

import numpy as np
import pytest
from check_panel import AGAIN, buttons, called, clustering_of
from components.clusters.checks.stability_views import MOST, stability_chart, stability_sentence, stability_table
from driving import press, said

from components.kit.colours import DARK, LIGHT
from embeddings.clusters import cluster
from embeddings.clusters.stability import Stability, stability


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
    figure = stability_chart(Stability(means, np.vstack([means - 0.1, means + 0.05])), called(3), colours=theme)
    assert [trace.x.tolist() for trace in figure.data] == [[0.9], [0.65], [0.2]]
    assert [trace.y.tolist() for trace in figure.data] == [[0], [1], [2]]
    assert figure.data[0].marker.color == theme.categorical[0]
    assert len({trace.marker.color for trace in figure.data}) == 3
    assert {shape.x0 for shape in figure.layout.shapes} == {0.6, 0.75}
    assert all((np.array(trace.error_x.array) >= 0).all() for trace in figure.data)


def test_five_hundred_clusters_are_drawn_as_forty_and_listed_whole():
    found = Stability(np.full(500, 0.8), np.full((2, 500), 0.8))
    figure = stability_chart(found, called(500), colours=LIGHT)
    assert sum(len(trace.x) for trace in figure.data) == MOST == 40
    assert stability_table(found, clustering_of(np.arange(500)), called(500)).num_rows == 500


def test_a_cluster_that_was_once_not_drawn_has_a_spread_all_the_same():
    found = Stability(np.array([0.5]), np.array([[0.5], [np.nan]]))
    assert stability_table(found, clustering_of([0, 0]), ["one"])["8 of 10 samples"].to_pylist() == ["0.50 to 0.50"]


def test_names_cannot_become_markup_in_a_chart():
    figure = stability_chart(Stability(np.array([0.9]), np.full((1, 1), 0.9)), ["<b>&"], colours=LIGHT)
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
