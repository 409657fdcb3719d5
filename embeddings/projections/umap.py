"""UMAP: a map that tries to keep each item's nearest neighbours near (McInnes, Healy & Melville 2018)."""

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array, eye_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import ArpackError, eigsh
from sklearn.utils import check_random_state
from umap import UMAP
from umap.umap_ import fuzzy_simplicial_set, noisy_scale_coords

from embeddings.graph import KnnGraph, knn_graph, unrelated_items
from embeddings.projections.base import Coordinates, Layout, beside
from embeddings.projections.pca import pca
from embeddings.ranks import distinct_rows
from embeddings.space import Space, Vectors
from embeddings.units import scaled, unit

UMAP_METRICS = {"cosine": "cosine", "Euclidean": "euclidean", "dot": "cosine"}
# As many rounds as umap-learn makes; it leaves out edges that are too weak to be drawn once in them.
SMALL, ROUNDS = 10_000, (500, 200)


def umap(
    space: Space, graph: KnnGraph, dims: int, seed: int, *, n_neighbors: float = 15, min_dist: float = 0.1
) -> Layout:
    """Lay out the shared k-NN graph; no approximate search runs, so most of UMAP's compilation is never needed.

    Equal vectors (under cosine, directions) are one point. What has nothing in common with any other is drawn beside
    the map. `n_neighbors` counts the item itself, as in umap-learn. One thread and a seed: the same picture every time.
    """
    count = int(min(n_neighbors, graph.rows.shape[1] + 1))
    params: dict[str, float | str] = {"n_neighbors": count, "min_dist": min_dist, "metric": graph.metric}
    distinct, of = distinct_rows(unit(space.vectors) if graph.metric == "cosine" else scaled(space.vectors))
    if len(distinct) == 1:
        return Layout(np.zeros((len(space), dims), dtype=np.float32), "UMAP", params, seed)
    kinds = Space.from_vectors(map(str, range(len(distinct))), distinct, name="distinct")
    if of is not None:
        graph = knn_graph(kinds, k=graph.rows.shape[1], metric=graph.metric)
    joined = np.flatnonzero(~unrelated_items(kinds, graph.metric))
    places = _drawn(distinct, graph, joined, (dims, seed, min(count, len(distinct)), min_dist))
    coordinates = beside(places, joined, len(distinct), seed)
    return Layout(coordinates if of is None else coordinates[of], "UMAP", params, seed)


def _drawn(
    vectors: Vectors, graph: KnnGraph, joined: NDArray[np.intp], how: tuple[int, int, int, float]
) -> Coordinates:
    """Places of the joined items, shape (m, dims); what has nothing in common is not an edge."""
    dims, seed, count, min_dist = how
    m = len(joined)
    if m < 3:
        return np.eye(m, dims, dtype=np.float32)
    place = np.full(len(vectors), -1, dtype=np.int32)
    place[joined] = np.arange(m, dtype=np.int32)
    rows = np.where(graph.related, place[graph.rows], -1)[joined]
    # UMAP looks for the width of a neighbourhood from 1 on, so that distances must be of such a size.
    near = graph.distances[joined] if graph.metric == "cosine" else scaled(graph.distances[joined])
    knn = (
        np.hstack([np.arange(m, dtype=np.int32)[:, None], rows])[:, :count],
        np.hstack([np.zeros((m, 1), dtype=np.float32), near])[:, :count],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model = UMAP(
            n_components=dims,
            n_neighbors=count,
            min_dist=min_dist,
            metric=UMAP_METRICS[graph.metric],
            init=_start(vectors[joined], knn, dims, seed) if m > 3 * (dims + 1) else "random",
            precomputed_knn=knn,
            force_approximation_algorithm=True,
            random_state=seed,
            n_jobs=1,
        )
        return _finite(model.fit_transform(vectors[joined]))


def _start(vectors: Vectors, knn: tuple[NDArray[np.int32], Vectors], dims: int, seed: int) -> Coordinates:
    """Where the points begin, as umap-learn would put them, but the same in every run.

    Its own start leaves SciPy's eigenvalue solver without a seed, which shows where the graph is in several pieces;
    these begin at their places by PCA.
    """
    random = check_random_state(seed)
    rows, distances = knn
    weights = fuzzy_simplicial_set(vectors, rows.shape[1], random, "euclidean", knn_indices=rows, knn_dists=distances)[
        0
    ].tocoo()
    weights.data[weights.data < weights.data.max() / ROUNDS[len(vectors) > SMALL]] = 0
    weights.eliminate_zeros()
    start = _spectral(weights.tocsr(), dims, seed) if connected_components(weights, directed=False)[0] == 1 else None
    if start is None:
        named = Space.from_vectors(map(str, range(len(vectors))), vectors, name="start")
        start = pca(named, None, dims, seed).coordinates
    return np.asarray(noisy_scale_coords(start, random, max_coord=10, noise=1e-4), dtype=np.float32)


def _spectral(weights: csr_matrix, dims: int, seed: int) -> Coordinates | None:
    """The first eigenvectors of the normalised Laplacian but for the constant one; None where they are not found."""
    n = weights.shape[0]
    scale = diags_array(1 / np.sqrt(np.asarray(weights.sum(axis=0)).ravel()))
    laplacian = eye_array(n) - scale @ weights @ scale
    try:
        values, vectors = eigsh(
            laplacian,
            dims + 1,
            which="SM",
            v0=np.ones(n),
            ncv=min(n, max(2 * dims + 3, int(np.sqrt(n)))),
            tol=1e-4,
            maxiter=5 * n,
            rng=seed,
        )
    except ArpackError:
        return None
    return np.asarray(vectors[:, np.argsort(values)[1:]], dtype=np.float32)


def _finite(coordinates: Coordinates) -> Coordinates:
    """Items without any neighbour have no place; they go to the middle of the map."""
    lost = ~np.isfinite(coordinates).all(axis=1)
    if lost.any():
        coordinates[lost] = np.nanmean(coordinates, axis=0) if not lost.all() else 0
    return coordinates
