"""Columns of numbers, and the items that have one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from embeddings.bias.checking import MOST_WORDS
from embeddings.bias.lookup import Name
from embeddings.collection import Collection


def number_columns(own: Collection) -> list[str]:
    """The columns that hold numbers."""
    return [name for name in own.columns if _is_number(own.column(name).type)]


def items_of(own: Collection, column: str, seed: int) -> tuple[tuple[Name, ...], tuple[float | None, ...]]:
    """The items with a number, and their numbers; of more than 1,000 so many at random."""
    values = own.column(column).cast(pa.float64()).to_pylist()
    rows = [row for row, value in enumerate(values) if value is not None and np.isfinite(value)]
    if len(rows) > MOST_WORDS:
        rows = sorted(np.random.default_rng(seed).choice(rows, size=MOST_WORDS, replace=False).tolist())
    return tuple(rows), tuple(values[row] for row in rows)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
