"""From a table to a collection: which column is the text, which are labels, which holds ready-made vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading.column_types import in_words, is_list, is_text
from embeddings.reading.items import check_items, check_size, duplicates_note
from embeddings.reading.loaded import Loaded
from embeddings.reading.source import Request
from embeddings.reading.vectors import to_space
from embeddings.reading.wording import quoted, several
from embeddings.space import Space

# Names that say "this is the item", best first.
USUAL_NAMES = (
    "text", "sentence", "document", "content", "body", "review", "comment", "message", "question", "prompt",
    "description", "title", "headline", "phrase", "word", "term", "token", "item", "name", "label",
)  # fmt: skip


def guess_text_column(table: pa.Table) -> str | None:
    """The column that most looks like the items: a usual name, else the longest texts that differ most."""
    texts = [name for name in table.column_names if is_text(table.column(name).type)]
    by_name = {name.strip().lower(): name for name in reversed(texts)}
    usual = next((by_name[name] for name in USUAL_NAMES if name in by_name), None)
    return usual or max(texts, key=lambda name: _likeness(table.column(name)), default=None)


def guess_vector_column(table: pa.Table) -> str | None:
    """The first column whose rows are lists of numbers of one length, at least two."""
    for name, column in zip(table.column_names, table.columns, strict=True):
        if is_list(column.type) and _is_number(column.type.value_type) and not column.null_count:
            bounds = pc.min_max(pc.list_value_length(column)).as_py()
            if bounds["min"] == bounds["max"] and bounds["min"] >= 2:
                return str(name)
    return None


def to_result(request: Request, loaded: Loaded) -> Collection | Space:
    """A collection of the text column, or a space where a column holds vectors.

    Raises:
        ReadError: a chosen column does not exist, or no column holds text.
    """
    table, name = loaded.table, request.file.name
    vector_column = guess_vector_column(table)
    text_column = request.text_column or guess_text_column(table)
    if text_column is not None:
        _check_known(table, [text_column], name)
    labels = _labels(table, request.label_columns, text_column, vector_column, name)
    if vector_column is not None:
        return _space(request, loaded, text_column, vector_column, table.select(labels))
    if text_column is None:
        raise _no_text(table, name)
    return _collection(request, loaded, _as_text(table, text_column, name), table.select(labels))


def _collection(request: Request, loaded: Loaded, texts: pa.ChunkedArray, labels: pa.Table) -> Collection:
    blank = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(texts), ""), True)
    missing = pc.sum(blank).as_py() or 0
    if missing == len(texts):
        raise ReadError(f"“{request.file.name}” has no text in any row of the column that was chosen for it.")
    notes = loaded.notes
    if missing:
        kept = pc.invert(blank)
        texts, labels = texts.filter(kept), labels.filter(kept) if labels.num_columns else labels
        notes = (*notes, f"{several(missing, 'row')} without text {'was' if missing == 1 else 'were'} left out.")
    items = texts.to_pylist()
    check_items(items, request.file.name, request.limits, lambda row: _place(items, row))
    return Collection.from_texts(
        items, name=request.file.stem, metadata=labels, notes=(*notes, *duplicates_note(items))
    )


def _space(request: Request, loaded: Loaded, text_column: str | None, vector_column: str, labels: pa.Table) -> Space:
    table, name = loaded.table, request.file.name
    lists = table.column(vector_column)
    dimension = pc.list_value_length(lists)[0].as_py()
    check_size(table.num_rows, dimension, name, request.limits)
    values = pc.list_flatten(lists).to_numpy()
    texts = None if text_column is None else _as_text(table, text_column, name).to_pylist()
    return to_space(
        request,
        np.asarray(values, dtype=np.float64).reshape(-1, dimension),
        texts,
        metadata=labels,
        notes=(*loaded.notes, f"The lists in “{vector_column}” were taken as ready-made vectors."),
    )


def label_names(table: pa.Table, text_column: str | None, vector_column: str | None = None) -> list[str]:
    """The columns but for the vectors; the text column is among them where its few values are classes."""
    return [
        name
        for name in table.column_names
        if name != vector_column and (name != text_column or groups(table.column(name)))
    ]


def groups(values: pa.ChunkedArray | pa.Array) -> bool:
    """Whether values repeat so much that they group the items: 2 or more, and on average 2 rows or more each."""
    if pa.types.is_nested(values.type):
        return False
    known = values.drop_null()
    return 2 <= len(known.unique()) <= len(known) // 2


def _labels(
    table: pa.Table, chosen: Sequence[str] | None, text_column: str | None, vector_column: str | None, name: str
) -> list[str]:
    if chosen is None:
        return label_names(table, text_column, vector_column)
    _check_known(table, chosen, name)
    return list(dict.fromkeys(chosen))


def _check_known(table: pa.Table, names: Sequence[str], file: str) -> None:
    for name in names:
        if name not in table.column_names:
            raise ReadError(f"“{file}” has no column “{name}”; it has {quoted(table.column_names)}.")


def _no_text(table: pa.Table, name: str) -> ReadError:
    kinds = [f"{column} ({in_words(table.column(column).type)})" for column in table.column_names[:8]]
    more = f" and {table.num_columns - 8} more" if table.num_columns > 8 else ""
    return ReadError(f"“{name}” has no column of texts; it has {', '.join(kinds)}{more}. Choose the text column.")


def _as_text(table: pa.Table, name: str, file: str) -> pa.ChunkedArray:
    column = table.column(name)
    try:
        return column if pa.types.is_string(column.type) else column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        kind = in_words(column.type)
        raise ReadError(f"Column “{name}” of “{file}” holds {kind} values, which cannot be read as texts.") from None


def _likeness(column: pa.ChunkedArray) -> float:
    length = pc.mean(pc.utf8_length(column)).as_py() or 0.0
    links = pc.sum(pc.match_substring_regex(column, r"^\w+://\S+$")).as_py() or 0
    distinct = pc.count_distinct(column).as_py() / len(column)
    return float(length * distinct * (0.01 if links > len(column) / 2 else 1.0))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _place(items: Sequence[str], row: int) -> str:
    return f"the row that starts with “{items[row][:30]}”"
