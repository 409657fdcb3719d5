"""How many dimensions the items really fill: two estimates from the distances of nearest neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.ranks import Rows, distinct_rows
from embeddings.space import Space, Vectors
from embeddings.units import scaled, unit

FEWEST = 10
NEEDED = 3
DISCARDED = 0.1
Lengths = NDArray[np.float64]


class IntrinsicDimension(NamedTuple):
    """Estimates of the number of dimensions that the items fill locally; they may differ widely, so both are shown.

    Attributes:
        two_nn: from the ratio of the two nearest distances (Facco, d'Errico, Rodriguez & Laio 2017).
        mle: from the k nearest distances (Levina & Bickel 2004, equation 8; the inverses of the items' estimates are
            averaged, as MacKay & Ghahramani 2005 correct it).
        k: neighbours used for the second, at most 20.
        items: how many different items had enough neighbours; copies are left out.
    """

    two_nn: float
    mle: float
    k: int
    items: int


def intrinsic_dimension(space: Space, graph: KnnGraph, *, k: int = 20) -> IntrinsicDimension:
    """Estimate from the shared graph, with Euclidean distances; under cosine, of vectors at length 1.

    Equal vectors are one, as an item and as a neighbour.

    Raises:
        EmbeddingError: fewer than 10 items have 3 neighbours that differ from them, or the graph is by dot product.
    """
    if graph.metric == "dot":
        raise EmbeddingError("The dot product is no distance: intrinsic dimension needs cosine or Euclidean ones.")
    k = min(k, graph.rows.shape[1])
    points = unit(space.vectors) if graph.metric == "cosine" else scaled(space.vectors)
    near = [rows[related] for rows, related in zip(graph.rows[:, :k], graph.related[:, :k], strict=True)]
    lists = [each for each in _lists(points, near) if len(each) >= NEEDED]
    if len(lists) < FEWEST:
        raise EmbeddingError(
            f"Intrinsic dimension needs at least {FEWEST} items with {NEEDED} neighbours that differ from them; "
            f"here are {len(lists)}."
        )
    return IntrinsicDimension(two_nn(lists), maximum_likelihood(lists), k, len(lists))


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


def _lists(points: Vectors, neighbours: list[Rows]) -> Iterator[Lengths]:
    """Distances of each different item to the different ones among its neighbours, ascending.

    From differences, so that small ones are exact; what differs by rounding only is taken as equal.
    """
    distinct, of = distinct_rows(points)
    of = np.arange(len(points)) if of is None else of
    rounding = 1e-6 * float(np.linalg.norm(points, axis=1).max())
    for number, row in enumerate(np.unique(of, return_index=True)[1]):
        others = np.unique(of[neighbours[row]])
        distances = np.linalg.norm(distinct[others].astype(np.float64) - distinct[number], axis=1)
        yield np.sort(distances[distances > rounding])
