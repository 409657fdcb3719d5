"""UMAP: a map that tries to keep each item's nearest neighbours near (McInnes, Healy & Melville 2018)."""

import warnings

import numpy as np
from umap import UMAP

from embeddings.neighbours import KnnGraph
from embeddings.projections.base import Layout
from embeddings.space import Space

UMAP_METRICS = {"cosine": "cosine", "Euclidean": "euclidean", "dot": "cosine"}


def umap(
    space: Space, graph: KnnGraph, dims: int, seed: int, *, n_neighbors: float = 15, min_dist: float = 0.1
) -> Layout:
    """Lay out the shared k-NN graph; no approximate search runs, so most of UMAP's compilation is never needed.

    `n_neighbors` counts the item itself, as in umap-learn. One thread and a seed: the same picture every time.
    """
    n = len(space)
    count = int(min(n_neighbors, graph.rows.shape[1] + 1))
    own = np.arange(n, dtype=np.int32)[:, None]
    rows = np.hstack([own, graph.rows])[:, :count]
    distances = np.hstack([np.zeros((n, 1), dtype=np.float32), graph.distances])[:, :count]
    model = UMAP(
        n_components=dims,
        n_neighbors=count,
        min_dist=min_dist,
        metric=UMAP_METRICS[graph.metric],
        init="spectral" if n > 3 * (dims + 1) else "random",
        precomputed_knn=(rows, distances),
        force_approximation_algorithm=True,
        random_state=seed,
        n_jobs=1,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        coordinates = model.fit_transform(space.vectors)
    params: dict[str, float | str] = {"n_neighbors": count, "min_dist": min_dist, "metric": graph.metric}
    return Layout(_finite(coordinates), "UMAP", params, seed)


def _finite(coordinates: np.ndarray) -> np.ndarray:
    """Items without any neighbour have no place; they go to the middle of the map."""
    lost = ~np.isfinite(coordinates).all(axis=1)
    if lost.any():
        coordinates[lost] = np.nanmean(coordinates, axis=0) if not lost.all() else 0
    return coordinates
