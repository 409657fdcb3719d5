"""The items along an axis as tables: the pure part, without a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.words import shorten
from embeddings.axes import Axis, Separation
from embeddings.collection import Collection

MOST = 12
ALONG, FROM_MIDDLE = "cosine", "from the middle"
Rows = NDArray[np.intp]


def ends(axis: Axis, most: int = MOST) -> tuple[Rows, Rows]:
    """The rows furthest to the low and to the high end, outermost first; no row is in both."""
    order = np.argsort(axis.projections, kind="stable")
    many = min(most, len(order) // 2) or min(1, len(order))
    return order[:many], order[::-1][:many]


def end_table(collection: Collection, axis: Axis, rows: Sequence[int] | Rows) -> pa.Table:
    """Some items with their places, as shown at an end."""
    places = axis.projections[np.asarray(rows, dtype=np.intp)]
    return pa.table(
        {
            "item": [shorten(collection.text(int(row)), 120) for row in rows],
            ALONG: places,
            FROM_MIDDLE: np.abs(places - np.float32(axis.middle)),
        }
    )


def whole_table(collection: Collection, axes: Sequence[tuple[str, Axis]], *, longest: int | None = None) -> pa.Table:
    """All items with their places along one or more named axes, from the low to the high end of the first.

    Items are cut at `longest` characters; None gives them whole.
    """
    order = np.argsort(axes[0][1].projections, kind="stable")
    texts = [collection.text(int(row)) for row in order]
    columns: dict[str, object] = {"item": texts if longest is None else [shorten(text, longest) for text in texts]}
    for name, axis in axes:
        columns[name] = axis.projections[order]
        columns[f"{name}, {FROM_MIDDLE}"] = axis.projections[order] - np.float32(axis.middle)
    return pa.table(columns | {"row": order + 1})


def seed_table(axis: Axis) -> pa.Table:
    """Each seed with its side and its place on the axis made without it."""
    held_out = axis.check.held_out
    return pa.table(
        {
            "seed": [*axis.low, *axis.high],
            "side": ["low"] * len(axis.low) + ["high"] * len(axis.high),
            "on the axis made without it": np.concatenate([held_out.low, held_out.high]),
        }
    )


def held_out_table(low: Sequence[str], high: Sequence[str], found: Separation) -> pa.Table:
    """Held-out words along the axis, lowest first."""
    places = np.concatenate([found.low, found.high])
    order = np.argsort(places, kind="stable")
    words, sides = [*low, *high], ["low"] * len(low) + ["high"] * len(high)
    return pa.table({"word": [words[n] for n in order], "expected": [sides[n] for n in order], ALONG: places[order]})


def random_table(axis: Axis) -> pa.Table:
    """The random axes with their scores."""
    check = axis.check
    return pa.table(
        {
            "random axis": np.arange(1, len(check.random_aucs) + 1),
            "AUC": check.random_aucs,
            "accuracy": check.random_accuracies,
        }
    )
