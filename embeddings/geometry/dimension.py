"""How many dimensions the items really fill: two estimates from the distances of nearest neighbours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.neighbours import KnnGraph
from embeddings.space import Space
from embeddings.units import unit

FEWEST = 10
DISCARDED = 0.1
STEP = 2048
Lengths = NDArray[np.float64]


class IntrinsicDimension(NamedTuple):
    """Estimates of the number of dimensions that the items fill locally; they may differ widely, so both are shown.

    Attributes:
        two_nn: from the ratio of the two nearest distances (Facco, d'Errico, Rodriguez & Laio 2017).
        mle: from the k nearest distances (Levina & Bickel 2004, equation 8; the inverses of the items' estimates are
            averaged, as MacKay & Ghahramani 2005 correct it).
        k: neighbours used for the second, at most 20.
        items: how many items had enough neighbours at a distance above 0; copies are left out.
    """

    two_nn: float
    mle: float
    k: int
    items: int


def intrinsic_dimension(space: Space, graph: KnnGraph, *, k: int = 20) -> IntrinsicDimension:
    """Estimate from the shared graph, with Euclidean distances; under cosine, of vectors at length 1.

    Equal vectors are one: a neighbour at distance 0 is passed over.

    Raises:
        EmbeddingError: fewer than 10 items have 3 neighbours that differ from them, or the graph is by dot product.
    """
    if graph.metric == "dot":
        raise EmbeddingError("The dot product is no distance: intrinsic dimension needs cosine or Euclidean ones.")
    k = min(k, graph.rows.shape[1])
    distances = _true_distances(space, graph, k)
    positive = distances > _smallest(space, graph.metric)
    fewest = min(3, k)
    rows = np.flatnonzero(positive.sum(axis=1) >= fewest)
    if fewest < 3 or len(rows) < FEWEST:
        raise EmbeddingError(
            f"Intrinsic dimension needs at least {FEWEST} items with 3 neighbours that differ from them; "
            f"here are {len(rows) if fewest == 3 else 0}."
        )
    lists = [distances[row, positive[row]] for row in rows]
    return IntrinsicDimension(two_nn(lists), maximum_likelihood(lists), k, len(rows))


def two_nn(lists: list[Lengths]) -> float:
    """The slope through 0 of −log(1 − F) over log(r₂/r₁), the largest tenth of the ratios left out."""
    ratios = np.sort(np.log([each[1] / each[0] for each in lists]))
    kept = int(len(ratios) * (1 - DISCARDED))
    expected = -np.log1p(-np.arange(1, kept + 1) / len(ratios))
    squares = float(np.square(ratios[:kept]).sum())
    return float((ratios[:kept] @ expected) / squares) if squares > 0 else float("inf")


def maximum_likelihood(lists: list[Lengths]) -> float:
    """1 / mean over the items of the mean of log(T_k / T_j), j < k."""
    inverses = [float(np.log(each[-1] / each[:-1]).mean()) for each in lists]
    mean = float(np.mean(inverses))
    return 1 / mean if mean > 0 else float("inf")


def _true_distances(space: Space, graph: KnnGraph, k: int) -> Lengths:
    """Of each item's k neighbours, ascending, from differences, so that small ones are exact; shape (n, k)."""
    points = unit(space.vectors) if graph.metric == "cosine" else space.vectors
    found = np.empty((len(points), k))
    for start in range(0, len(points), STEP):
        part = slice(start, start + STEP)
        for place in range(k):
            difference = points[graph.rows[part, place]].astype(np.float64) - points[part]
            found[part, place] = np.linalg.norm(difference, axis=1)
    found.sort(axis=1)
    return found


def _smallest(space: Space, metric: str) -> float:
    """Below this, two vectors differ by rounding only."""
    return 1e-6 if metric == "cosine" else 1e-6 * float(space.norms.max())
