"""Outliers in order, each with the reason: what lies nearest to it, and how far away."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.graph import KnnGraph
from embeddings.ranks import Rows
from embeddings.space import Vectors

# Makes the median deviation of a normal distribution its standard deviation.
TO_DEVIATION = 1.4826
# Where items that stand apart are looked for, and how many deviations above the median they are.
FIRST = 30
FAR = 3.0


class Outlier(NamedTuple):
    """One item and why it stands where it stands.

    Attributes:
        row: the item.
        score: larger is more of an outlier.
        deviations: how many (robust) standard deviations the score lies above the median of all. Scores lean to the
            right, LOF's most, so that there is always a tail of some: an item stands out where a gap follows it.
            Infinite where at least half of all scores are equal and this one is not.
        neighbours: rows of its nearest items, nearest first; none that has nothing in common with it.
        distances: their distances, in the unit of the graph.
    """

    row: int
    score: float
    deviations: float
    neighbours: Rows
    distances: Vectors


def ranked(scores: Vectors, graph: KnnGraph, *, count: int = 50, neighbours: int = 3) -> tuple[Outlier, ...]:
    """The `count` largest scores, largest first; of equal ones the lower row.

    Raises:
        ValueError: scores and graph are of different numbers of items.
    """
    if len(scores) != len(graph.rows):
        raise ValueError(f"scores must be those of {len(graph.rows)} items, got {len(scores)}")
    deviations = robust_deviations(scores)
    order, related = np.argsort(-scores, kind="stable")[:count], graph.related[:, :neighbours]
    return tuple(
        Outlier(
            int(row),
            float(scores[row]),
            float(deviations[row]),
            graph.rows[row, :neighbours][related[row]],
            graph.distances[row, :neighbours][related[row]],
        )
        for row in order
    )


def robust_deviations(scores: Vectors) -> Vectors:
    """Distance of each score from the median, in median absolute deviations · 1.4826 (Leys et al. 2013), shape (n,)."""
    from_median = scores - np.median(scores)
    spread = TO_DEVIATION * float(np.median(np.abs(from_median)))
    if spread > 0:
        return np.asarray(from_median / spread, dtype=np.float32)
    return np.select([from_median > 0, from_median < 0], [np.inf, -np.inf], 0.0).astype(np.float32)


def standing_out(scores: Vectors) -> int:
    """How many of the highest scores stand apart from the rest; 0 where none does.

    The largest gap within the first 30 (at most a tenth of the items) counts, where it is wider than one robust
    deviation and what lies above it is more than three deviations above the median.
    """
    ordered = -np.sort(-scores)
    most = min(FIRST, max(1, len(ordered) // 10), len(ordered) - 1)
    deviations = robust_deviations(ordered)
    with np.errstate(invalid="ignore"):
        gaps = np.nan_to_num(deviations[:most] - deviations[1 : most + 1], nan=0.0)
    place = int(gaps.argmax())
    return place + 1 if gaps[place] > 1 and deviations[place] > FAR else 0
