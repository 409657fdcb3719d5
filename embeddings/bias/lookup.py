"""The vectors of a word set: words or rows of a space, or words that come with their vectors."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.space import Space, Vectors
from embeddings.units import unit64

# A text, or a row of the space: the way to name pictures.
Name = str | int
Names = Sequence[Name]
SEARCHED = 50_000
LENGTHS_APART = 2


class ReadBySpace(dict[str, Vectors]):
    """Vectors of texts as the encoder of a space reads them.

    They follow from the space and from what is asked of it, so that a result is known before they are: its key does
    not hold them.
    """

    fingerprint = "by the encoder of the space"


class Lookup:
    """Finds many words in one space: as written, then among the given ones, then in any case of the letters."""

    def __init__(self, space: Space, vectors_of: VectorsOf = NONE_GIVEN) -> None:
        self.space = space
        self.vectors_of = vectors_of

    def row(self, name: Name) -> int | None:
        """The first row that holds a name; None where it is given or unknown.

        Raises:
            ValueError: a row is out of range.
        """
        if isinstance(name, str):
            rows = self.space.collection.rows
            return rows.get(name) if name in rows or name in self.vectors_of else self._folded.get(name.casefold())
        if not 0 <= name < len(self.space):
            raise ValueError(f"rows must lie between 0 and {len(self.space) - 1}, got {name}")
        return int(name)

    def knows(self, name: Name) -> bool:
        """Whether there is a vector for a name."""
        return name in self.vectors_of or self.row(name) is not None

    def key(self, name: Name) -> Name:
        """Equal for two spellings of one item."""
        row = self.row(name)
        return row if row is not None else str(name).casefold()

    def text(self, name: Name) -> str:
        """What the reader sees of a name."""
        return name if isinstance(name, str) else self.space.collection.text(name)

    def vectors(self, names: Names) -> Vectors:
        """One vector a name, float32 of shape (m, d); every name must be known.

        Raises:
            EmbeddingError: a given vector has another dimension than the space, or is not finite.
        """
        found = [(name, self.row(name)) for name in names]
        return np.stack(
            [
                given_vector(self.space, str(name), self.vectors_of) if row is None else self.space.vectors[row]
                for name, row in found
            ]
        )

    def units(self, names: Names) -> NDArray[np.float64]:
        """The same at length 1, in float64, so that equal sums of cosines come out equal; zero stays zero."""
        return unit64(self.vectors(names))

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Up to three known spellings near to a word, best first, among those that begin alike."""
        folded = word.casefold()
        near = [
            text
            for text in list(self._folded)[:SEARCHED]
            if text[:1] == folded[:1] and abs(len(text) - len(folded)) <= LENGTHS_APART
        ]
        return tuple(difflib.get_close_matches(folded, near, n=3))

    @cached_property
    def _folded(self) -> dict[str, int]:
        rows = self.space.collection.rows
        return {text.casefold(): row for text, row in reversed(list(rows.items())) if isinstance(text, str)}


def text_of(name: Name, collection: Collection) -> str:
    """What the reader sees of a word or a picture."""
    if isinstance(name, str):
        return name
    text = collection.text(name)
    return text if isinstance(collection.items[name], str) else f"{short_name(name)} {text}"


def short_name(name: Name) -> str:
    """A word, or the number of a picture."""
    return name if isinstance(name, str) else f"#{name + 1}"
