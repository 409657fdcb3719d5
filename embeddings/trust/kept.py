"""Which true neighbours a map keeps, from the shared graph alone: quick, and enough for a colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from embeddings.neighbours import KnnGraph
from embeddings.projections.base import Layout


def neighbours_kept(graph: KnnGraph, layout: Layout, *, k: int = 10) -> NDArray[np.float32]:
    """Share of each item's k true neighbours that are also among its k nearest on the map, shape (n,), 0 to 1.

    By chance a share of k / (n − 1) would be kept. Ties are as the graph and the search on the map left them; `trust`
    orders them by row.
    """
    from sklearn.neighbors import NearestNeighbors

    k = min(k, graph.rows.shape[1])
    tree = NearestNeighbors(n_neighbors=k).fit(layout.coordinates)
    shown = tree.kneighbors(return_distance=False)
    true = graph.rows[:, :k]
    both = (true[:, :, None] == shown[:, None, :]).any(axis=2)
    return np.asarray(both.mean(axis=1), dtype=np.float32)
