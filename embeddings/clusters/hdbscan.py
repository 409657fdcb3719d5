"""HDBSCAN: dense regions of any shape, and the rest as noise (Campello, Moulavi & Sander 2013; McInnes et al. 2017)."""

from __future__ import annotations

import numpy as np
from hdbscan import HDBSCAN
from scipy.sparse import csr_matrix
from sklearn.metrics import pairwise_distances_argmin

from embeddings.clusters.base import NOISE, CondensedTree, Found, Labels, Points, Progress, by_size
from embeddings.clusters.spanning_tree import Edges, spanning_tree
from embeddings.graph import KnnGraph, knn_graph
from embeddings.space import Space

LISTED = 15
# Lengths of 0 would be no edges in a sparse matrix; this share of the longest edge stands for them.
SHORTEST = 1e-6


def hdbscan(
    points: Points,
    seed: int,
    on_progress: Progress | None,
    *,
    min_cluster_size: int,
    min_samples: int,
    noise_to_nearest: int = 0,
) -> Found:
    """The most persistent branches of the density tree (excess of mass).

    With `noise_to_nearest` each item of the noise gets the cluster of the nearest item that has one, with
    probability 0.

    `min_samples` counts the item itself, as in scikit-learn; the `hdbscan` package alone does not. The tree of all
    items is built here from the shared neighbour graph; the package takes it from there.
    """
    n = len(points.vectors)
    samples = min(min_samples, n)
    tree = spanning_tree(points.vectors, _graph(points, samples), samples, on_progress)
    # With each item as its own core, the package leaves the mutual reachability distances of the tree as they are.
    model = HDBSCAN(
        min_cluster_size=min_cluster_size, min_samples=1, metric="precomputed", gen_min_span_tree=False
    ).fit(_matrix(tree, n))
    condensed = model.condensed_tree_.to_numpy()
    labels, notes = _without_noise(points, by_size(model.labels_)) if noise_to_nearest else (model.labels_, ())
    return Found(
        labels,
        model.probabilities_.astype(np.float32),
        condensed=CondensedTree(
            condensed["parent"], condensed["child"], condensed["lambda_val"], condensed["child_size"]
        ),
        notes=notes,
    )


def _without_noise(points: Points, labels: Labels) -> tuple[Labels, tuple[str, ...]]:
    """Labels with the noise given away, of equally near items to the larger cluster; and what a reader must know."""
    noise = np.flatnonzero(labels == NOISE)
    clustered = np.argsort(labels, kind="stable")[len(noise) :]
    if not len(noise) or not len(clustered):
        return labels, ()
    full = labels.copy()
    full[noise] = labels[clustered[pairwise_distances_argmin(points.vectors[noise], points.vectors[clustered])]]
    share = f"{len(noise):,} of {len(labels):,} items ({len(noise) / len(labels):.0%})"
    return full, (
        f"{share} were noise and have been given to the cluster of the nearest clustered item, with probability 0: "
        "the method itself saw no group there.",
    )


def _graph(points: Points, samples: int) -> KnnGraph:
    needed = min(max(samples - 1, LISTED), len(points.vectors) - 1)
    if points.graph is not None and points.graph.rows.shape[1] >= needed:
        return points.graph
    names = map(str, range(len(points.vectors)))
    return knn_graph(Space.from_vectors(names, points.vectors, name="points"), k=needed, metric=points.metric)


def _matrix(tree: Edges, n: int) -> csr_matrix:
    weights = tree.weights.astype(np.float64)
    longest = float(weights.max(initial=0)) or 1.0
    weights = np.maximum(weights, SHORTEST * longest)
    places = (np.concatenate([tree.starts, tree.ends]), np.concatenate([tree.ends, tree.starts]))
    return csr_matrix((np.concatenate([weights, weights]), places), shape=(n, n))
