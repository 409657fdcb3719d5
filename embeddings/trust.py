"""How far a map can be trusted: which true neighbours it keeps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from embeddings.neighbours import KnnGraph
from embeddings.projections.base import Layout


def neighbours_kept(graph: KnnGraph, layout: Layout, *, k: int = 10) -> NDArray[np.float32]:
    """Share of each item's k true neighbours that are also among its k nearest on the map, shape (n,), 0 to 1.

    By chance a share of k / (n − 1) would be kept.
    """
    k = min(k, graph.rows.shape[1])
    tree = NearestNeighbors(n_neighbors=k).fit(layout.coordinates)
    shown = tree.kneighbors(return_distance=False)
    true = graph.rows[:, :k]
    both = (true[:, :, None] == shown[:, None, :]).any(axis=2)
    return np.asarray(both.mean(axis=1), dtype=np.float32)
