"""Conditions on columns, and the small language that links hold them in.

A filter is a list of conditions with semicolons between them, all of which hold: `rating: 4..5; topic: sport, "a, b";
review ~ battery`. After a colon stand values, ranges with open ends, or `missing`; after a tilde stand words of texts;
what stands between commas is an alternative. Quotation marks hold what else would be read as a sign, doubled within.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from embeddings.errors import EmbeddingError

T = TypeVar("T")
MISSING = "missing"
_PIECE = re.compile(r'"(?:[^"]|"")*"|.', re.DOTALL)
_SIGNS = ",;:~"


class Span(NamedTuple):
    """From one value to another, both included, as they are written; empty where the end is open."""

    low: str
    high: str


@dataclass(frozen=True)
class Condition:
    """What a column must hold: one of all that is listed here.

    Attributes:
        column: its name.
        spans: ranges of numbers or dates.
        values: single values.
        words: that occur in a text.
        missing: whether no value does as well.
    """

    column: str
    spans: tuple[Span, ...] = ()
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    missing: bool = False


def read(text: str) -> tuple[Condition, ...]:
    """The conditions of a filter; `write` gives the text again.

    Raises:
        EmbeddingError: a part cannot be read; the message quotes it.
    """
    parts = [part for part in _split(text, ";") if part.strip()]
    return tuple(dict.fromkeys(_condition(part) for part in parts))


def read_for(column: str, text: str) -> Condition:
    """A condition on one column, of which only what stands after its colon is given.

    Raises:
        EmbeddingError: it cannot be read.
    """
    return _condition(f"{_quoted(column, _SIGNS)}: {text}")


def write(conditions: Iterable[Condition]) -> str:
    """Conditions as a filter is written."""
    return "; ".join(map(_written, conditions))


def said(condition: Condition) -> str:
    """A condition in a few words: “rating 4 to 5”, “topic: sport or home”, “review has “battery””."""
    spans = [_span_said(span) for span in condition.spans]
    words = [f"“{word}”" for word in condition.words]
    parts = [*spans, *condition.values, *words, *(["no value"] if condition.missing else [])]
    sign = " has" if words else "" if spans and not condition.values else ":"
    shown = parts if len(parts) <= 4 else [*parts[:3], f"{len(parts) - 3} more"]
    return f"{condition.column}{sign} {' or '.join(shown)}"


def _span_said(span: Span) -> str:
    if span.low and span.high:
        return f"{span.low} to {span.high}"
    return f"from {span.low}" if span.low else f"up to {span.high}" if span.high else "known"


def _condition(part: str) -> Condition:
    name, sign, rest = _head(part)
    spans, values, words, missing = [], [], [], False
    for piece in map(str.strip, _split(rest, ",")):
        low, dots, high = piece.partition("..")
        if piece.casefold() == MISSING:
            missing = True
        elif sign == "~":
            words.append(_plain(piece, part).lower())
        elif dots and '"' not in piece:
            spans.append(Span(low.strip(), high.strip()))
        else:
            values.append(_plain(piece, part))
    return Condition(name, each_once(spans), each_once(values), each_once(words), missing)


def each_once(given: Iterable[T]) -> tuple[T, ...]:
    """The same, each of several equal ones once."""
    return tuple(dict.fromkeys(given))


def _head(part: str) -> tuple[str, str, str]:
    """The column of a condition, its sign, and what stands after it."""
    pieces = _PIECE.findall(part)
    at = next((place for place, piece in enumerate(pieces) if piece in (":", "~")), None)
    if at is None:
        raise EmbeddingError(
            f"“{part.strip()}” in the filter cannot be read: write “column: value”, “column: low..high” or "
            "“column ~ word”."
        )
    return _plain("".join(pieces[:at]), part), pieces[at], "".join(pieces[at + 1 :])


def _split(text: str, separator: str) -> list[str]:
    """The parts between separators that stand in no quotation marks."""
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == '"':
            raise EmbeddingError(f"A quotation mark in “{text.strip()}” is not closed, so the filter cannot be read.")
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _plain(piece: str, part: str) -> str:
    piece = piece.strip()
    if len(piece) > 1 and _PIECE.fullmatch(piece):
        return piece[1:-1].replace('""', '"')
    if not piece or '"' in piece:
        raise EmbeddingError(f"“{part.strip()}” in the filter cannot be read: something is missing beside a sign.")
    return piece


def _written(condition: Condition) -> str:
    spans = [f"{span.low}..{span.high}" for span in condition.spans]
    given = [_quoted(value) for value in (*condition.values, *condition.words)]
    sign = " ~" if condition.words else ":"
    parts = [*spans, *given, *([MISSING] if condition.missing else [])]
    return f"{_quoted(condition.column, _SIGNS)}{sign} {', '.join(parts)}"


def _quoted(text: str, signs: str = ",;") -> str:
    plain = text and text == text.strip() and text.casefold() != MISSING and ".." not in text
    if plain and not set(text) & {*signs, '"'}:
        return text
    return '"{}"'.format(text.replace('"', '""'))


def joined(one: Condition | None, other: Condition) -> Condition:
    """A condition that also keeps what another one on the same column keeps."""
    if one is None:
        return other
    spans, values = each_once((*one.spans, *other.spans)), each_once((*one.values, *other.values))
    words = each_once((*one.words, *other.words))
    return Condition(one.column, spans, values, words, one.missing or other.missing)


def replaced(conditions: Iterable[Condition], column: str, by: Condition | None) -> tuple[Condition, ...]:
    """Conditions with those on a column replaced by another one, in the place of the first."""
    found: list[Condition | None] = []
    for each in conditions:
        if each.column != column:
            found.append(each)
        elif by not in found:
            found.append(by)
    if by is not None and by not in found:
        found.append(by)
    return tuple(each for each in found if each is not None)
