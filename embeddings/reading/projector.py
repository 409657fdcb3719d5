"""TensorFlow projector's vectors: a TSV of numbers only, its labels in a second file."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from embeddings.errors import ReadError
from embeddings.reading.decoding import Decoded
from embeddings.reading.dialect import NAMES
from embeddings.reading.items import check_size
from embeddings.reading.labels import read_labels
from embeddings.reading.source import Request
from embeddings.reading.vectors import to_space
from embeddings.reading.wording import several
from embeddings.space import Space

_LOOKED_AT = 5


def delimiter_of_numbers(text: str) -> str | None:
    """What separates the numbers when the first lines hold nothing else, None when they do."""
    lines = [line for line in text[:1_000_000].split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    for delimiter in NAMES:
        fields = [line.rstrip("\r").split(delimiter) for line in lines]
        if fields and len(fields[0]) > 1 and all(_is_number(field) for row in fields for field in row):
            return delimiter
    return None


def read(request: Request, decoded: Decoded, delimiter: str) -> Space:
    """Read the vectors of the projector's pair; without a second file they are numbered.

    Raises:
        ReadError: a row has another number of fields than the first, or a field is no number.
    """
    name = request.file.name
    width = decoded.text.lstrip("\r\n").split("\n", 1)[0].count(delimiter) + 1
    check_size(decoded.text.count("\n") + 1, width, name, request.limits)
    vectors = _parse(decoded.text, delimiter, width, name)
    labels = read_labels(request, len(vectors))
    return to_space(request, vectors, labels.items, metadata=labels.metadata, notes=(*decoded.notes, *labels.notes))


def _parse(text: str, delimiter: str, width: int, name: str) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    columns = [f"component {number}" for number in range(1, width + 1)]
    ragged: list[int] = []

    def leave_out(row: pacsv.InvalidRow) -> str:
        ragged.append(row.actual_columns)
        return "skip"

    data = text.encode()
    try:
        table = pacsv.read_csv(
            pa.BufferReader(data),
            pacsv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=columns),
            pacsv.ParseOptions(delimiter=delimiter, quote_char=False, invalid_row_handler=leave_out),
            pacsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.float32()), null_values=[]),
        )
    except pa.ArrowInvalid:
        raise ReadError(_first_wrong(text, delimiter, name)) from None
    if ragged:
        raise ReadError(
            f"Line {_line_of(text, delimiter, width):,} of “{name}” has {several(ragged[0], 'number')} where "
            f"{width:,} are expected."
        )
    return np.column_stack([column.to_numpy() for column in table.columns])


def _line_of(text: str, delimiter: str, width: int) -> int:
    """The first line that is not empty and does not hold so many fields; lines end as pyarrow has them end."""
    lines = enumerate(re.split(r"\r\n?|\n", text), 1)
    return next(number for number, line in lines if line and line.count(delimiter) != width - 1)


def _first_wrong(text: str, delimiter: str, name: str) -> str:
    for number, line in enumerate(text.split("\n"), 1):
        for field in line.rstrip("\r").split(delimiter) if line.strip() else ():
            if not _is_number(field):
                return f"Line {number:,} of “{name}” holds “{field[:40]}” where a number is expected."
    return f"“{name}” holds a number that cannot be read."


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True
