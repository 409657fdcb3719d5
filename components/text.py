"""Showing what a visitor brought, as text and nothing else."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

_MARKDOWN = set(r"\`*_{}[]()#+-.!|<>~$:&")
# Spreadsheets pass over blanks and marks without width before a formula, and take full-width signs for plain ones.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def escape(text: str) -> str:
    """A text for places that read Markdown: nothing in it is markup, and it stays on one line."""
    return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in " ".join(text.split()))


def shorten(text: str, length: int = 80) -> str:
    """A text on one line, cut with an ellipsis."""
    line = " ".join(text[: 8 * length].split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def chart_text(text: str, length: int = 28) -> str:
    """A text for a chart, whose labels read a little HTML: nothing in it is markup, cut with an ellipsis."""
    return html.escape(shorten(text, length), quote=False)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV in UTF-8 with a BOM; texts that a spreadsheet would run as a formula get a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([neutral(name) for name in header])
    writer.writerows([neutral(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def table_csv(table: pa.Table) -> bytes:
    """A table as CSV, in the same manner."""
    return to_csv(table.column_names, zip(*(column.to_pylist() for column in table.columns), strict=True))


def neutral(value: Any) -> Any:
    """A value that no spreadsheet runs as a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def p_text(value: float) -> str:
    """A p-value with as many digits as it needs; never 0."""
    return "< .001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"
