"""CSV and TSV through pyarrow, whichever character separates the columns."""

from __future__ import annotations

from itertools import islice, starmap, zip_longest
from typing import NamedTuple

import pyarrow as pa
import pyarrow.csv as pacsv

from embeddings.errors import ReadError
from embeddings.reading.column_types import typed_table
from embeddings.reading.decoding import Decoded, decode
from embeddings.reading.dialect import Dialect, find_dialect, numbered_rows
from embeddings.reading.items import check_size
from embeddings.reading.loaded import Loaded, distinct_names
from embeddings.reading.source import Request
from embeddings.reading.wording import SHOWN, listed, several


class Ragged(NamedTuple):
    """A row with another number of fields than the first one.

    Attributes:
        line: the number of its first line.
        fields: how many it has.
    """

    line: int
    fields: int


def load(request: Request) -> Loaded:
    """Read a delimited file; rows with a wrong number of fields are left out and named."""
    decoded = decode(request.file)
    return parse(decoded, request)


def parse(decoded: Decoded, request: Request, *, header: bool | None = None, strict: bool = False) -> Loaded:
    """Read a delimited text; `header` says whether the first row names the columns, None guesses.

    Raises:
        ReadError: there are no rows, quotation marks are not closed, most rows are ragged, or, when strict, one is.
    """
    name = request.file.name
    text = decoded.text
    if not text.strip():
        raise ReadError(f"“{name}” holds only blank lines.")
    dialect = find_dialect(text, name=name, suffix=request.file.suffix, header=header)
    check_size(0, len(dialect.first), name, request.limits)
    names = dialect.first if dialect.header else [""] * len(dialect.first)
    columns, renamed = distinct_names(names)
    raw, ragged = _parse(text, dialect, columns, name)
    _check_ragged(raw, ragged, name, strict=strict)
    check_size(raw.num_rows, raw.num_columns, name, request.limits)
    _check_closed(raw, text, name)
    notes = (*decoded.notes, *dialect.notes(request.file.suffix), *renamed, *_ragged_note(ragged, len(columns)))
    keep = {request.text_column} if request.text_column else set()
    return Loaded(typed_table(raw, keep=keep), decoded.encoding, notes, 2 if dialect.header else 1)


def _parse(text: str, dialect: Dialect, columns: list[str], name: str) -> tuple[pa.Table, list[Ragged]]:
    left_out: list[int] = []

    def leave_out(row: pacsv.InvalidRow) -> str:
        left_out.append(row.actual_columns)
        return "skip"

    data = text.encode()
    try:
        table = pacsv.read_csv(
            pa.BufferReader(data),
            # One block, so that no row straddles two.
            pacsv.ReadOptions(
                use_threads=False,
                block_size=len(data) + 1,
                column_names=columns,
                skip_rows_after_names=int(dialect.header),
            ),
            pacsv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char='"' if dialect.quoted else False,
                newlines_in_values=True,
                invalid_row_handler=leave_out,
            ),
            pacsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        raise ReadError(f"“{name}” cannot be read as a table: {error}.") from error
    return table, _ragged(text, dialect, left_out)


def _ragged(text: str, dialect: Dialect, left_out: list[int]) -> list[Ragged]:
    """The rows that were left out, the first few with their lines: pyarrow counts rows, and not the blank ones."""
    if not left_out:
        return []
    rows = numbered_rows(text, dialect.delimiter, quoted=dialect.quoted)
    lines = islice((line for line, row in rows if row and len(row) != len(dialect.first)), SHOWN)
    return list(starmap(Ragged, zip_longest(lines, left_out, fillvalue=0)))


def _check_ragged(table: pa.Table, ragged: list[Ragged], name: str, *, strict: bool) -> None:
    width = table.num_columns
    if ragged and (strict or len(ragged) > table.num_rows):
        raise ReadError(
            f"Line {ragged[0].line:,} of “{name}” has {several(ragged[0].fields, 'field')} where {width:,} are expected"
            + (f", and {several(len(ragged) - 1, 'other line')} like it; " if len(ragged) > 1 else "; ")
            + "is the separator right, and do texts that hold it stand in quotation marks?"
        )
    if not table.num_rows:
        raise ReadError(f"“{name}” has column names but no rows.")


def _ragged_note(ragged: list[Ragged], width: int) -> tuple[str, ...]:
    if not ragged:
        return ()
    if len(ragged) == 1:
        line, fields = ragged[0]
        return (f"Line {line:,} has {several(fields, 'field')} where {width:,} are expected; it was left out.",)
    lines = listed([f"{bad.line:,}" for bad in ragged])
    return (
        f"{len(ragged):,} rows do not have the expected {several(width, 'field')} and were left out: lines {lines}.",
    )


def _check_closed(table: pa.Table, text: str, name: str) -> None:
    """An open quotation mark swallows the rest of the file into the last field without a word from the parser."""
    last = table.column(table.num_columns - 1)[-1].as_py()
    if "\n" in last and text.count('"') % 2 and not text.rstrip().endswith('"'):
        raise ReadError(f"“{name}” opens a quotation mark before “{last[:40].splitlines()[0]}” and never closes it.")
