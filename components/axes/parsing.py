"""Reading seeds as they are typed: pairs line by line, or words with commas, spaces or lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from components.kit.words import Word, read_words, shorten, two_parts
from embeddings.errors import EmbeddingError

MOST = 200
LONGEST = 200
FEWEST = 2


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
        words = two_parts(line)
        if len(words) != 2:
            hint = "put a comma between two phrases" if len(words) > 2 else "write both, such as “small, large”"
            raise EmbeddingError(f"Line {number}, “{shorten(line, 40)}”: a pair has two sides, so {hint}.")
        low.append(Word(words[0], number))
        high.append(Word(words[1], number))
    return Typed(tuple(low), tuple(high), True)


def read_lists(low: str, high: str) -> Typed:
    """Two lists of words; see `read_words`."""
    return Typed(tuple(read_words(low)), tuple(read_words(high)), False)


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
    for side, words in (("low", typed.low), ("high", typed.high)):
        for first, again in _repeated(words):
            raise EmbeddingError(
                f"“{again.text}” stands twice on the {side} side ({_lines(first, again)}): leave one out."
            )
    lows = {word.text.casefold(): word for word in typed.low}
    for word in typed.high:
        if word.text.casefold() in lows:
            where = _lines(lows[word.text.casefold()], word) if typed.paired else f"line {word.line} of the high side"
            raise EmbeddingError(f"“{word.text}” stands on both sides ({where}); a word can be on one only.")


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
