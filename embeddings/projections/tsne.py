"""t-SNE: a map of small neighbourhoods (van der Maaten & Hinton 2008)."""

from sklearn.manifold import TSNE

from embeddings.neighbours import KnnGraph
from embeddings.projections.base import Layout
from embeddings.projections.pca import pca
from embeddings.space import Space


def tsne(
    space: Space, graph: KnnGraph | None, dims: int, seed: int, *, perplexity: float = 30, metric: str = "cosine"
) -> Layout:
    """Barnes-Hut t-SNE started from PCA; perplexity is bounded by a third of the number of items."""
    n = len(space)
    used = float(max(1.0, min(perplexity, (n - 1) / 3)))
    start = pca(space, None, dims, seed).coordinates
    spread = start[:, 0].std()
    model = TSNE(
        n_components=dims,
        perplexity=used,
        metric="euclidean" if metric == "Euclidean" else "cosine",
        init=start / spread * 1e-4 if spread > 0 else "random",
        random_state=seed,
        n_jobs=None,
    )
    return Layout(model.fit_transform(space.vectors), "t-SNE", {"perplexity": used, "metric": metric}, seed)
