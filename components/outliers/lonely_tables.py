"""Outliers as a table with their reasons, and in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.graph import KnnGraph
from embeddings.outliers.ranking import Outlier, robust_deviations
from embeddings.space import Vectors

FIRST = 30
FAR = 3.0


def outlier_table(collection: Collection, found: Sequence[Outlier], *, cut: int = 120) -> pa.Table:
    """Ranked items with score, how far above the median it is, and what lies nearest; `cut` shortens texts."""
    deviations = [None if np.isinf(each.deviations) else each.deviations for each in found]
    return pa.table(
        {
            "rank": list(range(1, len(found) + 1)),
            "item": pa.array([shorten(collection.text(each.row), cut) for each in found], pa.string()),
            "score": [each.score for each in found],
            "above median": pa.array(deviations, pa.float64()),
            "nearest items and how far": pa.array([reason(collection, each) for each in found], pa.string()),
            "row": [each.row + 1 for each in found],
        }
    )


def reason(collection: Collection, each: Outlier) -> str:
    """Its nearest items with their distances: “a cat (0.41), a dog (0.43)”."""
    if not len(each.neighbours):
        return "nothing in common with any other"
    return ", ".join(
        f"{shorten(collection.text(int(row)), 40)} ({distance:.2f})"
        for row, distance in zip(each.neighbours, each.distances, strict=True)
    )


def whole_table(collection: Collection, scores: Vectors, graph: KnnGraph) -> pa.Table:
    """Every item with its score, the highest first, its metadata and its nearest item."""
    order = np.argsort(-scores, kind="stable")
    columns: dict[str, object] = {
        "item": [collection.text(int(row)) for row in order],
        "score": scores[order],
        "nearest item": pa.array(
            [collection.text(int(graph.rows[row, 0])) if graph.related[row, 0] else None for row in order], pa.string()
        ),
        "distance": graph.distances[order, 0],
    }
    for name in collection.columns:
        columns[name if name not in columns else f"{name} (metadata)"] = collection.column(name).take(order)
    return pa.table(columns | {"row": order + 1})


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


def standing_sentence(scores: Vectors, apart: int) -> str:
    """Whether anything stands out, in one sentence."""
    ordered = -np.sort(-scores)
    if not apart:
        return (
            "Nothing stands apart: the scores fall off evenly. Some item always has the highest score; here that alone "
            "says little."
        )
    first = "The first item stands" if apart == 1 else f"The first {apart} items stand"
    return f"{first} apart: the score falls from {ordered[apart - 1]:.2f} to {ordered[apart]:.2f} after it."


def reason_sentence(collection: Collection, graph: KnnGraph, row: int) -> str:
    """How far the nearest item of a row is, beside what is usual."""
    if not graph.related[row, 0]:
        return "It has nothing in common with any other item for this encoder, so none is its nearest."
    nearest = graph.distances[:, 0]
    name = shorten(collection.text(int(graph.rows[row, 0])), 60)
    nearer = int((nearest < nearest[row]).sum())
    return (
        f"Its nearest item, “{name}”, is at {graph.metric} distance {nearest[row]:.2f}. Half of all items have one "
        f"within {np.median(nearest):.2f}; for {nearer:,} of {len(nearest):,} it is nearer than here."
    )
