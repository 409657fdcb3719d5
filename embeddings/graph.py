"""The graph of the nearest neighbours of all items, and which of them are neighbours in name only."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.metrics import find_metric
from embeddings.ranks import EXACT, Points, Ranked, Rows, blocks, by_lot, distinct_rows, nearest_rows, rounding
from embeddings.space import Space, Vectors
from embeddings.units import crowded, scale_of, scaled, unit

EXACT_UP_TO = 200_000
LARGEST = float(np.finfo(np.float32).max)


class KnnGraph(NamedTuple):
    """The k nearest neighbours of every item, itself excluded, nearest first.

    Attributes:
        rows: int32 of shape (n, k).
        distances: float32 of shape (n, k), smaller is nearer: 1 − cosine, Euclidean distance, or −dot product.
        metric: name of the metric.
        recall: share of true neighbours that the search found, measured on a sample; 1 where the search was exact.
        apart: bool of shape (n, k): neighbours in name only, because the two have nothing in common, see `unrelated`;
            None where there is no such pair.
        exact: whether the distances come from float64, so that they are known to a share of themselves however small.
    """

    rows: Rows
    distances: NDArray[np.float32]
    metric: str
    recall: float = 1.0
    apart: NDArray[np.bool_] | None = None
    exact: bool = False

    @property
    def known_as(self) -> str:
        """The metric as `rounding` takes it."""
        return EXACT if self.exact else self.metric

    @property
    def related(self) -> NDArray[np.bool_]:
        """Bool of shape (n, k): which of the listed have something in common with the item."""
        return np.ones(self.rows.shape, dtype=bool) if self.apart is None else ~self.apart


def knn_graph(space: Space, *, k: int = 15, metric: str = "cosine") -> KnnGraph:
    """The k nearest neighbours of every item.

    Exact up to 200,000 items (blocked matrix products, faiss), and the lot decides which of equally near items stand at
    the last places; beyond by an inverted-file index whose recall is measured on a sample.

    Raises:
        EmbeddingError: the space holds a single item.
    """
    find_metric(metric)
    if len(space) < 2:
        raise EmbeddingError("Neighbours need at least 2 items, this space has 1.")
    k = min(k, len(space) - 1)
    exact = len(space) <= EXACT_UP_TO
    vectors = unit(space.vectors) if metric == "cosine" else scaled(space.vectors)
    if metric == "cosine" and exact and crowded(vectors):
        return _graph_of_crowd(space, vectors, k)
    # One more than asked for shows whether the last place is a tie.
    most = min(k + 1, len(space) - 1)
    scores, rows = _search(vectors, most + 1, euclidean=metric == "Euclidean")
    others, distances = _without_self(rows, _distances(scores, metric), most)
    apart = unrelated(vectors, others, distances, metric)
    recall = 1.0 if exact else _recall(space, others[:, :k], metric)
    if exact and most > k:
        tied = np.flatnonzero(distances[:, k] - distances[:, k - 1] <= rounding(distances[:, k], metric))
        _draw_lots((vectors, metric), tied, (others, distances, apart), k)
    others, distances, apart = others[:, :k], distances[:, :k], apart[:, :k]
    if metric != "cosine":
        distances = _in_own_unit(distances, space, metric)
    return KnnGraph(others, distances, metric, recall, apart if apart.any() else None)


def unrelated(vectors: Vectors, rows: Rows, distances: Vectors, metric: str) -> NDArray[np.bool_]:
    """Which of the k listed neighbours of each of n items have nothing in common with it, bool of shape (n, k).

    By cosine and dot product these are items without a component that both use, where no vector has negative ones
    (texts by their words that share no word), and, by cosine, vectors of length zero.
    """
    if metric == "Euclidean":
        return np.zeros(rows.shape, dtype=bool)
    if vectors.min() >= 0:
        return np.asarray(distances >= (1 if metric == "cosine" else 0))
    empty = np.asarray(~vectors.any(axis=1) & (metric == "cosine"))
    return np.asarray(empty[:, None] | empty[rows])


def unrelated_items(space: Space, metric: str = "cosine") -> NDArray[np.bool_]:
    """Which items have nothing in common with any item that differs from them, bool of shape (n,); see `unrelated`."""
    if metric == "Euclidean":
        return np.zeros(len(space), dtype=bool)
    distinct, of = distinct_rows(unit(space.vectors) if metric == "cosine" else space.vectors)
    if distinct.min() < 0:
        return np.asarray((space.norms == 0) & (metric == "cosine"))
    used = distinct > 0
    alone = np.asarray(~used[:, used.sum(axis=0) > 1].any(axis=1))
    return alone if of is None else alone[of]


# Of how many neighbours measures of the graph tell.
MEASURED = 10
DAMPING = 0.85
CLUSTERED_AT_ONCE = 20_000


class GraphMeasures(NamedTuple):
    """How each item stands in the graph of the nearest neighbours, each of shape (n,).

    Attributes:
        in_degree: in how many items' lists of the k nearest it stands (hubness; Radovanović, Nanopoulos and Ivanović
            2010, JMLR 11, their N_k).
        pagerank: n times its PageRank, so that 1 is the average.
        clustering: its local clustering coefficient; NaN where it has fewer than two neighbours.
        k: neighbours in each list.
    """

    in_degree: NDArray[np.float64]
    pagerank: NDArray[np.float64]
    clustering: NDArray[np.float64]
    k: int


def graph_measures(space: Space, *, graph: KnnGraph, k: int = MEASURED) -> GraphMeasures:
    """Measures of the graph whose arrows lead from each item to its k nearest, those in name only left out."""
    from scipy.sparse import csr_array

    n, k = len(space), min(k, graph.rows.shape[1])
    related = graph.related[:, :k]
    tails, heads = np.repeat(np.arange(n, dtype=np.int32), k)[related.ravel()], graph.rows[:, :k][related]
    arrows = csr_array((np.ones(len(heads)), (tails, heads)), shape=(n, n))
    in_degree = np.bincount(heads, minlength=n).astype(np.float64)
    return GraphMeasures(in_degree, n * page_rank(arrows), local_clustering(arrows), k)


def page_rank(arrows: Any, *, damping: float = DAMPING, most: int = 200) -> NDArray[np.float64]:
    """PageRank of the n nodes of a graph (Brin and Page 1998), shape (n,); the sum is 1.

    p = d · (Aᵀ p/out + share of nodes without arrows) + (1 − d)/n, by power iteration from equal shares, until a step
    moves less than 1e-9 in all.

    Args:
        arrows: sparse, shape (n, n): 1 where an arrow leads from the row to the column.
        damping: d, the chance to go on along an arrow and not to begin anywhere.
        most: how many steps at most.
    """
    n = arrows.shape[0]
    out = np.asarray(arrows.sum(axis=1)).ravel()
    share = np.divide(1, out, out=np.zeros(n), where=out > 0)
    into = arrows.T.tocsr()
    ranks = np.full(n, 1 / n)
    for _ in range(most):
        flowing = into @ (ranks * share) + ranks[out == 0].sum() / n
        before, ranks = ranks, damping * flowing + (1 - damping) / n
        if np.abs(ranks - before).sum() < 1e-9:
            break
    return ranks


def local_clustering(arrows: Any) -> NDArray[np.float64]:
    """Local clustering coefficients of the n nodes of a graph (Watts and Strogatz 1998), shape (n,).

    Which share of the pairs of a node's neighbours are neighbours of each other, whichever way the arrows lead; NaN
    with fewer than two.
    """
    from scipy.sparse import csr_array

    either = csr_array((arrows + arrows.T) > 0)
    degree = np.diff(either.indptr)
    # Each edge once, from its end of fewer neighbours to that of more: a hub then begins few paths, and each triangle
    # has one first, one middle and one last corner.
    tails, heads = either.nonzero()
    up = np.flatnonzero((degree[tails] < degree[heads]) | ((degree[tails] == degree[heads]) & (tails < heads)))
    edges = csr_array((np.ones(len(up), np.int32), (tails[up], heads[up])), shape=either.shape)
    back = edges.T.tocsr()
    triangles = np.zeros(len(degree))
    for start in range(0, len(degree), CLUSTERED_AT_ONCE):
        part = slice(start, start + CLUSTERED_AT_ONCE)
        first = (edges[part] @ edges).multiply(edges[part])
        middle = (back[part] @ edges).multiply(edges[part])
        triangles[part] += np.asarray(first.sum(axis=1) + middle.sum(axis=1)).ravel()
        triangles += np.asarray(first.sum(axis=0)).ravel()
    pairs = degree * (degree - 1.0)
    return np.asarray(np.divide(2 * triangles, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0))


def _graph_of_crowd(space: Space, vectors: Vectors, k: int) -> KnnGraph:
    """The graph by cosine where only float64 tells neighbours apart."""
    found = nearest_rows(Points(space.vectors, "cosine"), k)
    apart = unrelated(vectors, found.rows, found.distances, "cosine")
    distances = np.maximum(found.distances, 0)
    return KnnGraph(found.rows, distances, "cosine", apart=apart if apart.any() else None, exact=True)


def _search(vectors: Vectors, k: int, *, euclidean: bool) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    import faiss

    kind = faiss.METRIC_L2 if euclidean else faiss.METRIC_INNER_PRODUCT
    if len(vectors) <= EXACT_UP_TO:
        return faiss.knn(vectors, vectors, k, metric=kind)
    lists = int(4 * np.sqrt(len(vectors)))
    index: Any = faiss.index_factory(vectors.shape[1], f"IVF{lists},Flat", kind)
    index.nprobe = 16
    sample = np.random.default_rng(0).permutation(len(vectors))[: 64 * lists]
    index.train(vectors[sample])
    index.add(vectors)
    return index.search(vectors, k)  # type: ignore[no-any-return]


def _distances(scores: NDArray[np.float32], metric: str) -> NDArray[np.float32]:
    if metric == "cosine":
        return np.clip(1 - scores, 0, 2)
    return np.sqrt(np.maximum(scores, 0)) if metric == "Euclidean" else -scores


def _in_own_unit(distances: Vectors, space: Space, metric: str) -> Vectors:
    """Distances of scaled vectors in the unit of the vectors themselves.

    Raises:
        EmbeddingError: float32 holds no numbers of that size.
    """
    scale = scale_of(space.vectors)
    own = distances.astype(np.float64) / (scale if metric == "Euclidean" else scale**2)
    found = np.asarray(np.clip(own, -LARGEST, LARGEST), dtype=np.float32)
    if np.any((np.abs(own) > LARGEST) | ((found == 0) & (own != 0))):
        raise EmbeddingError(
            f"With components of up to {1 / scale:.0e} these vectors give values by {metric} that are too "
            f"{'large' if scale < 1 else 'small'} to be told apart: use cosine, or bring them to a size near 1 first."
        )
    return found


def _without_self(rows: NDArray[np.int64], distances: NDArray[np.float32], k: int) -> tuple[Rows, Vectors]:
    """Drop each item from its own row (or its last neighbour, where equal items crowded it out), in a fixed order."""
    own = rows == np.arange(len(rows))[:, None]
    own[~own.any(axis=1), -1] = True
    rows, distances = rows[~own].reshape(-1, k), distances[~own].reshape(-1, k)
    order = np.lexsort((by_lot(np.arange(len(rows))[:, None], rows), distances), axis=1)
    rows, distances = np.take_along_axis(rows, order, axis=1), np.take_along_axis(distances, order, axis=1)
    return rows.astype(np.int32), distances


def _draw_lots(
    space: tuple[Vectors, str], tied: NDArray[np.integer], lists: tuple[Rows, Vectors, NDArray[np.bool_]], k: int
) -> None:
    """Fill the first k places of tied lists anew, so that the lot decides who of the equally near is in."""
    vectors, metric = space
    rows, distances, apart = lists
    # Where a list is not filled by what is related, everything else is equally far: nothing has to be worked out.
    open_ended = apart[tied, k - 1] & ((vectors.min() >= 0) | ~vectors[tied].any(axis=1))
    for part in blocks(tied[open_ended], len(vectors)):
        far = np.repeat(distances[part, k, None], len(vectors), axis=1)
        np.put_along_axis(far, rows[part], distances[part], axis=1)
        far[np.arange(len(part)), part] = np.inf
        rows[part, :k] = Ranked(far, part).first(k).rows
    if open_ended.all():
        return
    points = Points(vectors, metric)
    for part in blocks(tied[~open_ended], len(vectors)):
        ranked = points.ranked(part)
        before, (found, _, near) = rows[part], ranked.first(k)
        if metric == "cosine":
            near = np.clip(near, 0, 2)
        near = np.sqrt(near) if metric == "Euclidean" else near
        # What stood there keeps its distance, so that lists of another length hold the same numbers.
        same = found[:, :, None] == before[:, None, :]
        known = np.take_along_axis(distances[part], same.argmax(axis=2), axis=1)
        near = np.where(same.any(axis=2), known, near)
        order = np.lexsort((by_lot(part[:, None], found), near), axis=1)
        rows[part, :k], distances[part, :k] = (np.take_along_axis(each, order, axis=1) for each in (found, near))


def _recall(space: Space, rows: Rows, metric: str) -> float:
    sample = np.random.default_rng(0).choice(len(rows), size=200, replace=False)
    true = nearest_rows(Points(space.vectors, metric), rows.shape[1], of=sample).rows
    return float((true[:, :, None] == rows[sample][:, None, :]).any(axis=2).mean())
