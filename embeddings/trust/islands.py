"""Islands of a map, and whether they come back with other seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.projections.base import Layout

SMALLEST = 5
SHARE = 0.01
APPEARS = 0.5


class Islands(NamedTuple):
    """Groups of points that stand apart on a map.

    Attributes:
        labels: int32 of shape (n,): the island of each point, largest first; −1 between islands.
        sizes: points of each.
    """

    labels: NDArray[np.int32]
    sizes: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class IslandStability:
    """Which islands of the first map come back on the others.

    Attributes:
        islands: of the first map.
        jaccard: float32 of shape (islands, maps): the largest share (both / either) that each has in common with one
            island of each map; 1 on the first map.
        appears: bool of the same shape: whether that share is larger than ½ (Hennig 2007, who calls a cluster dissolved
            otherwise), so that no two islands can be taken for the same one.
        counts: int of shape (islands,): on how many maps each appears, the first one included.
        labels: int32 of shape (maps, n): the islands of every map as in `Islands`, the first map's first.
    """

    islands: Islands
    jaccard: NDArray[np.float32]
    appears: NDArray[np.bool_]
    counts: NDArray[np.int64]
    labels: NDArray[np.int32]

    def sentence(self, island: int) -> str:
        """“This island of 50 points appears on 4 of 5 maps.”"""
        maps = self.appears.shape[1]
        points = self.islands.sizes[island]
        return f"This island of {points:,} points appears on {self.counts[island]} of {maps} maps."

    def counterpart(self, island: int, number: int) -> NDArray[np.intp]:
        """Rows of the island of a map that has most in common with one of the first map's; none where none has any."""
        own, there = self.labels[0] == island, self.labels[number]
        shared = np.bincount(there[own & (there >= 0)], minlength=1)
        either = own.sum() + np.bincount(there[there >= 0], minlength=len(shared))[: len(shared)] - shared
        best = int((shared / either).argmax())
        return np.flatnonzero(there == best) if shared[best] else np.zeros(0, dtype=np.intp)


def islands(layout: Layout, *, smallest: int | None = None) -> Islands:
    """Find the islands of a map with HDBSCAN on its places (Campello, Moulavi & Sander 2013).

    Args:
        layout: at least 2 points.
        smallest: fewest points of an island; by default 1 % of the points, at least 5.
    """
    from sklearn.cluster import HDBSCAN

    n = len(layout.coordinates)
    fewest = max(SMALLEST, round(SHARE * n)) if smallest is None else smallest
    if fewest < 2:
        raise ValueError(f"smallest must be at least 2, got {fewest}")
    if n < fewest or (layout.coordinates == layout.coordinates[0]).all():
        return Islands(np.full(n, -1, dtype=np.int32), ())
    found = HDBSCAN(min_cluster_size=fewest, min_samples=min(fewest, SMALLEST), copy=True).fit(layout.coordinates)
    sizes = np.bincount(found.labels_[found.labels_ >= 0])
    order = np.argsort(-sizes, kind="stable")
    place = np.full(len(sizes) + 1, -1, dtype=np.int32)
    place[order] = np.arange(len(order))
    return Islands(place[found.labels_], tuple(sizes[order].tolist()))


def island_stability(layouts: Sequence[Layout], *, smallest: int | None = None) -> IslandStability:
    """Look for each island of the first map among the islands of the others.

    Coming back means that the method finds it again, not that it is a group in the space: look at trustworthiness too.

    Raises:
        EmbeddingError: there is one map only.
        ValueError: the maps have different numbers of points.
    """
    if len(layouts) < 2:
        raise EmbeddingError("Whether an island comes back needs at least 2 maps.")
    found = [islands(layout, smallest=smallest) for layout in layouts]
    first = found[0]
    if any(len(other.labels) != len(first.labels) for other in found):
        raise ValueError("all maps must have the same number of points")
    best = np.zeros((len(first.sizes), len(found)), dtype=np.float32)
    for number, other in enumerate(found):
        if first.sizes and other.sizes:
            best[:, number] = _jaccard(first, other).max(axis=1)
    appears = best > APPEARS
    labels = np.stack([other.labels for other in found])
    return IslandStability(first, best, appears, appears.sum(axis=1), labels)


def neighbours_inside(found: Islands, graph: KnnGraph, *, k: int) -> NDArray[np.float64]:
    """Of the k true neighbours of an island's points, the share that lies on the same island, for each island.

    Compare it with the share of all other points that lie there, which is what a random island would have.

    Raises:
        ValueError: the graph has fewer than k neighbours, or another number of points.
    """
    if graph.rows.shape[1] < k or len(graph.rows) != len(found.labels):
        raise ValueError(f"a graph of {len(found.labels)} points and k ≥ {k} is needed, got {graph.rows.shape}")
    related = graph.related[:, :k]
    same = (found.labels[graph.rows[:, :k]] == found.labels[:, None]) & related
    inside = [found.labels == island for island in range(len(found.sizes))]
    shares = [float(same[own].sum() / max(1, related[own].sum())) for own in inside]
    return np.array(shares, dtype=np.float64)


def telling_island(stability: IslandStability) -> int | None:
    """The largest island that at most half of the maps show; where all come back, the one that fewest show."""
    counts, maps = stability.counts, stability.appears.shape[1]
    if not len(counts):
        return None
    rare = np.flatnonzero(counts <= maps / 2)
    return int(rare[0]) if len(rare) else int(counts.argmin())


def members(stability: IslandStability, island: int) -> NDArray[np.intp]:
    """Rows of an island’s points."""
    return np.flatnonzero(stability.islands.labels == island)


def heart(stability: IslandStability, island: int, places: NDArray[np.float32]) -> int:
    """The row nearest to an island’s middle."""
    rows = members(stability, island)
    away = np.linalg.norm(places[rows] - middle(stability, island, places), axis=1)
    return int(rows[away.argmin()])


def middle(stability: IslandStability, island: int, places: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median place of an island’s points."""
    return np.asarray(np.median(places[members(stability, island)], axis=0))


def _jaccard(one: Islands, other: Islands) -> NDArray[np.float64]:
    shared = np.zeros((len(one.sizes), len(other.sizes)))
    both = (one.labels >= 0) & (other.labels >= 0)
    np.add.at(shared, (one.labels[both], other.labels[both]), 1)
    either = np.array(one.sizes)[:, None] + np.array(other.sizes) - shared
    return np.asarray(shared / either)
