"""Reading seeds as they are typed: pairs line by line, or words with commas, spaces or lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from components.text import shorten
from embeddings.errors import EmbeddingError

MOST = 200
LONGEST = 200
FEWEST = 2
_ARROWS = frozenset({"↔", "⟷", "⇔", "→", "<->", "->"})
_COMMAS = frozenset({",", ";"})
_TAB = frozenset({"\t"})
_SPACES = frozenset({" ", "\t", "\u00a0"})
_PART = re.compile(r'"(?:[^"]|"")*"|“[^”]*”|<->|->|.', re.DOTALL)
_QUOTED = re.compile(r'"(?P<straight>(?:[^"]|"")*)"|“(?P<curly>[^”]*)”', re.DOTALL)
_SPECIAL = re.compile(r'[",;↔⟷⇔→“”]|->')


class Word(NamedTuple):
    """A seed and the line it stands on, counted from 1."""

    text: str
    line: int


class Typed(NamedTuple):
    """What was typed.

    Attributes:
        low, high: the seeds of both sides.
        paired: whether they are pairs.
    """

    low: tuple[Word, ...]
    high: tuple[Word, ...]
    paired: bool


def read_pairs(text: str) -> Typed:
    """Pairs, one a line: with ↔, a tab, a comma or a space between the two; phrases may stand in quotes.

    Raises:
        EmbeddingError: a line holds no pair; the message names it.
    """
    low, high = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        words = _two_parts(line)
        if len(words) != 2:
            hint = "put a comma between two phrases" if len(words) > 2 else "write both, such as “small, large”"
            raise EmbeddingError(f"Line {number}, “{shorten(line, 40)}”: a pair has two sides, so {hint}.")
        low.append(Word(words[0], number))
        high.append(Word(words[1], number))
    return Typed(tuple(low), tuple(high), True)


def read_lists(low: str, high: str) -> Typed:
    """Two lists of words; see `read_words`."""
    return Typed(tuple(read_words(low)), tuple(read_words(high)), False)


def read_words(text: str) -> list[Word]:
    """Words with commas, semicolons or lines between them; where there are no commas, with spaces."""
    commas = any(part in _COMMAS for line in text.splitlines() for part in _PART.findall(line))
    separators = _COMMAS | _TAB if commas else _SPACES
    return [Word(word, number) for number, line in enumerate(text.splitlines(), 1) for word in _split(line, separators)]


def check(typed: Typed) -> None:
    """Whether an axis can be made of what was typed.

    Raises:
        EmbeddingError: too few or too many words, a word too long, twice, or on both sides; with the lines.
    """
    _check_counts(typed)
    for word in (*typed.low, *typed.high):
        if len(word.text) > LONGEST:
            raise EmbeddingError(
                f"Line {word.line}: a seed has at most {LONGEST} characters, this one has {len(word.text):,}."
            )
    for side in (typed.low, typed.high):
        for first, again in _repeated(side):
            raise EmbeddingError(f"“{again.text}” stands twice on one side: {_lines(first, again)}. Leave one out.")
    lows = {word.text.casefold(): word for word in typed.low}
    for word in typed.high:
        if word.text.casefold() in lows:
            where = _lines(lows[word.text.casefold()], word) if typed.paired else f"line {word.line} of the high side"
            raise EmbeddingError(f"“{word.text}” stands on both sides ({where}); a word can be on one only.")


def write_pairs(low: Sequence[str], high: Sequence[str]) -> str:
    """Pairs as they would be typed; read back, they are the same."""
    return "\n".join(f"{_quoted(one)}, {_quoted(other)}" for one, other in zip(low, high, strict=True))


def write_words(words: Sequence[str]) -> str:
    """Words as they would be typed; read back, they are the same."""
    alone = len(words) == 1 and " " in words[0]
    return ", ".join(_quoted(word, always=alone) for word in words)


def _two_parts(line: str) -> list[str]:
    for separators in (_ARROWS, _TAB, _COMMAS, _SPACES):
        words = _split(line, separators)
        if len(words) > 1:
            return words
    return words


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


def _check_counts(typed: Typed) -> None:
    thing = "pairs" if typed.paired else "words on each side"
    sides = ((typed.low, ""),) if typed.paired else ((typed.low, "the low side"), (typed.high, "the high side"))
    for words, side in sides:
        got = f"{side} has {len(words):,}" if side else f"got {len(words):,}"
        if len(words) < FEWEST:
            raise EmbeddingError(f"An axis needs at least {FEWEST} {thing}, so that one can be left out; {got}.")
        if len(words) > MOST:
            raise EmbeddingError(f"An axis takes at most {MOST} {thing}; {got}.")


def _repeated(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    seen: dict[str, Word] = {}
    for word in words:
        first = seen.setdefault(word.text.casefold(), word)
        if first is not word:
            yield first, word


def _lines(first: Word, again: Word) -> str:
    return f"line {again.line}" if first.line == again.line else f"lines {first.line} and {again.line}"
