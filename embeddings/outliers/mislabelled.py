"""Labels that may be wrong: items far from their own label, among neighbours of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.clusters.base import Points, Rows
from embeddings.clusters.points import points_of
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph, knn_graph
from embeddings.labelled import label_places
from embeddings.space import Space, Vectors

UNKNOWN = -1
NEIGHBOURS = 10


class Mislabelled(NamedTuple):
    """Which labels are doubtful, and what the neighbours say instead.

    Attributes:
        ranking: rows of the suspects, those whose neighbours suggest another label, the most suspect first: by how
            much nearer they are to its centre than to that of their own.
        names: the labels, the most frequent first; places below are places in it.
        own: place of each item's label, shape (n,); −1 for a missing one.
        suggested: place of the most frequent label among its neighbours, of equally frequent ones its own if it is
            among them, else the nearest neighbour's; −1 where no neighbour has a label.
        support: share of its labelled neighbours that have the suggested label, 0 to 1; larger is surer.
        distances: Euclidean distance (of unit vectors by cosine) to the centre of its own label, the item itself left
            out of it; not a number where it has no label or is the only one with it. Larger is more doubtful.
        suggested_distances: the same to the centre of the suggested label.
        left_out: items without a label; they are neither judged nor asked.
    """

    ranking: Rows
    names: tuple[str, ...]
    own: Rows
    suggested: Rows
    support: NDArray[np.float32]
    distances: Vectors
    suggested_distances: Vectors
    left_out: int


def mislabelled(
    space: Space, labels: Sequence[Any], *, k: int = NEIGHBOURS, metric: str = "cosine", graph: KnnGraph | None = None
) -> Mislabelled:
    """Hold each label against the k nearest items and the centres of all labels.

    A suspect need not be wrong: it may be a true item on a border, and where a label is wrong more often than right
    its neighbours are too.

    Args:
        space: n items.
        labels: one for each; None, not a number and blank texts are missing.
        k: how many neighbours are asked.
        metric: `"cosine"` or `"Euclidean"`.
        graph: the shared neighbour graph of the metric; made here where it is not given or holds too few.

    Raises:
        EmbeddingError: fewer than two different labels are known, or each stands once.
        ValueError: there is not one label an item, or the graph does not belong to the space and metric.
    """
    if len(labels) != len(space):
        raise ValueError(f"labels must hold n = {len(space)} values, got {len(labels)}")
    points = points_of(space, metric, graph)
    names, own = label_places(labels)
    if len(names) < 2 or len(names) == (own != UNKNOWN).sum():
        raise EmbeddingError(
            f"Wrong labels show only among at least 2 different labels that repeat; this column has {len(names)} "
            f"different ones on {(own != UNKNOWN).sum()} items."
        )
    needed = min(k, len(space) - 1)
    if graph is None or graph.rows.shape[1] < needed:
        graph = knn_graph(space, k=needed, metric=metric)
    asked = np.where(graph.related[:, :needed], own[graph.rows[:, :needed]], UNKNOWN)
    suggested, support = _votes(asked, own, len(names))
    to_own, to_suggested = _to_centres(points, own, suggested, len(names))
    suspects = np.flatnonzero((own != UNKNOWN) & (suggested != UNKNOWN) & (suggested != own) & ~np.isnan(to_own))
    margin = to_own[suspects] - to_suggested[suspects]
    return Mislabelled(
        suspects[np.argsort(-margin, kind="stable")],
        names,
        own,
        suggested,
        support,
        to_own,
        to_suggested,
        int((own == UNKNOWN).sum()),
    )


def exchange_table(found: Mislabelled) -> pa.Table:
    """Which labels are most often doubted in favour of which, the most frequent first."""
    own, suggested = found.own[found.ranking], found.suggested[found.ranking]
    pairs, counts = np.unique(np.column_stack([own, suggested]), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    label, instead = ([found.names[pairs[place, side]] for place in order] for side in (0, 1))
    return pa.table({"label": label, "suggested": instead, "items": counts[order]})


def summary_sentence(found: Mislabelled, column: str) -> str:
    """How many labels are doubtful, and what was left out."""
    judged, doubted = int((found.own != UNKNOWN).sum()), len(found.ranking)
    if not doubted:
        said = f"No label is doubtful: for each of {judged:,} items the neighbours agree with “{column}”."
    else:
        said = (
            f"{doubted:,} of {judged:,} items ({100 * doubted / judged:.1f} %) lie among items of another "
            f"“{column}”; the most suspect come first."
        )
    if found.left_out:
        one = found.left_out == 1
        said += (
            f" {found.left_out:,} {'item has' if one else 'items have'} no label and {'is' if one else 'are'} left out."
        )
    return said


def item_sentence(found: Mislabelled, row: int) -> str:
    """What the neighbours say of one item."""
    if found.own[row] == UNKNOWN:
        return "This item has no label; it is not judged."
    own, suggested = found.names[found.own[row]], found.names[found.suggested[row]]
    if found.suggested[row] == UNKNOWN:
        return f"Labelled “{own}”; none of its neighbours has a label."
    share = f"{100 * found.support[row]:.0f} % of its labelled neighbours"
    if own == suggested:
        return f"Labelled “{own}”, and so are {share}."
    said = f"Labelled “{own}”, but {share} are “{suggested}”."
    if np.isnan(found.distances[row]):
        return f"{said} It is the only one with its label, so it is not ranked."
    return (
        f"{said} It is {found.distances[row]:.2f} from the centre of its own label and "
        f"{found.suggested_distances[row]:.2f} from that of the other."
    )


def _votes(neighbours: Rows, own: Rows, count: int) -> tuple[Rows, NDArray[np.float32]]:
    """The most frequent label among the neighbours of each item, and its share of those that have one."""
    suggested, support = np.full(len(own), UNKNOWN, dtype=np.intp), np.zeros(len(own), dtype=np.float32)
    for row, around in enumerate(neighbours):
        known = around[around != UNKNOWN]
        if not len(known):
            continue
        votes = np.bincount(known, minlength=count)
        best = votes.max()
        mine = own[row] != UNKNOWN and votes[own[row]] == best
        suggested[row] = own[row] if mine else known[votes[known] == best][0]
        support[row] = best / len(known)
    return suggested, support


def _to_centres(points: Points, own: Rows, suggested: Rows, count: int) -> tuple[Vectors, Vectors]:
    """Distance of each item to the centre of its own label without it, and to that of the suggested one."""
    vectors, labelled = points.vectors, own != UNKNOWN
    sums, sizes = np.zeros((count, vectors.shape[1])), np.bincount(own[labelled], minlength=count)
    np.add.at(sums, own[labelled], vectors[labelled])
    others = sizes[own] - 1
    without = (sums[own] - vectors) / np.maximum(others, 1)[:, None]
    to_own = np.where(labelled & (others > 0), np.linalg.norm(vectors - without, axis=1), np.nan)
    centre = np.where((suggested == own)[:, None], without, sums[suggested] / sizes[suggested, None])
    to_suggested = np.where(suggested != UNKNOWN, np.linalg.norm(vectors - centre, axis=1), np.nan)
    return (to_own / points.scale).astype(np.float32), (to_suggested / points.scale).astype(np.float32)
