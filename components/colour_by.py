"""From a column of metadata to the colours and sizes of the points."""

from __future__ import annotations

import numpy as np
import pyarrow.types as types
from numpy.typing import NDArray

from components.map import PLAIN_COLOURING, Colouring, by_category, by_number
from embeddings.labelled import labels_of
from embeddings.space import Space

FEW = 12
PLAIN = "nothing"


def colour_by_column(space: Space, column: str) -> Colouring:
    """Colour by a metadata column: numbers by size, everything else (and few whole numbers) by category."""
    if column == PLAIN or column not in space.collection.columns:
        return PLAIN_COLOURING
    values = space.collection.column(column)
    if is_numeric(space, column) and len(values.unique()) > FEW:
        return by_number(column, numbers(space, column))
    return by_category(column, labels_of(space.collection, column))


def size_by_column(space: Space, column: str) -> NDArray[np.float32] | None:
    """Sizes by a numeric column, shifted so that the smallest is 0; missing ones are 0. None for no column."""
    if column == PLAIN or column not in space.collection.columns:
        return None
    values = numbers(space, column)
    known = np.isfinite(values)
    low = values[known].min() if known.any() else 0
    return np.where(known, values - low, 0).astype(np.float32)


def numbers(space: Space, column: str) -> NDArray[np.float32]:
    """A numeric column, shape (n,); missing values are NaN."""
    values = space.collection.column(column).cast("float64").to_numpy(zero_copy_only=False)
    return np.asarray(values, dtype=np.float32)


def is_numeric(space: Space, column: str) -> bool:
    """Whether a metadata column holds numbers."""
    kind = space.collection.column(column).type
    return bool(types.is_integer(kind) or types.is_floating(kind))
