"""The trees of clusters, alone and on the page."""

import numpy as np
from cluster_page import list_of
from driving import press, said, settle

from components.kit.colours import CATEGORICAL, DARK, LIGHT, OTHER
from components.views.dendrogram import clicked_cut, condensed_chart, dendrogram_chart
from embeddings.clusters import cluster
from embeddings.clusters.trees import branch_table, branches, cuts, dendrogram, merge_table


def test_the_dendrogram_can_be_cut_at_each_merge(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    drawing = dendrogram(found)
    order = np.argsort(-drawing.heights[:, 1])
    assert cuts(drawing)[order].tolist() == list(range(2, 61))
    figure = dendrogram_chart(drawing, ("a", "b", "c"), LIGHT)
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
    figure = condensed_chart(tree, names, DARK)
    assert set(figure.data[-1].text) - {""} == set(names)


def test_the_tree_can_be_cut_by_the_slider(open_blobs, blobs):
    app = open_blobs(cluster_view="Tree")
    assert "K-means builds no tree" in said(app)
    press(app, "Use Ward")
    assert "merged into which" in said(app)
    slider = next(each for each in app.slider if each.label == "Cut into so many clusters")
    assert slider.value == 3
    slider.set_value(6)
    settle(app.run())
    assert list_of(app)["items"].tolist() == cluster(blobs, "Ward", clusters=6).sizes.tolist()
