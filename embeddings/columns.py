"""Columns of tables: what kind of values a column of metadata holds, these as numbers, and numbers as a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as types
from numpy.typing import NDArray

Kind = Literal["numbers", "dates", "categories", "texts"]
# Beyond, float64 no longer tells whole numbers apart; such numbers are names.
LARGEST_WHOLE = 2**53
# So many different numbers or dates are steps; more are a scale.
FEW = 12
# Whole numbers in columns of these names stand for names, so their order means nothing.
NAMING = frozenset({"category", "class", "cluster", "code", "digit", "group", "id", "label", "target", "topic"})
DAY = 86_400
# A text has so many words on average; shorter ones that differ much are names.
WORDS_OF_A_TEXT = 3.5


def nullable(values: Sequence[float]) -> pa.Array:
    """Numbers as a column; what is not a number is null."""
    return pa.array(values, pa.float64(), from_pandas=True)


def kind_of_column(column: pa.ChunkedArray) -> Kind:
    """What a column holds: texts where it has strings of several words that seldom repeat, names of any type else."""
    if is_numeric(column):
        return "numbers"
    if is_date(column):
        return "dates"
    return "texts" if _holds_texts(column) else "categories"


def is_numeric(column: pa.ChunkedArray) -> bool:
    """Whether a column holds numbers, and not names made of so many digits that float64 mixes them up."""
    kind = column.type
    if types.is_integer(kind):
        bounds = pc.min_max(column).as_py()
        return all(each is None or abs(each) <= LARGEST_WHOLE for each in bounds.values())
    return bool(types.is_floating(kind) or types.is_decimal(kind))


def is_date(column: pa.ChunkedArray) -> bool:
    """Whether a column holds days or moments; a time of day alone has no day."""
    return bool(types.is_date(column.type) or types.is_timestamp(column.type))


def numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """A column of numbers, shape (n,); missing values are NaN."""
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False))


def seconds(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """A column of days or moments as whole seconds since 1970 (UTC), shape (n,); missing ones are NaN."""
    moments = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64()).cast(pa.float64(), safe=False)
    return np.asarray(moments.to_numpy(zero_copy_only=False))


def _holds_texts(column: pa.ChunkedArray) -> bool:
    kind = column.type
    if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)):
        return False
    known = column.cast(pa.large_string()).drop_null()
    if not len(known) or len(known.unique()) <= len(known) // 2:
        return False
    blanks = pc.mean(pc.count_substring_regex(pc.utf8_trim_whitespace(known), r"\s+")).as_py()
    return bool(blanks + 1 >= WORDS_OF_A_TEXT)
