"""The shortest tree through all items by mutual reachability distance, exact, in blocks of bounded memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import Progress, Rows
from embeddings.graph import KnnGraph
from embeddings.space import Vectors

BLOCK = 512
Weights = NDArray[np.float32]


class Edges(NamedTuple):
    """Pairs of rows and their distances, all of one length."""

    starts: Rows
    ends: Rows
    weights: Weights


def spanning_tree(vectors: Vectors, graph: KnnGraph, samples: int, on_progress: Progress | None = None) -> Edges:
    """The n − 1 edges of a minimum spanning tree, by Borůvka's rounds (1926).

    The mutual reachability distance of two items is the largest of their Euclidean distance and the distances of both
    to their `samples`-th nearest item, itself counted (Campello, Moulavi & Sander 2013). The neighbour graph settles
    most joins, for a component whose nearest listed neighbour is nearer than anything unlisted can be. The rest is
    found by matrix products, never for the largest component: it is joined by the others. Of equal distances any may
    be taken, so that trees, and what is made of them, can differ where distances are tied.

    Args:
        vectors: n at least 2.
        graph: at least `samples` − 1 neighbours of each item; near in it must mean near by Euclidean distance.
        samples: at least 1.
        on_progress: told after each block how many of the n items are joined.
    """
    # Squares are differences of large numbers where all lie far from the origin.
    vectors = (vectors - vectors.mean(axis=0, dtype=np.float64)).astype(np.float32)
    forest = _Forest(len(vectors), on_progress)
    listed = _listed_distances(vectors, graph.rows)
    core = listed[:, samples - 2] if samples > 1 else np.zeros(len(vectors), dtype=np.float32)
    while forest.join(_listed_joins(forest, graph.rows, listed, core)):
        forest.report()
    while forest.components > 1:
        forest.join(_nearest_outside(forest, vectors, core))
        forest.report()
    starts, ends = (np.array([edge[side] for edge in forest.edges], dtype=np.intp) for side in (0, 1))
    apart = np.linalg.norm(vectors[starts] - vectors[ends], axis=1)
    return Edges(starts, ends, np.maximum(apart, np.maximum(core[starts], core[ends])))


class _Forest:
    """Components that grow together.

    Attributes:
        component: the component of each row, numbered without gaps.
        edges: what joined them.
    """

    def __init__(self, n: int, on_progress: Progress | None) -> None:
        self.component: Rows = np.arange(n, dtype=np.intp)
        self.components = n
        self.edges: list[tuple[int, int]] = []
        self._on_progress = on_progress

    def join(self, edges: Edges) -> int:
        """Add the edges that close no circle, shortest first; how many these were."""
        parent = list(range(self.components))
        before = len(self.edges)
        for edge in np.argsort(edges.weights, kind="stable").tolist():
            start, end = int(edges.starts[edge]), int(edges.ends[edge])
            one, other = _root(parent, int(self.component[start])), _root(parent, int(self.component[end]))
            if one != other:
                parent[one] = other
                self.edges.append((start, end))
        roots = np.array([_root(parent, each) for each in range(len(parent))], dtype=np.intp)
        kept, self.component = np.unique(roots[self.component], return_inverse=True)
        self.components = len(kept)
        return len(self.edges) - before

    def report(self) -> None:
        """Say how far it is; cancels where the reader does."""
        if self._on_progress:
            self._on_progress(len(self.edges) + 1, len(self.component))

    def shortest(self, edges: Edges) -> Edges:
        """Of the edges from each component the shortest."""
        own = self.component[edges.starts]
        order = np.lexsort((edges.weights, own))
        first = np.ones(len(order), dtype=bool)
        first[1:] = own[order][1:] != own[order][:-1]
        chosen = order[first]
        return Edges(edges.starts[chosen], edges.ends[chosen], edges.weights[chosen])


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def _listed_distances(vectors: Vectors, rows: NDArray[np.int32]) -> Weights:
    """Euclidean distances to the listed neighbours from differences, so that equal vectors are exactly 0 apart."""
    distances = np.empty(rows.shape, dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        distances[part] = np.linalg.norm(vectors[rows[part]] - vectors[part, None], axis=2)
    return np.maximum.accumulate(distances, axis=1)


def _listed_joins(forest: _Forest, rows: NDArray[np.int32], listed: Weights, core: Weights) -> Edges:
    """The shortest listed edge from each component, where nothing that is not listed can be shorter."""
    everyone = np.arange(len(rows))
    reach = np.maximum(np.maximum(listed, core[:, None]), core[rows])
    reach[forest.component[rows] == forest.component[:, None]] = np.inf
    place = reach.argmin(axis=1)
    best = forest.shortest(Edges(everyone, rows[everyone, place].astype(np.intp), reach[everyone, place]))
    unlisted = np.full(forest.components, np.inf, dtype=np.float32)
    np.minimum.at(unlisted, forest.component, np.maximum(core, listed[:, -1]))
    sure = np.isfinite(best.weights) & (best.weights <= unlisted[forest.component[best.starts]])
    return Edges(best.starts[sure], best.ends[sure], best.weights[sure])


def _nearest_outside(forest: _Forest, vectors: Vectors, core: Weights) -> Edges:
    """The shortest edge from each component but the largest, among all pairs."""
    largest = np.bincount(forest.component).argmax()
    rows = np.flatnonzero(forest.component != largest)
    squared = np.einsum("ij,ij->i", vectors, vectors)
    ends, weights = np.empty(len(rows), dtype=np.intp), np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        reach = vectors[some] @ vectors.T
        reach *= -2
        reach += squared[some, None]
        reach += squared
        np.maximum(reach, core**2, out=reach)
        np.maximum(reach, core[some, None] ** 2, out=reach)
        reach[forest.component[some][:, None] == forest.component] = np.inf
        ends[start : start + len(some)] = place = reach.argmin(axis=1)
        weights[start : start + len(some)] = reach[np.arange(len(some)), place]
        forest.report()
    return forest.shortest(Edges(rows, ends, weights))
