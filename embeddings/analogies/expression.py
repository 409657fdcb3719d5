"""A sum of weighted names: what an expression means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_NEEDS_NO_QUOTES = re.compile(r"[^\W\d]\w*(?: \w+)*")


class Term(NamedTuple):
    """One name of a sum.

    Attributes:
        name: the text; `#12` for the twelfth item of the collection.
        weight: how often it is added; negative where it is taken away; never 0.
        row: 11 for `#12`; None for a text.
        start, end: where it first stands in the expression, end excluded.
    """

    name: str
    weight: float
    row: int | None
    start: int
    end: int


@dataclass(frozen=True)
class Expression:
    """A linear combination; every name once, in the order of their first appearance.

    Where nothing is added, −king alone, it asks for what is least like its names.

    `str()` gives it in one agreed form that reads back as the same sum.
    """

    text: str
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        parts = [f"{'−' if term.weight < 0 else '+'} {_factor(term.weight)}{_name(term)}" for term in self.terms]
        first = parts[0].removeprefix("+ ").replace("− ", "−", 1) if self.terms[0].weight < 0 else parts[0][2:]
        return " ".join([first, *parts[1:]])

    @property
    def added(self) -> tuple[Term, ...]:
        """The terms of positive weight."""
        return tuple(term for term in self.terms if term.weight > 0)


def _factor(weight: float) -> str:
    size = f"{abs(weight):.6f}".rstrip("0").rstrip(".")
    return "" if size == "1" else f"{size}*"


def _name(term: Term) -> str:
    if term.row is not None or _NEEDS_NO_QUOTES.fullmatch(term.name):
        return term.name
    escaped = term.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
