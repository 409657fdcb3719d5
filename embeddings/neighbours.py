"""Nearest neighbours in the original space, and the graph of all of them."""

from __future__ import annotations

import difflib
from collections.abc import Collection as Container
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.metrics import find_metric
from embeddings.space import Space, Vectors

Rows = NDArray[np.int32]
EXACT_UP_TO = 200_000
# Equal vectors come out equally far but for the last bits of float32.
_TIE = 4 * float(np.finfo(np.float32).eps)


class Neighbours(NamedTuple):
    """The items nearest to a query, nearest first; of equal scores the lower row comes first.

    Attributes:
        rows: int32 of shape (k,).
        scores: float32 of shape (k,), in the metric's own unit and direction.
    """

    rows: Rows
    scores: NDArray[np.float32]


class KnnGraph(NamedTuple):
    """The k nearest neighbours of every item, itself excluded, nearest first.

    Attributes:
        rows: int32 of shape (n, k).
        distances: float32 of shape (n, k), smaller is nearer: 1 − cosine, Euclidean distance, or −dot product.
        metric: name of the metric.
        recall: share of true neighbours that the search found, measured on a sample; 1 where the search was exact.
    """

    rows: Rows
    distances: NDArray[np.float32]
    metric: str
    recall: float = 1.0


def nearest(
    space: Space,
    query: int | str | ArrayLike,
    *,
    k: int = 10,
    metric: str = "cosine",
    exclude: Container[int] = (),
) -> Neighbours:
    """The k items nearest to a row, an item of the collection, or a vector, by exact search.

    A row or item is not its own neighbour. Fewer than k come back when the collection holds fewer, and when the others
    are all equally far (see `told_apart`); none where nothing is nearer than anything else, as to a vector of length
    zero.

    Raises:
        UnknownItem: the text is not in the collection.
        EmbeddingError: the vector has another dimension or is not finite, or the metric does not exist.
        ValueError: k is not positive.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    vector, own = _resolve(space, query)
    kind = find_metric(metric)
    scores = kind.scores(space, vector)
    order = scores if kind.larger_is_closer else -scores
    banned = np.fromiter({*exclude, *own}, dtype=np.int64)
    if len(banned):
        order = order.copy()
        order[banned] = -np.inf
    rows = _top(order, min(k, len(space) - len(banned)))
    rows = rows[told_apart(-order[None], rows[None])[0]]
    return Neighbours(rows, scores[rows])


def told_apart(distances: NDArray[np.floating], rows: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of the k nearest of m items say something, shape (m, k).

    Those that are as far as the farthest item of all do not, where not all of such are among the k or where there are
    no others: which of them stand in the list, and in which order, is arbitrary.

    Args:
        distances: of each to all n, shape (m, n), smaller is nearer; infinite to what is no candidate.
        rows: the k nearest of each, shape (m, k).
    """
    candidates = np.isfinite(distances)
    farthest = np.where(candidates, distances, -np.inf).max(axis=1, keepdims=True, initial=-np.inf)
    last = candidates & (distances >= farthest - _TIE * np.abs(farthest))
    listed = np.take_along_axis(last, rows, axis=1)
    among = last.sum(axis=1)
    arbitrary = (among > 1) & ((among > listed.sum(axis=1)) | (among == candidates.sum(axis=1)))
    return ~(listed & arbitrary[:, None])


def find_row(space: Space, item: str) -> int:
    """The first row of an item; upper and lower case are tried as the same.

    Raises:
        UnknownItem: the item is not there; the error carries the nearest spellings.
    """
    rows = space.collection.rows
    if item in rows:
        return rows[item]
    folded = {text.casefold(): row for text, row in reversed(rows.items()) if isinstance(text, str)}
    if item.casefold() in folded:
        return folded[item.casefold()]
    raise UnknownItem(item, difflib.get_close_matches(item.casefold(), list(folded)[:50_000], n=3))


def knn_graph(space: Space, *, k: int = 15, metric: str = "cosine") -> KnnGraph:
    """The k nearest neighbours of every item.

    Exact up to 200,000 items (blocked matrix products, faiss); beyond by an inverted-file index whose recall is
    measured on a sample. Which of equally near items at the k-th place is kept is not defined.

    Raises:
        EmbeddingError: the space holds a single item.
    """
    find_metric(metric)
    if len(space) < 2:
        raise EmbeddingError("Neighbours need at least 2 items, this space has 1.")
    k = min(k, len(space) - 1)
    vectors = _unit(space) if metric == "cosine" else space.vectors
    scores, rows = _search(vectors, k + 1, euclidean=metric == "Euclidean")
    others, distances = _without_self(rows, _distances(scores, metric), k)
    recall = 1.0 if len(space) <= EXACT_UP_TO else _recall(vectors, others, metric)
    return KnnGraph(others, distances, metric, recall)


def similarity_sample(
    space: Space, *, queries: Space | None = None, metric: str = "cosine", pairs: int = 20_000, seed: int = 0
) -> Vectors:
    """Scores of random pairs of different items, shape (pairs,): what a score means in this space.

    In a space of fewer than 2 items there are no pairs.
    """
    kind = find_metric(metric)
    rng = np.random.default_rng(seed)
    if queries is not None:
        asked = rng.integers(0, len(queries), size=(pairs, 1))
        return np.concatenate([kind.scores(space, queries.vectors[row]) for row in np.unique(asked)])
    if len(space) < 2:
        return np.empty(0, dtype=np.float32)
    rows = rng.choice(len(space), size=min(len(space), 200), replace=False)
    each = -(-pairs // len(rows))
    found = []
    for query in rows:
        others = rng.integers(0, len(space) - 1, size=each)
        others += others >= query
        found.append(kind.scores(space, space.vectors[query])[others])
    return np.concatenate(found)[:pairs]


def _resolve(space: Space, query: int | str | ArrayLike) -> tuple[Vectors, tuple[int, ...]]:
    if isinstance(query, str):
        query = find_row(space, query)
    if isinstance(query, int | np.integer):
        return space.vectors[query], (int(query) % len(space),)
    vector = np.asarray(query, dtype=np.float32)
    if vector.shape != (space.dimension,):
        raise EmbeddingError(f"A vector of this space has {space.dimension} numbers, got {vector.size}.")
    if not np.isfinite(vector).all():
        raise EmbeddingError("The vector holds a value that is not a finite number.")
    return vector, ()


def _top(order: NDArray[np.float32], k: int) -> Rows:
    if k < 1:
        return np.empty(0, dtype=np.int32)
    threshold = np.partition(order, len(order) - k)[len(order) - k]
    rows = np.flatnonzero(order >= threshold)
    rows = rows[np.argsort(-order[rows], kind="stable")]
    return rows[:k].astype(np.int32)


def _unit(space: Space) -> Vectors:
    lengths = space.norms[:, None]
    return np.divide(space.vectors, lengths, out=np.zeros_like(space.vectors), where=lengths > 0)


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


def _without_self(rows: NDArray[np.int64], distances: NDArray[np.float32], k: int) -> tuple[Rows, Vectors]:
    """Drop each item from its own row (or its last neighbour, where equal items crowded it out), in a fixed order."""
    own = rows == np.arange(len(rows))[:, None]
    own[~own.any(axis=1), -1] = True
    rows, distances = rows[~own].reshape(-1, k), distances[~own].reshape(-1, k)
    order = np.lexsort((rows, distances), axis=1)
    rows, distances = np.take_along_axis(rows, order, axis=1), np.take_along_axis(distances, order, axis=1)
    return rows.astype(np.int32), distances


def _recall(vectors: Vectors, rows: Rows, metric: str) -> float:
    import faiss

    kind = faiss.METRIC_L2 if metric == "Euclidean" else faiss.METRIC_INNER_PRODUCT
    k = int(rows.shape[1])
    sample = np.random.default_rng(0).choice(len(rows), size=200, replace=False)
    _, true = faiss.knn(vectors[sample], vectors, k + 1, metric=kind)
    found: list[int] = [len(set(t[t != row][:k]) & set(rows[row])) for row, t in zip(sample, true, strict=True)]
    return sum(found) / (k * len(found))
