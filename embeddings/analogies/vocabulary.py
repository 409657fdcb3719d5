"""Which words of questions a space holds, by the rules of gensim's evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.questions import Questions
from embeddings.space import Space

Positions = NDArray[np.int64]


class Matching(NamedTuple):
    """How words are found in a space.

    Attributes:
        fold_case: take upper and lower case as the same; the first row in any case stands for the word.
        first: use only so many items from the start; None for all.
    """

    fold_case: bool = True
    first: int | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of a space.

    Attributes:
        rows: the first row of each distinct word.
        word_of: the word of each candidate, a place in `rows`, shape (n,); −1 for pictures.
        places: a place in `rows` by the word as matched.
        matching: how words are matched.
    """

    rows: Positions
    word_of: Positions
    places: dict[str, int]
    matching: Matching

    @classmethod
    def of(cls, space: Space, matching: Matching) -> Vocabulary:
        """The words of a space."""
        places: dict[str, int] = {}
        rows: list[int] = []
        word_of = np.full(len(space.collection.items[: matching.first]), -1, dtype=np.int64)
        for row, item in enumerate(space.collection.items[: matching.first]):
            if not isinstance(item, str):
                continue
            place = places.setdefault(_key(item, matching), len(rows))
            if place == len(rows):
                rows.append(row)
            word_of[row] = place
        return cls(np.array(rows, dtype=np.int64), word_of, places, matching)

    def find(self, questions: Questions) -> Positions:
        """The places of a, b, c and the answer of every question, shape (m, 4); −1 for a word that is missing."""
        found = [
            [self.places.get(_key(word, self.matching), -1) for word in question[1:]]
            for question in questions.questions
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 4)

    def repeated(self) -> dict[int, list[int]]:
        """The further rows of each word that stands in more than one."""
        further: dict[int, list[int]] = {}
        for row, word in enumerate(self.word_of.tolist()):
            if word >= 0 and self.rows[word] != row:
                further.setdefault(word, []).append(row)
        return further


def _key(word: str, matching: Matching) -> str:
    return word.upper() if matching.fold_case else word
