"""The seeds of an axis of meaning, and how a link carries them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.errors import EmbeddingError

PAIRS, LISTS = "pairs", "lists"
FIELD, WORD = "*", "~"
_TO_ESCAPE = re.compile(r"[%*~]")
_ESCAPED = re.compile(r"%([0-9A-F]{2})")
_BROKEN = re.compile(r"%(?![0-9A-F]{2})")


@dataclass(frozen=True)
class Seeds:
    """What an axis is made from; its words have no line breaks and single spaces.

    Attributes:
        low, high: the seeds; where `paired`, those at the same place belong together.
        paired: whether they are pairs.
        low_name, high_name: what the ends are called; empty where it is the first seed.
        name: what the axis is called; empty where it is its two ends.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]
    paired: bool = True
    low_name: str = ""
    high_name: str = ""
    name: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """What the low and the high end are called."""
        return self.low_name or self.low[0], self.high_name or self.high[0]

    @property
    def title(self) -> str:
        """What the axis is called."""
        return self.name or " ↔ ".join(self.ends)

    @property
    def words(self) -> tuple[str, ...]:
        """All seeds."""
        return self.low + self.high

    def same_direction(self, other: Seeds) -> bool:
        """Whether both give the same vectors, whatever they are called."""
        return (self.low, self.high, self.paired) == (other.low, other.high, other.paired)


def to_text(seeds: Seeds) -> str:
    """Seeds as a link carries them: `pairs*small~large*little~big` or `lists*small~little*large~big~huge`.

    Names follow the first word: `pairs~name~low~high*…`. Of % * ~ within a word stands the code, as %2A.
    """
    names = (seeds.name, seeds.low_name, seeds.high_name)
    head = (PAIRS if seeds.paired else LISTS, *(names if any(names) else ()))
    groups = zip(seeds.low, seeds.high, strict=True) if seeds.paired else (seeds.low, seeds.high)
    return FIELD.join(WORD.join(map(_escape, words)) for words in (head, *groups))


def from_text(text: str) -> Seeds:
    """The seeds of a link.

    Raises:
        EmbeddingError: it is not written so.
    """
    head, *groups = ([_unescape(word) for word in field.split(WORD)] for field in text.split(FIELD))
    if head[0] not in (PAIRS, LISTS) or len(head) not in (1, 4):
        raise _unreadable("it must begin with “pairs” or “lists”")
    paired = head[0] == PAIRS
    if paired and not all(len(group) == 2 for group in groups):
        raise _unreadable("a pair has two words")
    if not groups or (not paired and len(groups) != 2):
        raise _unreadable("its seeds are missing" if not groups else "it must have two lists")
    low, high = zip(*groups, strict=True) if paired else groups
    _check_words((*low, *high), head[1:])
    name, low_name, high_name = head[1:] or ("", "", "")
    return Seeds(tuple(low), tuple(high), paired, low_name, high_name, name)


def _check_words(words: Sequence[str], names: Sequence[str]) -> None:
    if not all(words) or any(word != " ".join(word.split()) for word in (*words, *names)):
        raise _unreadable("a word is empty or has stray spaces")


def _escape(word: str) -> str:
    return _TO_ESCAPE.sub(lambda found: f"%{ord(found[0]):02X}", word)


def _unescape(word: str) -> str:
    if _BROKEN.search(word):
        raise _unreadable("a % stands alone")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), word)


def _unreadable(reason: str) -> EmbeddingError:
    return EmbeddingError(f"The axis in this link cannot be read: {reason}.")
