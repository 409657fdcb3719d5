"""Trees of clusters as they are drawn and cut: the dendrogram of all merges, and HDBSCAN's condensed tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.clusters.base import NOISE, Clustering, CondensedTree, Rows, by_size
from embeddings.clusters.methods import MOST_CLUSTERS
from embeddings.clusters.running import doubts
from embeddings.errors import EmbeddingError

MIXED = -2
SEVERAL = -2


class Dendrogram(NamedTuple):
    """The upper merges of a tree; what lies below is folded into its leaves.

    Attributes:
        places: across, four a merge: left foot, left shoulder, right shoulder, right foot; shape (leaves − 1, 4).
        heights: upwards, in the same order: the distances at which the parts and the whole were merged.
        leaves: across, where each leaf stands, shape (leaves,).
        sizes: items in each leaf.
        labels: cluster of the items of each leaf; −2 where they are in several.
        low, high: a cut anywhere between these heights gives the clusters as they are.
    """

    places: NDArray[np.float64]
    heights: NDArray[np.float64]
    leaves: NDArray[np.float64]
    sizes: Rows
    labels: NDArray[np.int32]
    low: float
    high: float


class Branches(NamedTuple):
    """The largest branches of a condensed tree, as nested spans: parents before children, larger ones first.

    A branch begins at its birth as wide as it has items, from `lefts` on, and ends at its death, where it splits in
    two or loses its last item. Attributes have one value a branch.

    Attributes:
        births, deaths: 1 / distance; larger is denser.
        sizes: items at birth.
        ends: items still in it just before its death.
        parents: place of the parent in this list; −1 for the root.
        labels: the cluster that a branch is or belongs to; −1 above and beside all clusters.
        chosen: whether the branch itself was chosen as a cluster.
        lefts: where its span begins, 0 to n.
    """

    births: NDArray[np.float64]
    deaths: NDArray[np.float64]
    sizes: Rows
    ends: Rows
    parents: Rows
    labels: NDArray[np.int32]
    chosen: NDArray[np.bool_]
    lefts: Rows


def dendrogram(clustering: Clustering, *, most: int = 100) -> Dendrogram:
    """The last merges as a drawing of at most `most` leaves.

    Raises:
        ValueError: the method builds no tree of merges.
    """
    from scipy.cluster.hierarchy import dendrogram as drawn

    merges = _merges(clustering)
    n = len(merges) + 1
    drawing = drawn(merges, p=min(max(most, 2), n), truncate_mode="lastp", no_plot=True)
    nodes = np.array(drawing["leaves"], dtype=np.intp)
    low, high = _cut_between(merges, clustering.count)
    return Dendrogram(
        np.array(drawing["icoord"]),
        np.array(drawing["dcoord"]),
        np.arange(5.0, 10.0 * len(nodes), 10.0),
        np.where(nodes < n, 1, merges[np.maximum(nodes - n, 0), 3].astype(np.intp)),
        _labels_of_nodes(merges, clustering)[nodes],
        low,
        high,
    )


def cut(clustering: Clustering, *, clusters: int | None = None, height: float | None = None) -> Clustering:
    """The same tree cut elsewhere: into so many clusters, or at a height; quick, for nothing is merged again.

    Raises:
        EmbeddingError: the cut would leave one cluster, or more than can be shown.
        ValueError: the method builds no tree of merges, or not exactly one of `clusters` and `height` is given.
    """
    from embeddings.clusters.agglomerative import after_merges

    merges = _merges(clustering)
    n = len(merges) + 1
    if clusters is not None and height is None:
        count = clusters
    elif height is not None and clusters is None:
        count = int(n - (merges[:, 2] <= height).sum())
    else:
        raise ValueError("cut needs either clusters or height")
    most = min(n, MOST_CLUSTERS)
    if not 2 <= count <= most:
        raise EmbeddingError(f"This cut would leave {count:,} clusters; it must leave between 2 and {most}.")
    labels = by_size(after_merges(merges, count))
    params = {**clustering.params, "clusters": count}
    return replace(clustering, labels=labels, params=params, notes=tuple(doubts(labels, clustering.method)))


def branches(clustering: Clustering, *, most: int = 300) -> Branches:
    """The largest branches of HDBSCAN's tree, at most `most`.

    Raises:
        ValueError: the method builds no condensed tree.
    """
    tree = clustering.condensed
    if tree is None:
        raise ValueError(f"{clustering.method} builds no condensed tree")
    n = len(clustering)
    inner = tree.children >= n
    order = np.argsort(-tree.sizes[inner], kind="stable")[: most - 1]
    nodes = np.concatenate([[n], tree.children[inner][order]])
    parents = np.concatenate([[NOISE], tree.parents[inner][order]])
    births = np.concatenate([[tree.lambdas.min()], tree.lambdas[inner][order]])
    sizes = np.concatenate([[n], tree.sizes[inner][order]])
    place = np.full(int(tree.parents.max()) + 1, NOISE, dtype=np.intp)
    place[nodes] = np.arange(len(nodes))
    above = np.array([place[parent] if parent >= 0 else NOISE for parent in parents], dtype=np.intp)
    deaths, ends = _deaths(tree, nodes)
    labels = _labels_of_branches(tree, clustering)[nodes]
    chosen = (labels != NOISE) & np.where(above >= 0, labels[above] != labels, True)
    return Branches(births, deaths, sizes, ends, above, labels, chosen, _lefts(sizes, above))


def cuts(drawing: Dendrogram) -> NDArray[np.int64]:
    """For each merge of the drawing, how many clusters are left if the tree is cut just below it."""
    tops = drawing.heights[:, 1]
    return np.array([int((tops >= top).sum()) + 1 for top in tops], dtype=np.int64)


def labels_of_merges(drawing: Dendrogram) -> NDArray[np.int64]:
    """The cluster of all leaves below each merge, −2 for several or where it is above the cut."""
    order = np.argsort(drawing.heights[:, 1], kind="stable")
    below = dict(zip(drawing.leaves.tolist(), drawing.labels.tolist(), strict=True))
    labels = np.full(len(order), SEVERAL, dtype=np.int64)
    for merge in order.tolist():
        left, right = (float(drawing.places[merge, side]) for side in (0, 3))
        one, other = below.get(left, SEVERAL), below.get(right, SEVERAL)
        labels[merge] = one if one == other and drawing.heights[merge, 1] <= drawing.low else SEVERAL
        below[(left + right) / 2] = int(labels[merge])
    return labels


def merge_table(drawing: Dendrogram) -> pa.Table:
    """The upper merges, the last first: at which distance, and how many clusters are left below it."""
    order = np.argsort(-drawing.heights[:, 1], kind="stable")
    return pa.table({"clusters below": cuts(drawing)[order], "merged at": drawing.heights[order, 1]})


def branch_table(tree: Branches, names: Sequence[str]) -> pa.Table:
    """The branches: their sizes, where they begin and end, and the cluster that they are."""
    parents = [None if parent < 0 else parent + 1 for parent in tree.parents.tolist()]
    return pa.table(
        {
            "branch": list(range(1, len(tree.sizes) + 1)),
            "of branch": pa.array(parents, pa.int64()),
            "items": tree.sizes,
            "from density": tree.births,
            "to density": tree.deaths,
            "chosen as": pa.array(chosen_names(tree, names), pa.string()),
        }
    )


def chosen_names(tree: Branches, names: Sequence[str]) -> list[str | None]:
    """The name of the cluster that each branch was chosen as."""
    pairs = zip(tree.labels.tolist(), tree.chosen.tolist(), strict=True)
    return [names[label] if chosen else None for label, chosen in pairs]


def _merges(clustering: Clustering) -> NDArray[np.float64]:
    if clustering.merges is None:
        raise ValueError(f"{clustering.method} builds no tree of merges")
    return clustering.merges


def _cut_between(merges: NDArray[np.float64], clusters: int) -> tuple[float, float]:
    done = len(merges) + 1 - clusters
    return float(merges[done - 1, 2]) if done > 0 else 0.0, float(merges[done, 2])


def _labels_of_nodes(merges: NDArray[np.float64], clustering: Clustering) -> NDArray[np.int32]:
    """The cluster of the items below each node of a linkage matrix, shape (2n − 1,); −2 for several."""
    n = len(clustering)
    labels = np.concatenate([clustering.labels, np.empty(n - 1, dtype=np.int32)])
    for merge, (left, right) in enumerate(merges[:, :2].astype(np.intp)):
        labels[n + merge] = labels[left] if labels[left] == labels[right] else MIXED
    return labels


def _labels_of_branches(tree: CondensedTree, clustering: Clustering) -> NDArray[np.int32]:
    """The cluster to which all items of a node belong, by number of the node; −1 for none or several."""
    count = int(tree.parents.max()) + 1
    low, high = np.full(count, np.iinfo(np.int32).max), np.full(count, NOISE)
    low[: len(clustering)] = high[: len(clustering)] = clustering.labels
    # Children have higher numbers than their parents, items aside.
    for entry in np.lexsort((-tree.parents,)):
        parent, child = tree.parents[entry], tree.children[entry]
        low[parent], high[parent] = min(low[parent], low[child]), max(high[parent], high[child])
    return np.where(low == high, low, NOISE).astype(np.int32)


def _deaths(tree: CondensedTree, nodes: Rows) -> tuple[NDArray[np.float64], Rows]:
    """When each branch ends, and how many items are in it then."""
    count = int(tree.parents.max()) + 1
    deaths, ends = np.zeros(count), np.zeros(count, dtype=np.intp)
    np.maximum.at(deaths, tree.parents, tree.lambdas)
    last = tree.lambdas >= deaths[tree.parents]
    np.add.at(ends, tree.parents[last], tree.sizes[last])
    return deaths[nodes], ends[nodes]


def _lefts(sizes: Rows, parents: Rows) -> Rows:
    """Children side by side from the left edge of their parent; parents come before children."""
    lefts, taken = np.zeros(len(sizes), dtype=np.intp), np.zeros(len(sizes), dtype=np.intp)
    for place, parent in enumerate(parents.tolist()):
        if parent >= 0:
            lefts[place] = lefts[parent] + taken[parent]
            taken[parent] += sizes[place]
    return lefts
