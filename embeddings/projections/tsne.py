"""t-SNE: a map of small neighbourhoods (van der Maaten & Hinton 2008)."""

import numpy as np
from sklearn.manifold import TSNE

from embeddings.graph import KnnGraph, unrelated_items
from embeddings.projections.base import Layout, beside
from embeddings.projections.pca import pca
from embeddings.space import Space
from embeddings.units import scaled, unit64


def tsne(
    space: Space, graph: KnnGraph | None, dims: int, seed: int, *, perplexity: float = 30, metric: str = "cosine"
) -> Layout:
    """Barnes-Hut t-SNE started from PCA; perplexity is bounded by a third of the number of items.

    What has nothing in common with any other is drawn beside the map.
    """
    joined = np.flatnonzero(~unrelated_items(space, metric))
    m = len(joined)
    used = float(max(1.0, min(perplexity, (m - 1) / 3)))
    places = np.eye(m, dims, dtype=np.float32)
    if m > 2:
        start = scaled(pca(space, None, dims, seed).coordinates)[joined]
        spread = start[:, 0].std()
        model = TSNE(
            n_components=dims,
            perplexity=used,
            metric="euclidean" if metric == "Euclidean" else "cosine",
            init=start / spread * 1e-4 if spread > 0 else "random",
            random_state=seed,
            n_jobs=None,
        )
        # In float64 its cosines tell apart what lies in a narrow cone.
        vectors = scaled(space.vectors) if metric == "Euclidean" else unit64(space.vectors)
        places = model.fit_transform(vectors[joined])
    return Layout(beside(places, joined, len(space), seed), "t-SNE", {"perplexity": used, "metric": metric}, seed)
