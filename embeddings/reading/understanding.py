"""What a file seems to hold, for a preview before columns are chosen."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from embeddings.collection import Collection
from embeddings.reading.column_types import in_words
from embeddings.reading.columns import groups, guess_text_column, guess_vector_column, label_names
from embeddings.reading.loaded import Loaded
from embeddings.space import Space

PREVIEW_ROWS = 20
_PREVIEW_CHARS = 500


class Column(NamedTuple):
    """A column and its type in plain words: text, number, date or time, yes or no, list, empty, other."""

    name: str
    type: str


class Understanding(NamedTuple):
    """What `read` would make of a file if nothing were chosen.

    Attributes:
        format: the format in plain words.
        encoding: how the text is stored; empty for binary formats.
        columns: of a table; empty where there is nothing to choose.
        text_column: the guess, None when no column holds text.
        label_columns: the others, which become metadata; the text column too where its few values are classes.
        grouping: all columns whose few values would be classes.
        vector_column: a column of ready-made vectors, or None.
        rows: the first rows as texts, at most 20, long ones shortened; of one field each without columns.
        n_rows: how many rows or items there are.
        notes: what was assumed or left out so far.
    """

    format: str
    encoding: str
    columns: tuple[Column, ...]
    text_column: str | None
    label_columns: tuple[str, ...]
    grouping: tuple[str, ...]
    vector_column: str | None
    rows: tuple[tuple[str, ...], ...]
    n_rows: int
    notes: tuple[str, ...]


def of_table(loaded: Loaded, format_name: str) -> Understanding:
    """What a table seems to hold."""
    table = loaded.table
    text, vector = guess_text_column(table), guess_vector_column(table)
    return Understanding(
        format_name,
        loaded.encoding,
        tuple(Column(field.name, in_words(field.type)) for field in table.schema),
        text,
        tuple(label_names(table, text, vector)),
        tuple(name for name in table.column_names if name != vector and groups(table.column(name))),
        vector,
        _first_rows(table),
        table.num_rows,
        loaded.notes,
    )


def of_result(result: Collection | Space, format_name: str) -> Understanding:
    """What a file without columns to choose from turned out to hold."""
    collection = result.collection if isinstance(result, Space) else result
    rows = tuple((_short(collection.text(row)),) for row in range(min(PREVIEW_ROWS, len(collection))))
    if isinstance(result, Space):
        format_name = f"{format_name}, {len(result):,} × {result.dimension:,}"
    return Understanding(format_name, "", (), None, (), (), None, rows, len(collection), collection.notes)


def _first_rows(table: pa.Table) -> tuple[tuple[str, ...], ...]:
    columns = [column.to_pylist() for column in table.slice(0, PREVIEW_ROWS).columns]
    return tuple(tuple(_short(value) for value in row) for row in zip(*columns, strict=True))


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _PREVIEW_CHARS else text[: _PREVIEW_CHARS - 1] + "…"
