"""Pairs of words as a reader types them, one pair a line."""

from __future__ import annotations

from typing import NamedTuple

from components.kit.words import shorten, two_parts
from embeddings.analogies.relations import Pair

MOST = 200
LONGEST = 200


class Typed(NamedTuple):
    """What was typed.

    Attributes:
        pairs: those that can be read.
        lines: the line of each, from 1.
        mistakes: what cannot be read, as sentences that begin with the line.
    """

    pairs: tuple[Pair, ...]
    lines: tuple[int, ...]
    mistakes: tuple[str, ...]


def read_pairs(text: str) -> Typed:
    """The pairs of a text: two words side by side, or anything on both sides of an arrow, a comma or a tab."""
    pairs: list[Pair] = []
    lines: list[int] = []
    mistakes: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        words = two_parts(line)
        problem = f"only {MOST} pairs are compared at once; this one is left out." if len(pairs) == MOST else ""
        problem = problem or _problem(words)
        if problem:
            mistakes.append(f"Line {number}: {problem}")
            continue
        pairs.append((words[0], words[1]))
        lines.append(number)
    return Typed(tuple(pairs), tuple(lines), tuple(mistakes))


def _problem(words: list[str]) -> str:
    """Why words are no pair; empty where they are one."""
    if len(words) < 2:
        alone = f"“{shorten(words[0], 40)}” stands alone" if words else "there is no word"
        return f"{alone}; a pair is two words, such as france → paris."
    if len(words) > 2:
        return f"{len(words)} words; put → or a comma between the two parts of a pair."
    longest = max(map(len, words))
    return f"a word of {longest:,} characters; at most {LONGEST} can be read." if longest > LONGEST else ""
