"""Hubness: items that stand among the neighbours of very many others, and items that stand among none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.graph import KnnGraph
from embeddings.ranks import Rows, rounding

WORST = 10


class Hubness(NamedTuple):
    """How unevenly items occur in the lists of others (Radovanović, Nanopoulos & Ivanović 2010).

    Attributes:
        k: length of the lists, at most that of the graph; the mean occurrence is k too, unless items have fewer
            neighbours, because they have nothing in common with others.
        counts: int64 of shape (n,): in how many lists each item stands.
        skewness: third standardised moment of the counts: about 0 without hubs, above 1 a few items crowd into most
            lists; not a number where all counts are equal.
        hubs: rows of the 10 most frequent items, most frequent first; of equal ones the lower row.
        anti_hubs: rows of the items in no list.
        tied: share of lists whose last item is as near as the next, so that the lot decided who is in (many
            ties make hubs of their own); not a number where the graph is no longer than the lists.
    """

    k: int
    counts: NDArray[np.int64]
    skewness: float
    hubs: Rows
    anti_hubs: Rows
    tied: float


def hubness(graph: KnnGraph, *, k: int = 10) -> Hubness:
    """Count occurrences in the first k places of the graph."""
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    k = min(k, graph.rows.shape[1])
    counts = np.bincount(graph.rows[:, :k][graph.related[:, :k]], minlength=len(graph.rows))
    spread = float(counts.std())
    skewness = float(((counts - counts.mean()) ** 3).mean() / spread**3) if spread > 0 else float("nan")
    order = np.argsort(-counts, kind="stable")
    anti_hubs = np.flatnonzero(counts == 0).astype(np.int32)
    return Hubness(k, counts, skewness, order[:WORST].astype(np.int32), anti_hubs, _tied(graph, k))


def _tied(graph: KnnGraph, k: int) -> float:
    if k >= graph.distances.shape[1]:
        return float("nan")
    equal = graph.distances[:, k] - graph.distances[:, k - 1] <= rounding(graph.distances[:, k], graph.known_as)
    return float((equal & graph.related[:, k]).mean())
