"""Words and pairs as readers type them: phrases in quotes, and commas, arrows, tabs or spaces between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

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
