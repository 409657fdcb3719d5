"""The seeds of an axis: read as they are typed, looked up in a space, and written into a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from components.kit.candidates import reads_texts
from components.kit.choice import encoder_name
from components.kit.kinds import written
from components.kit.words import Word, read_words, shorten, two_parts
from embeddings.collection import Item
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.store import is_given

MOST, FEWEST, LONGEST = 200, 2, 200
NAMED = 3
_NUMBER = re.compile(r"#(\d{1,9})")


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


class Lookup(NamedTuple):
    """Where vectors of words come from that are no items of the collection.

    Attributes:
        given: those of items named by their number.
        to_encode: texts for the encoder.
    """

    given: dict[str, Vectors]
    to_encode: list[str]

    @property
    def items(self) -> dict[str, Item]:
        """The texts for the encoder, by the name they have among the words."""
        return {word: word for word in self.to_encode}


def look_up(space: Space, words: Sequence[str]) -> Lookup:
    """Where the vectors of words come from; those of items of the collection are left out.

    Raises:
        EmbeddingError: a number is too large, or a word is not held and the encoder cannot read it.
    """
    given: dict[str, Vectors] = {}
    others = []
    known = space.collection.rows
    for word in dict.fromkeys(words):
        number = _NUMBER.fullmatch(word)
        if word in known:
            continue
        if number:
            given[word] = space.vectors[_row(space, int(number[1]))]
        else:
            others.append(word)
    missing = _missing(space, others)
    if missing and not reads_texts(space.encoder):
        raise EmbeddingError(_cannot_read(space, missing))
    return Lookup(given, missing)


def is_number(word: str) -> bool:
    """Whether a word names an item by its number."""
    return _NUMBER.fullmatch(word) is not None


def _row(space: Space, number: int) -> int:
    if not 1 <= number <= len(space):
        raise EmbeddingError(f"There is no item #{number}: this collection has #1 to #{len(space):,}.")
    return number - 1


def _missing(space: Space, words: Sequence[str]) -> list[str]:
    if not words:
        return []
    held = {text.casefold() for text in space.collection.rows if isinstance(text, str)}
    return [word for word in words if word.casefold() not in held]


def _cannot_read(space: Space, missing: Sequence[str]) -> str:
    if not written(space.collection):
        return (
            f"“{shorten(missing[0], 40)}” cannot be placed: {encoder_name(space.encoder)} looks at pictures only. Name "
            "pictures by their number, such as #12, or choose an encoder that reads too, such as Scenes CLIP."
        )
    said = " ".join(_with_spellings(space, word) for word in missing[:NAMED])
    more = f" And {len(missing) - NAMED:,} more are missing." if len(missing) > NAMED else ""
    why = "these vectors came ready-made" if is_given(space.encoder) else f"{space.encoder} reads no texts"
    return f"{said}{more} Only items of the collection have vectors here, because {why}."


def _with_spellings(space: Space, word: str) -> str:
    try:
        find_row(space, word)
    except UnknownItem as error:
        return str(error)
    return ""
