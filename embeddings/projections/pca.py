"""Principal component analysis: the straight-on view that spreads the items most (Pearson 1901; Hotelling 1933)."""

import numpy as np
from sklearn.decomposition import PCA

from embeddings.graph import KnnGraph
from embeddings.projections.base import Layout, LinearMap
from embeddings.space import Space
from embeddings.units import scale_of, scaled


def pca(space: Space, graph: KnnGraph | None, dims: int, seed: int) -> Layout:
    """Project on the first `dims` principal components; missing ones (too few items or dimensions) are zero."""
    vectors, scale = scaled(space.vectors), scale_of(space.vectors)
    n, d = vectors.shape
    rank = min(dims, n, d)
    solver = "covariance_eigh" if d <= 1000 else "randomized"
    model = PCA(n_components=rank, svd_solver=solver, random_state=seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        places = model.fit_transform(vectors.astype(np.float64) if n * d < 50_000_000 else vectors) / scale
    axes = np.zeros((dims, d), dtype=np.float32)
    axes[:rank] = model.components_
    explained = np.zeros(dims, dtype=np.float32)
    explained[:rank] = np.nan_to_num(model.explained_variance_ratio_)
    coordinates = np.zeros((n, dims), dtype=np.float32)
    coordinates[:, :rank] = places
    return Layout(coordinates, "PCA", {}, seed, LinearMap((model.mean_ / scale).astype(np.float32), axes, explained))
