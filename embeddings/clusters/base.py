"""What a clustering is given and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.graph import KnnGraph
from embeddings.parameters import Parameter
from embeddings.space import Vectors

Labels = NDArray[np.int32]
Rows = NDArray[np.intp]
Progress = Callable[[int, int], None]
NOISE = -1


class Points(NamedTuple):
    """What is clustered, ready for Euclidean distances.

    Attributes:
        vectors: float32 of shape (n, d): of length 1 where the metric is cosine, else times `scale`.
        metric: `"cosine"` or `"Euclidean"`.
        graph: the shared neighbour graph of the same metric, where there is one; its distances are not scaled.
        scale: a power of two, so that squares of tiny and of huge vectors can be worked out.
    """

    vectors: Vectors
    metric: str
    graph: KnnGraph | None = None
    scale: float = 1.0


class CondensedTree(NamedTuple):
    """HDBSCAN's tree: how branches of items fall apart while the density grows (Campello et al. 2013).

    One entry for everything that leaves a branch. Rows 0 … n − 1 are items, n is the root, higher numbers are branches.

    Attributes:
        parents: the branch that is left.
        children: what leaves it: an item, or one of the two branches it splits into.
        lambdas: 1 / distance at which it leaves.
        sizes: 1 for an item, else the number of items of the branch.
    """

    parents: Rows
    children: Rows
    lambdas: NDArray[np.float64]
    sizes: Rows


class Found(NamedTuple):
    """What a method found, before clusters are put in order of size; the attributes are those of `Clustering`."""

    labels: NDArray[np.integer]
    probabilities: Vectors | None = None
    merges: NDArray[np.float64] | None = None
    condensed: CondensedTree | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClusteringSpec:
    """One row of the table of clusterings.

    Attributes:
        summary: one sentence in plain words: what it looks for and where it fails.
        factory: `"module:function"`; the function takes (points, seed, on_progress, **settings) and gives a Found.
        parameters: its settings by name.
        most: how many items it can take.
        metric: the metric without a choice.
        quick: whether it takes about a second where others take many.
        merges: whether it builds one tree of all merges and cuts it.
        reference: author, year.
    """

    summary: str
    factory: str
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    most: int = 1_000_000
    metric: str = "cosine"
    quick: bool = False
    merges: bool = False
    reference: str = ""

    @property
    def counted(self) -> bool:
        """Whether the reader says how many clusters there shall be."""
        return "clusters" in self.parameters


@dataclass(frozen=True, eq=False)
class Clustering:
    """Groups of items.

    Attributes:
        labels: int32 of shape (n,), read-only: 0 is the largest cluster (of equal ones that with the first row);
            −1 is noise, in no cluster.
        method: registry name of the method.
        params: the settings as they were used, and the metric.
        seed: the seed of its random steps.
        probabilities: float32 of shape (n,), 0 to 1: how firmly an item belongs to its cluster, where the method
            tells it; HDBSCAN's are relative to the densest item of the cluster and 0 for noise.
        merges: SciPy's linkage matrix of shape (n − 1, 4), where the method builds a tree of all merges.
        condensed: HDBSCAN's tree.
        notes: what a reader must know of this result, as sentences.
    """

    labels: Labels
    method: str
    params: Mapping[str, float | str]
    seed: int
    probabilities: Vectors | None = None
    merges: NDArray[np.float64] | None = None
    condensed: CondensedTree | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        labels = np.array(self.labels, dtype=np.int32)
        labels.setflags(write=False)
        object.__setattr__(self, "labels", labels)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def light(self) -> Clustering:
        """The same without its trees, probabilities and notes, which few ask for."""
        return Clustering(self.labels, self.method, self.params, self.seed)

    @property
    def count(self) -> int:
        """Number of clusters, noise not counted."""
        return int(self.labels.max(initial=NOISE)) + 1

    @property
    def sizes(self) -> Rows:
        """Items in each cluster, shape (count,), largest first."""
        return np.bincount(self.labels[self.labels != NOISE], minlength=self.count)

    @property
    def noise(self) -> int:
        """Number of items in no cluster."""
        return int((self.labels == NOISE).sum())

    def members(self, cluster: int) -> Rows:
        """Rows of the items of a cluster, ascending."""
        return np.flatnonzero(self.labels == cluster)


def by_size(labels: ArrayLike) -> Labels:
    """The same groups numbered by falling size, of equal ones that with the lower first row first; noise stays −1."""
    given = np.asarray(labels)
    clustered = given != NOISE
    _, first, place, sizes = np.unique(given[clustered], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first), dtype=np.int32)
    ordered = np.full(len(given), NOISE, dtype=np.int32)
    ordered[clustered] = rank[place]
    return ordered
