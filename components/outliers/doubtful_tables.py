"""Possible wrong labels as tables and sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.graph import KnnGraph
from embeddings.outliers.mislabelled import UNKNOWN, Mislabelled

NOTHING = "—"


def suspect_table(collection: Collection, found: Mislabelled, rows: Sequence[int], *, cut: int = 120) -> pa.Table:
    """Suspects with their label, the one that their neighbours suggest and how sure they are."""
    places = list(rows)
    nearer = found.distances[places] - found.suggested_distances[places]
    return pa.table(
        {
            "item": pa.array([shorten(collection.text(row), cut) for row in places], pa.string()),
            "label": pa.array([found.names[found.own[row]] for row in places], pa.string()),
            "suggested": pa.array([found.names[found.suggested[row]] for row in places], pa.string()),
            "share of neighbours": found.support[places],
            "nearer by": nearer,
            "row": [row + 1 for row in places],
        }
    )


def neighbour_table(collection: Collection, found: Mislabelled, graph: KnnGraph, row: int, k: int) -> pa.Table:
    """The neighbours of an item with their labels and distances."""
    near = graph.rows[row, :k].tolist()
    return pa.table(
        {
            "neighbour": pa.array([shorten(collection.text(other), 120) for other in near], pa.string()),
            "label": pa.array([label_of(found, other) for other in near], pa.string()),
            "distance": graph.distances[row, :k],
        }
    )


def label_of(found: Mislabelled, row: int) -> str:
    """The label of an item; a dash where it has none."""
    return NOTHING if found.own[row] == UNKNOWN else found.names[found.own[row]]


def summary_sentence(found: Mislabelled, column: str) -> str:
    """How many labels are doubtful, and what was left out."""
    judged, suspects = int((found.own != UNKNOWN).sum()), len(found.ranking)
    if not suspects:
        said = f"No label is doubtful: for each of {judged:,} items the neighbours agree with “{column}”."
    else:
        said = (
            f"{suspects:,} of {judged:,} items ({100 * suspects / judged:.1f} %) lie among items of another "
            f"“{column}”; the most suspect come first."
        )
    if found.left_out:
        noun = "item has" if found.left_out == 1 else "items have"
        said += f" {found.left_out:,} {noun} no label and {'is' if found.left_out == 1 else 'are'} left out."
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


def exchange_table(found: Mislabelled) -> pa.Table:
    """Which labels are most often doubted in favour of which, the most frequent first."""
    own, suggested = found.own[found.ranking], found.suggested[found.ranking]
    pairs, counts = np.unique(np.column_stack([own, suggested]), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return pa.table(
        {
            "label": pa.array([found.names[pairs[place, 0]] for place in order], pa.string()),
            "suggested": pa.array([found.names[pairs[place, 1]] for place in order], pa.string()),
            "items": counts[order],
        }
    )
