"""The ways to say how near two vectors are."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.space import Space, Vectors, lengths
from embeddings.units import scale_of, scaled, unit, unit64

Scores = NDArray[np.float64]


class Metric(NamedTuple):
    """One way to compare vectors.

    Attributes:
        summary: one sentence in plain words.
        larger_is_closer: the direction of the scores.
        scores: (space, query vector of shape (d,)) → one score for each of the n items.
    """

    summary: str
    larger_is_closer: bool
    scores: Callable[[Space, Vectors], Scores]


def cosine(space: Space, query: Vectors) -> Scores:
    """Cosine of the angle to each item, −1 to 1, from float32; 0 by definition where either vector has length zero."""
    products = space.vectors @ unit(query)
    cosines: Scores = np.divide(products, space.norms, out=np.zeros(len(space)), where=space.norms > 0)
    return cosines


def from_cosine(vectors: Vectors, query: Vectors) -> Scores:
    """1 − cosine of each of m vectors, shape (m, d), in float64 from differences: exact in the narrowest cone too.

    Neither the query nor any of the vectors may have length zero.
    """
    return np.asarray(np.square(unit64(vectors) - unit64(query)).sum(axis=1) / 2)


def euclidean(space: Space, query: Vectors) -> Scores:
    """Straight-line distance to each item, from differences so that equal vectors are exactly 0 apart."""
    distances = np.empty(len(space))
    for start in range(0, len(space), 8192):
        distances[start : start + 8192] = lengths(space.vectors[start : start + 8192] - query)
    return distances


def dot(space: Space, query: Vectors) -> Scores:
    """Dot product with each item; grows with the lengths of the vectors."""
    return np.asarray((space.vectors @ scaled(query)).astype(np.float64) / scale_of(query))


METRICS: dict[str, Metric] = {
    "cosine": Metric("The angle between two vectors; their lengths do not matter.", True, cosine),
    "Euclidean": Metric("The straight-line distance between two vectors.", False, euclidean),
    "dot": Metric("The dot product: angle and lengths together; long vectors win.", True, dot),
}


def find_metric(name: str) -> Metric:
    """The metric of a name.

    Raises:
        EmbeddingError: there is no such metric.
    """
    if name not in METRICS:
        raise EmbeddingError(f"There is no metric “{name}”; choose one of {', '.join(METRICS)}.")
    return METRICS[name]
