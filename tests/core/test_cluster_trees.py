import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster
from sklearn.metrics import adjusted_rand_score

from embeddings.clusters import cluster
from embeddings.clusters.trees import MIXED, branches, cut, dendrogram
from embeddings.errors import EmbeddingError
from embeddings.space import Space


@pytest.fixture
def line():
    """Two pairs and a single item on a line, whose merges are known by eye."""
    return Space.from_vectors("abcde", [[0], [1], [10], [12], [30]], name="line")


def test_the_dendrogram_of_a_line(line):
    found = cluster(line, "Average linkage", metric="Euclidean", clusters=3)
    drawing = dendrogram(found)
    assert sorted(drawing.heights[:, 1].tolist()) == [1, 2, 10.5, 24.25]
    assert drawing.sizes.tolist() == [1] * 5
    assert sorted(drawing.labels.tolist()) == [0, 0, 1, 1, 2]
    assert drawing.leaves.tolist() == [5, 15, 25, 35, 45]
    assert (drawing.low, drawing.high) == (2, 10.5)


def test_a_small_drawing_folds_what_lies_below(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    drawing = dendrogram(found, most=20)
    assert drawing.places.shape == drawing.heights.shape == (19, 4)
    assert drawing.sizes.sum() == 300
    assert [drawing.sizes[drawing.labels == label].sum() for label in range(3)] == [100, 100, 100]
    assert dendrogram(cut(found, clusters=30), most=5).labels.tolist().count(MIXED) > 0


def test_a_chain_is_drawn_without_deep_recursion():
    space = Space.from_vectors(map(str, range(4000)), (np.arange(4000.0) ** 1.5)[:, None], name="chain")
    assert len(dendrogram(cluster(space, "Average linkage", metric="Euclidean")).sizes) == 100


def test_cutting_elsewhere_is_clustering_with_another_number(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    for clusters in (2, 5, 300):
        assert np.array_equal(cut(found, clusters=clusters).labels, cluster(blobs, "Ward", clusters=clusters).labels)
    assert cut(found, clusters=5).params["clusters"] == 5


@pytest.mark.parametrize("height", [6.0, 8.0, 20.0])
def test_cutting_at_a_height_agrees_with_scipy(blobs, height):
    found = cluster(blobs, "Ward", metric="Euclidean", clusters=3)
    expected = fcluster(found.merges, height, "distance")
    assert adjusted_rand_score(cut(found, height=height).labels, expected) == 1


def test_any_cut_between_low_and_high_gives_the_same_clusters(blobs):
    found = cluster(blobs, "Average linkage", clusters=7)
    drawing = dendrogram(found)
    for height in (drawing.low, (drawing.low + drawing.high) / 2):
        assert np.array_equal(cut(found, height=height).labels, found.labels)


def test_cuts_that_leave_nothing_to_see_are_said(blobs):
    found = cluster(blobs, "Ward", clusters=3)
    with pytest.raises(EmbeddingError, match="would leave 1 clusters; it must leave between 2 and 300"):
        cut(found, height=1e9)
    with pytest.raises(EmbeddingError, match="would leave 301 clusters"):
        cut(found, clusters=301)
    for wrong in ({}, {"clusters": 3, "height": 1.0}):
        with pytest.raises(ValueError, match="either clusters or height"):
            cut(found, **wrong)


def test_methods_without_a_tree_are_the_callers_bug(blobs):
    for act in (dendrogram, branches, lambda found: cut(found, clusters=2)):
        with pytest.raises(ValueError, match="K-means builds no"):
            act(cluster(blobs, clusters=3))


def test_the_branches_of_planted_groups(blobs):
    found = cluster(blobs, "HDBSCAN", metric="Euclidean", min_cluster_size=20)
    tree = branches(found)
    assert (tree.sizes[0], tree.parents[0], tree.labels[0], tree.births[0] > 0) == (300, -1, -1, True)
    assert sorted(tree.labels[tree.chosen].tolist()) == [0, 1, 2]
    assert (tree.deaths >= tree.births).all()
    assert (tree.sizes[1:] <= tree.sizes[tree.parents[1:]]).all()
    for place in range(1, len(tree.sizes)):
        parent = tree.parents[place]
        assert tree.births[place] == tree.deaths[parent]
        assert tree.lefts[parent] <= tree.lefts[place]
        assert tree.lefts[place] + tree.sizes[place] <= tree.lefts[parent] + tree.sizes[parent]
    for label in range(3):
        chosen = np.flatnonzero(tree.chosen & (tree.labels == label))
        assert tree.sizes[chosen].tolist() == [(found.labels == label).sum()]


def test_few_branches_can_be_asked_for(blobs):
    found = cluster(blobs, "HDBSCAN", min_cluster_size=2, min_samples=1)
    every = branches(found, most=10_000)
    few = branches(found, most=5)
    assert len(every.sizes) > 5
    assert np.array_equal(few.sizes, every.sizes[:5])
    assert (few.parents[1:] < np.arange(1, 5)).all()


def test_noise_alone_has_one_branch():
    space = Space.from_vectors(map(str, range(50)), np.random.default_rng(0).normal(size=(50, 20)), name="noise")
    tree = branches(cluster(space, "HDBSCAN", min_cluster_size=20))
    assert (len(tree.sizes), tree.chosen.any(), tree.labels[0]) == (1, False, -1)
