"""Plain text: one item a line."""

from __future__ import annotations

import csv

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading.decoding import decode
from embeddings.reading.items import check_items, duplicates_note
from embeddings.reading.limits import DEFAULT, Limits
from embeddings.reading.source import Request
from embeddings.reading.wording import several


def read(request: Request) -> Collection:
    """Read a text file, one item a line."""
    decoded = decode(request.file)
    return from_text(decoded.text, name=request.file.stem, notes=decoded.notes, limits=request.limits)


def from_text(text: str, *, name: str, notes: tuple[str, ...] = (), limits: Limits = DEFAULT) -> Collection:
    """A collection of the lines of a text, without blank ones and without spaces at either end.

    Raises:
        ReadError: there is no line with text, there are too many, or one is too long.
    """
    lines = split_lines(text)
    items = [stripped for line in lines if (stripped := line.strip())]
    if not items:
        raise ReadError(f"“{name}” holds only blank lines." if text else f"“{name}” is empty.")
    check_items(items, name, limits, lambda row: f"line {_line_number(lines, row):,}")
    found = (*notes, *_blank_note(len(lines) - len(items)), *_trimmed_note(lines), *duplicates_note(items))
    return Collection.from_texts(items, name=name, notes=found)


def split_lines(text: str) -> list[str]:
    """Lines ended by LF, CRLF or CR, and by nothing else; the end of the last line adds none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def columns(line: str, delimiter: str | None, place: str) -> list[str]:
    """The columns of one line, without spaces at either end; without a delimiter they are divided by spaces.

    Args:
        line: without its end.
        delimiter: one character, which a field in quotation marks may hold.
        place: where the line stands, in words.

    Raises:
        ReadError: a column is longer than a text may be.
    """
    if delimiter is None:
        found = line.split()
    else:
        found = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))]
    for number, cell in enumerate(found, 1):
        if len(cell) > DEFAULT.max_item_chars:
            raise ReadError(
                f"Column {number} of {place} has {len(cell):,} characters; "
                f"at most {DEFAULT.max_item_chars:,} can be read."
            )
    return found


def _line_number(lines: list[str], row: int) -> int:
    return [number for number, line in enumerate(lines, 1) if line.strip()][row]


def _blank_note(blank: int) -> tuple[str, ...]:
    return (f"{several(blank, 'blank line')} {'was' if blank == 1 else 'were'} left out.",) if blank else ()


def _trimmed_note(lines: list[str]) -> tuple[str, ...]:
    trimmed = sum(1 for line in lines if line and (line[0].isspace() or line[-1].isspace()) and line.strip())
    return (f"Spaces at the start or the end of {several(trimmed, 'line')} were removed.",) if trimmed else ()
