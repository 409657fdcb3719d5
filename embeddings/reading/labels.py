"""Labels of ready-made vectors from a second file."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from embeddings.errors import ReadError
from embeddings.reading.column_types import is_text
from embeddings.reading.columns import USUAL_NAMES, groups, guess_text_column, label_names
from embeddings.reading.decoding import decode
from embeddings.reading.delimited import parse
from embeddings.reading.lines import split_lines
from embeddings.reading.loaded import Loaded
from embeddings.reading.sniffing import require_text
from embeddings.reading.source import File, Request
from embeddings.reading.wording import several

SUFFIXES = (".txt", ".tsv", ".csv")


class Labels(NamedTuple):
    """What is known of n vectors; items are None when nothing names them."""

    items: list[str | None] | None
    metadata: pa.Table | None
    notes: tuple[str, ...]


def read_labels(request: Request, n: int) -> Labels:
    """Read the labels of n vectors: a text with one label a line, or a table.

    Raises:
        ReadError: there are not n of them.
    """
    file = request.metadata
    if file is None:
        return Labels(None, None, ())
    if file.suffix not in SUFFIXES:
        raise ReadError(f"Labels come as {', '.join(SUFFIXES)}; “{file.name}” is none of these.")
    require_text(file, table=file.suffix != ".txt")
    return _from_lines(file, n, request) if file.suffix == ".txt" else _from_table(file, n, request)


def choose(table: pa.Table, request: Request) -> Labels:
    """Take the items and the label columns from a table of n rows."""
    only = table.column_names[0] if table.num_columns == 1 else None
    column = request.text_column or guess_text_column(table) or only
    for chosen in (*(request.label_columns or ()), *([request.text_column] if request.text_column else [])):
        if chosen not in table.column_names:
            raise ReadError(f"There is no column “{chosen}” among the labels of “{request.file.name}”.")
    names = label_names(table, column) if request.label_columns is None else list(request.label_columns)
    values = None if column is None else table.column(column)
    if values is not None and not is_text(values.type):
        values = values.cast(pa.string())
    return Labels(None if values is None else values.to_pylist(), table.select(names), ())


def _from_lines(file: File, n: int, request: Request) -> Labels:
    decoded = decode(file)
    lines: list[str | None] = [line.strip() for line in split_lines(decoded.text)]
    if len(lines) != n:
        raise _counts_differ(request.file, n, file, len(lines), "line")
    classes = pa.array([line or None for line in lines], pa.string())
    return Labels(lines, pa.table({"label": classes}) if groups(classes) else None, decoded.notes)


def _from_table(file: File, n: int, request: Request) -> Labels:
    # The projector's rule for its TSV: one column has no header, more have one.
    inner = replace(request, file=file, metadata=None)
    decoded = decode(file)
    first_line = decoded.text.lstrip("\r\n").split("\n", 1)[0]
    header = "\t" in first_line if file.suffix == ".tsv" else None
    loaded = parse(decoded, inner, header=header, strict=True)
    if loaded.table.num_rows != n:
        if not _header_was_misjudged(loaded, n):
            raise _counts_differ(request.file, n, file, loaded.table.num_rows, "row")
        loaded = parse(decoded, inner, header=loaded.first_row == 1, strict=True)
    chosen = choose(loaded.table, request)
    return chosen._replace(notes=(*loaded.notes, *chosen.notes))


def _header_was_misjudged(loaded: Loaded, n: int) -> bool:
    """In a table of one column, the number of vectors says whether the first row is a name or a label."""
    if loaded.table.num_columns > 1:
        return False
    if loaded.first_row == 1:
        return bool(loaded.table.num_rows == n + 1)
    return bool(loaded.table.num_rows == n - 1) and loaded.table.column_names[0].lower() not in USUAL_NAMES


def _counts_differ(vectors: File, n: int, labels: File, got: int, unit: str) -> ReadError:
    return ReadError(
        f"“{vectors.name}” holds {several(n, 'vector')} but “{labels.name}” has {several(got, unit)} of labels; "
        "they must be as many."
    )
