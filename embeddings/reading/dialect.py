"""What separates the columns of a delimited text, and whether its first row names them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from embeddings.errors import ReadError

NO_DELIMITER = "\x1f"
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_USUAL = {".csv": ",", ".tsv": "\t"}
_SAMPLE_CHARS = 65_536
# As many names of columns as are read, of any sane length.
_LONGEST_LINE = 4_000_000
_SAMPLE_ROWS = 200
_AGREE = 0.5


class Dialect(NamedTuple):
    """How a delimited text is written.

    Attributes:
        delimiter: the separator, `NO_DELIMITER` for a single column.
        quoted: quotation marks around a field are not part of it.
        first: the fields of the first row.
        header: the first row names the columns.
    """

    delimiter: str
    quoted: bool
    first: tuple[str, ...]
    header: bool

    def notes(self, suffix: str) -> tuple[str, ...]:
        """What the reader should know of the choice."""
        found: list[str] = []
        if self.delimiter == NO_DELIMITER:
            found.append("No separator was found, so each line is one field.")
        elif self.delimiter != _USUAL.get(suffix, self.delimiter):
            found.append(f"The columns are separated by {NAMES[self.delimiter]}, not {NAMES[_USUAL[suffix]]}.")
        if not self.header:
            found.append("The first row does not look like column names and was read as data.")
        elif self.delimiter == NO_DELIMITER:
            found.append(f"The first row, “{self.first[0]}”, was taken as the name of the column.")
        return tuple(found)


def find_dialect(text: str, *, name: str, suffix: str, header: bool | None = None) -> Dialect:
    """Find how a text of at least one non-blank line is written.

    Raises:
        ReadError: the usual separator is there, but most rows disagree with the first one, or a line has no end.
    """
    sample = _sample(text, name)
    if not _rows(sample, NO_DELIMITER):
        raise ReadError(f"“{name}” holds only blank fields at its start.")
    usual = _USUAL.get(suffix, ",")
    best, best_score = NO_DELIMITER, (0.0, False, 0)
    for delimiter in NAMES:
        rows = _rows(sample, delimiter)
        width = len(rows[0]) if rows else 0
        agree = sum(len(row) == width for row in rows) / max(len(rows), 1)
        score = (round(agree, 1), delimiter == usual, width)
        if width > 1 and agree >= _AGREE and score > best_score:
            best, best_score = delimiter, score
    first = _rows(sample, best)[0]
    usual_rows = _numbered_rows(sample, usual)
    if best == NO_DELIMITER and usual_rows and len(usual_rows[0][1]) > 1:
        raise _disagreement(usual_rows, name, usual)
    quoted = best != "\t" or _well_quoted(sample)
    return Dialect(best, quoted, tuple(first), _is_header(first) if header is None else header)


def numbered_rows(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[tuple[int, list[str]]]:
    """The rows of a delimited text, blank ones included, each with the number of its first line."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting), 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _sample(text: str, name: str) -> str:
    """Whole lines from the start; of a wide table the first line alone is more than the usual sample."""
    if len(text) <= _SAMPLE_CHARS:
        return text
    cut = text.rfind("\n", 0, _SAMPLE_CHARS)
    if not text[: max(cut, 0)].strip():
        cut = text.find("\n", _SAMPLE_CHARS)
    sample = text[:cut] if cut > 0 else text
    if len(sample) > _LONGEST_LINE:
        raise ReadError(
            f"Line {1 + sample.rstrip().count(chr(10)):,} of “{name}” is longer than {_LONGEST_LINE:,} characters, "
            "too long for a row of a table: are its lines ended as usual?"
        )
    return sample


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    return [row for _, row in _numbered_rows(sample, delimiter)]


def _numbered_rows(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows that are not blank, each with the number of its first line."""
    told = ((line, row) for line, row in numbered_rows(sample, delimiter) if any(field.strip() for field in row))
    return list(islice(told, _SAMPLE_ROWS))


def _disagreement(rows: list[tuple[int, list[str]]], name: str, delimiter: str) -> ReadError:
    width = len(rows[0][1])
    line, row = next((line, row) for line, row in rows if len(row) != width)
    return ReadError(
        f"Most rows of “{name}” do not have the {width:,} fields of the first one when split at {NAMES[delimiter]} "
        f"(line {line:,} has {len(row):,}): texts that hold the separator need quotation marks around them, "
        "and one text a line needs the suffix .txt."
    )


def _well_quoted(sample: str) -> bool:
    """Whether every field that opens with a quotation mark closes with one; between tabs they may be part of it."""
    fields = [field for line in sample.splitlines() for field in line.split("\t")]
    return all(len(field) > 1 and field.endswith('"') for field in fields if field.startswith('"'))


def _is_header(first: list[str]) -> bool:
    if any(_is_number(field) for field in first):
        return False
    return len(first) > 1 or (len(first[0]) <= 40 and len(first[0].split()) <= 3)


def _is_number(field: str) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return field.strip().lower().lstrip("+-") not in {"nan", "inf", "infinity"}
