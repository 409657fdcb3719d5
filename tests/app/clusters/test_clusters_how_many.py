"""How many clusters there are: scores over their number and trees, alone and on the page."""

import numpy as np
import pytest
from cluster_page import list_of
from components.clusters.how_many.counts_chart import counts_chart, counts_sentence, counts_table, four_scores
from components.clusters.how_many.tree_charts import branch_table, condensed_chart, cuts, dendrogram_chart, merge_table
from components.clusters.how_many.tree_panel import clicked_cut
from driving import press, said, settle

from components.kit.colours import CATEGORICAL, DARK, LIGHT, OTHER
from embeddings.clusters import cluster
from embeddings.clusters.counts import CountScores, how_many
from embeddings.clusters.trees import branches, dendrogram


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
    figure = counts_chart(scores, 3, colours=DARK)
    assert [trace.x[0] for trace in figure.data if trace.mode == "markers"] == [3, 2, 4]
    agreed = scores._replace(calinski_harabasz=scores.silhouette, davies_bouldin=-scores.silhouette)
    assert counts_sentence(agreed).startswith("All that choose ask for 3")


def test_the_dendrogram_can_be_cut_at_each_merge(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    drawing = dendrogram(found)
    order = np.argsort(-drawing.heights[:, 1])
    assert cuts(drawing)[order].tolist() == list(range(2, 61))
    figure = dendrogram_chart(drawing, ("a", "b", "c"), colours=LIGHT)
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
    figure = condensed_chart(tree, names, colours=DARK)
    assert set(figure.data[-1].text) - {""} == set(names)


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
