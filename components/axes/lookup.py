"""Where the vectors of seeds come from: an item of the collection, an item by its number, or the encoder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from components.kit.candidates import reads_texts
from components.kit.choice import encoder_name
from components.kit.words import shorten
from embeddings.collection import Item
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.store import is_given

_NUMBER = re.compile(r"#(\d{1,9})")
NAMED = 3


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
    if space.collection.kind == "image":
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
