"""What a visitor brought, shown as text and nothing else; and words and pairs as visitors type them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

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


def p_is(value: float) -> str:
    """A p-value in a sentence: “p = 0.043”, “p < .001”."""
    text = p_text(value)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def number(value: float, form: str = ".3f") -> str:
    """A number with a true minus sign."""
    return f"{value:{form}}".replace("-", "−")


_ARROWS = frozenset({"↔", "⟷", "⇔", "→", "<->", "->", "=>"})
_COMMAS = frozenset({",", ";"})
_TAB = frozenset({"\t"})
_SPACES = frozenset({" ", "\t", "\u00a0"})
_PART = re.compile(r'"(?:[^"]|"")*"|“[^”]*”|<->|->|=>|.', re.DOTALL)
_QUOTED = re.compile(r'"(?P<straight>(?:[^"]|"")*)"|“(?P<curly>[^”]*)”', re.DOTALL)
_SPECIAL = re.compile(r'[",;↔⟷⇔→“”]|[-=]>')


class Word(NamedTuple):
    """A seed and the line it stands on, counted from 1."""

    text: str
    line: int


def read_words(text: str) -> list[Word]:
    """Words with commas, semicolons or lines between them; where there are no commas, with spaces."""
    commas = any(part in _COMMAS for line in text.splitlines() for part in _PART.findall(line))
    separators = _COMMAS | _TAB if commas else _SPACES
    return [Word(word, number) for number, line in enumerate(text.splitlines(), 1) for word in _split(line, separators)]


def two_parts(line: str) -> list[str]:
    """The two sides of a pair: of an arrow, else of a tab, a comma or a space; more or fewer where it is no pair."""
    parts = _PART.findall(line.strip())
    found = (separators for separators in (_ARROWS, _TAB, _COMMAS) if separators.intersection(parts))
    return _split(line.strip(), next(found, _SPACES))


def write_pairs(low: Sequence[str], high: Sequence[str]) -> str:
    """Pairs as they would be typed; read back, they are the same."""
    return "\n".join(f"{_quoted(one)}, {_quoted(other)}" for one, other in zip(low, high, strict=True))


def write_words(words: Sequence[str]) -> str:
    """Words as they would be typed; read back, they are the same."""
    alone = len(words) == 1 and " " in words[0]
    return ", ".join(_quoted(word, always=alone) for word in words)


def _split(line: str, separators: frozenset[str]) -> list[str]:
    parts = [""]
    for part in _PART.findall(line):
        if part in separators:
            parts.append("")
        else:
            parts[-1] += part
    return [word for word in map(_plain, parts) if word]


def _plain(part: str) -> str:
    part = part.strip()
    quoted = _QUOTED.fullmatch(part)
    if quoted:
        part = quoted["curly"] if quoted["straight"] is None else quoted["straight"].replace('""', '"')
    return " ".join(part.split())


def _quoted(word: str, *, always: bool = False) -> str:
    return '"{}"'.format(word.replace('"', '""')) if always or _SPECIAL.search(word) else word
