"""Scores over the number of clusters, alone and on the page."""

import numpy as np
import pytest
from cluster_page import table_with
from driving import said

from components.kit.colours import DARK
from components.views.cluster_counts import counts_chart, counts_sentence, counts_table, four_scores, last_tried
from embeddings.clusters import cluster
from embeddings.clusters.counts import CountScores, how_many, tried


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
    figure = counts_chart(scores, 3, DARK)
    assert [trace.x[0] for trace in figure.data if trace.mode == "markers"] == [3, 2, 4]
    agreed = scores._replace(calinski_harabasz=scores.silhouette, davies_bouldin=-scores.silhouette)
    assert counts_sentence(agreed).startswith("All that choose ask for 3")


def test_numbers_of_clusters_are_compared_without_a_click(open_blobs, blobs):
    app = open_blobs(cluster_view="How many?", cluster_seed="1")
    direct = how_many(blobs, cluster(blobs, clusters=3, seed=1))
    assert table_with(app, "Davies–Bouldin")["silhouette"].to_numpy() == pytest.approx(direct.silhouette, nan_ok=True)
    assert counts_sentence(direct) in said(app)
    assert not app.exception


def test_numbers_are_tried_beyond_the_one_looked_at():
    assert [last_tried(count) for count in (2, 10, 12, 20, 30, 100)] == [15, 15, 22, 31, 44, 44]
    assert tried(15).tolist() == [*range(1, 16)]
    assert tried(3).tolist() == [1, 2, 3]
    assert tried(44).tolist() == [*range(1, 16), 18, 22, 26, 31, 37, 44]


def test_numbers_are_not_compared_where_a_method_has_none(open_blobs):
    app = open_blobs(cluster_by="HDBSCAN", min_cluster_size="5", cluster_view="How many?")
    assert "HDBSCAN is not among them" in said(app)
    app = open_blobs(cluster_of="2D map", cluster_view="How many?")
    assert "in the original space" in said(app)
