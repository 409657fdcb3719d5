"""Types of columns: what a column of texts really holds, and what a type is called in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

import pyarrow as pa
import pyarrow.compute as pc

_MISSING = ("", "na", "n/a", "nan", "null", "none", "-")
# Post codes and long identifiers are no numbers: as numbers they would lose their zeros or their last digits.
_NOT_NUMBERS = r"^[+-]?(0\d|\d{19})"
_TYPES = (pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("s"))
_WORDS: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_boolean, "yes or no"),
    (lambda kind: is_text(kind), "text"),
    (lambda kind: pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind), "number"),
    (pa.types.is_temporal, "date or time"),
    (lambda kind: is_list(kind), "list"),
    (pa.types.is_null, "empty"),
)


def is_text(kind: pa.DataType) -> bool:
    """Whether values of this type are texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_list(kind: pa.DataType) -> bool:
    """Whether values of this type are lists."""
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def in_words(kind: pa.DataType) -> str:
    """`text`, `number`, `date or time`, …"""
    return next((words for test, words in _WORDS if test(kind)), "other")


def typed_table(table: pa.Table, *, keep: Container[str] = ()) -> pa.Table:
    """A table of texts with numbers, dates and yes/no where a whole column is such; columns in `keep` stay text."""
    columns = {
        name: column if name in keep else _typed(column)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pa.table(columns)


def _typed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(column)
    missing = pc.is_in(pc.utf8_lower(trimmed), pa.array(_MISSING))
    values = pc.if_else(missing, None, trimmed)
    if values.null_count < len(values) and not pc.any(pc.match_substring_regex(values, _NOT_NUMBERS)).as_py():
        for kind in _TYPES:
            converted = _converted(values, kind)
            if converted is not None:
                return converted
    return pc.if_else(pc.equal(trimmed, ""), None, column)


def _converted(values: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | None:
    first = values.drop_null()[0].as_py()
    if not re.match(r"[+-]?[\d.]|inf|true|false", first, re.IGNORECASE):
        return None
    try:
        return values.cast(kind)
    except pa.ArrowInvalid:
        return None
