"""Agglomerative clustering: the two nearest groups are merged until one is left (Ward 1963; Sokal & Michener 1958)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from embeddings.clusters.base import Found, Points, Progress, Rows

BLOCK = 512


def ward(points: Points, seed: int, on_progress: Progress | None, *, clusters: int) -> Found:
    """Merge the two groups whose union adds least to the squared distances from the groups' means."""
    merges = merge(points, "ward", on_progress)
    return Found(after_merges(merges, clusters), merges=merges)


def average(points: Points, seed: int, on_progress: Progress | None, *, clusters: int) -> Found:
    """Merge the two groups whose items are nearest on average; by cosine that distance is 1 − cosine."""
    merges = merge(points, "average", on_progress)
    return Found(after_merges(merges, clusters), merges=merges)


def merge(points: Points, method: str, on_progress: Progress | None = None) -> NDArray[np.float64]:
    """SciPy's linkage matrix of shape (n − 1, 4), by `"ward"` or `"average"`.

    Distances are counted in progress; the merging itself is one step that cannot be interrupted.
    """
    squared = _squared_distances(points, on_progress)
    distances = squared / 2 if method == "average" and points.metric == "cosine" else np.sqrt(squared, out=squared)
    merges: NDArray[np.float64] = linkage(distances, method)
    return merges


def after_merges(merges: NDArray[np.float64], clusters: int) -> Rows:
    """Labels of shape (n,) when exactly `clusters` groups are left."""
    n = len(merges) + 1
    done = n - clusters
    groups = n + np.repeat(np.arange(done), 2)
    joined = merges[:done, :2].astype(np.intp).ravel()
    shape = (2 * n - 1, 2 * n - 1)
    _, labels = connected_components(coo_array((np.ones(2 * done), (groups, joined)), shape=shape), directed=False)
    return np.asarray(labels[:n], dtype=np.intp)


def _squared_distances(points: Points, on_progress: Progress | None) -> NDArray[np.float64]:
    """Squared Euclidean distances of all pairs in the order of `scipy.spatial.distance.pdist`."""
    vectors = points.vectors.astype(np.float64)
    n, lengths = len(vectors), np.einsum("ij,ij->i", vectors, vectors)
    squared = np.empty(n * (n - 1) // 2)
    place = 0
    for start in range(0, n - 1, BLOCK):
        rows = slice(start, min(start + BLOCK, n - 1))
        block = vectors[rows] @ vectors[start:].T
        block *= -2
        block += lengths[rows, None]
        block += lengths[start:]
        np.maximum(block, 0, out=block)
        for row in range(len(block)):
            part = block[row, row + 1 :]
            squared[place : place + len(part)] = part
            place += len(part)
        if on_progress:
            on_progress(place, len(squared))
    return squared
