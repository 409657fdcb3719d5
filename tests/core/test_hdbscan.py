"""HDBSCAN and its spanning tree, against scikit-learn and SciPy."""

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist
from sklearn.cluster import HDBSCAN
from sklearn.datasets import load_digits
from sklearn.metrics import adjusted_rand_score

from embeddings.clusters import NOISE, cluster
from embeddings.clusters.spanning_tree import spanning_tree
from embeddings.graph import knn_graph
from embeddings.space import Space
from embeddings.units import unit


def same(left, right):
    return adjusted_rand_score(left, right) == 1


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    return space_of(data.data), data.target


@pytest.mark.parametrize("samples", [1, 2, 5])
def test_the_spanning_tree_is_as_short_as_scipys(digits, samples):
    vectors = unit(digits[0].vectors[:700] + np.random.default_rng(0).normal(size=(700, 64)))
    graph = knn_graph(space_of(vectors), k=6)
    tree = spanning_tree(vectors, graph, samples)
    distances = cdist(vectors, vectors)
    core = np.sort(distances, axis=1)[:, samples - 1]
    reach = np.maximum(distances, np.maximum(core[:, None], core))
    np.fill_diagonal(reach, 0)
    assert len(tree.weights) == 699
    assert np.sort(tree.weights) == pytest.approx(np.sort(minimum_spanning_tree(reach).data), abs=1e-5)


@pytest.fixture(scope="module")
def untied(digits):
    """The digits, moved a little so that no two distances are equal."""
    return space_of(digits[0].vectors + np.random.default_rng(0).normal(scale=0.01, size=(1797, 64)))


@pytest.mark.parametrize("size", [5, 20])
def test_hdbscan_is_scikit_learns_own_where_no_distances_are_tied(untied, size):
    theirs = HDBSCAN(min_cluster_size=size, min_samples=1, copy=True).fit(untied.vectors)
    ours = cluster(untied, "HDBSCAN", metric="Euclidean", min_cluster_size=size, min_samples=1)
    assert same(ours.labels, theirs.labels_)
    assert np.array_equal(ours.labels == NOISE, theirs.labels_ == NOISE)
    assert ours.probabilities == pytest.approx(theirs.probabilities_, abs=1e-4)


@pytest.mark.parametrize(("size", "samples"), [(10, 5), (5, 3)])
def test_hdbscan_agrees_with_scikit_learn_on_the_same_tree(untied, size, samples):
    tree = spanning_tree(untied.vectors, knn_graph(untied, metric="Euclidean"), samples)
    matrix = coo_array((tree.weights.astype(float), (tree.starts, tree.ends)), shape=(1797, 1797)).tocsr()
    own = {"metric": "precomputed", "min_samples": 1, "copy": True}
    theirs = HDBSCAN(min_cluster_size=size, **own).fit(csr_matrix(matrix + matrix.T))
    ours = cluster(untied, "HDBSCAN", metric="Euclidean", min_cluster_size=size, min_samples=samples)
    assert same(ours.labels, theirs.labels_)
    assert ours.probabilities == pytest.approx(theirs.probabilities_, abs=1e-4)


@pytest.mark.parametrize(("size", "samples"), [(10, 5), (5, 3)])
def test_hdbscan_agrees_with_scikit_learn_as_far_as_ties_allow(untied, size, samples):
    # Many mutual reachability distances are equal to one core distance, so the tree is one of several: with its rows
    # in another order scikit-learn agrees with itself to .97 to .998 here.
    theirs = HDBSCAN(min_cluster_size=size, min_samples=samples, copy=True).fit(untied.vectors)
    ours = cluster(untied, "HDBSCAN", metric="Euclidean", min_cluster_size=size, min_samples=samples)
    assert adjusted_rand_score(ours.labels, theirs.labels_) > 0.95
    assert abs(ours.noise - (theirs.labels_ == NOISE).sum()) < 0.02 * 1797


def test_a_disconnected_graph_is_joined(blobs):
    graph = knn_graph(blobs, k=15)
    assert len({label // 100 for label in graph.rows[:100].ravel()}) == 1
    shared = cluster(blobs, "HDBSCAN", graph=graph, min_samples=5)
    alone = cluster(blobs, "HDBSCAN", min_samples=5)
    assert shared.count == 3
    assert np.array_equal(shared.labels, alone.labels)


def test_noise_goes_to_the_cluster_of_the_nearest_clustered_item_on_request():
    # Two rows, the second longer, and three strays: nearest to an end of the first though the middle of the second is
    # nearer; nearest to the second; equally far from both.
    rows = [(x, 0) for x in range(20)] + [(x, 4) for x in range(26)]
    space = space_of(np.array([*rows, (24, -6), (31, 4), (-6, 2)], dtype=float))
    apart, given = (
        cluster(space, "HDBSCAN", metric="Euclidean", min_cluster_size=5, min_samples=2, noise_to_nearest=each)
        for each in (0, 1)
    )
    assert apart.labels[-3:].tolist() == [NOISE] * 3
    assert np.array_equal(given.labels[:-3], apart.labels[:-3])
    assert given.labels[-3:].tolist() == [1, 0, 0]
    assert given.probabilities[-3:].tolist() == [0, 0, 0]
    assert (given.noise, given.params["noise_to_nearest"]) == (0, 1)
    assert given.notes[0].startswith("3 of 49 items (6%) were noise and have been given to the cluster")
    nothing = cluster(space, "HDBSCAN", min_cluster_size=45, noise_to_nearest=1)
    assert nothing.noise == 49
    assert "no cluster" in nothing.notes[0]
