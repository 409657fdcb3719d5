"""What the encoders that count pieces of text share: learning a bounded vocabulary, and showing it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_matrix

from embeddings.encoders.base import FittedEncoder, Vectors
from embeddings.encoders.inspection import Inspection, TokenCounts, inspection, piece_counts
from embeddings.errors import EmbeddingError
from embeddings.kinds import Item

# Vectors are dense: 2**28 numbers are 1 GiB.
_MOST_NUMBERS = 2**28


class CountingEncoder(FittedEncoder):
    """Counts pieces of text; the most frequent ones of the collection form the vocabulary."""

    pieces: str = "words"
    largest: int = 4096

    def __init__(self, name: str) -> None:
        self.name = name
        self._vectoriser: Any = None
        self._analyse: Callable[[str], list[str]] = list
        self._fitted_on = 0
        self._bound = self.largest

    @abstractmethod
    def _make(self, bound: int) -> Any:
        """An unfitted scikit-learn vectoriser with at most `bound` features."""

    def fit(self, items: Sequence[Item]) -> Self:
        """Learn the vocabulary of all items and return the encoder itself.

        Raises:
            EmbeddingError: no item holds a piece that could be counted, or one is a picture.
        """
        self.check(items)
        texts = [str(item) for item in items]
        self._bound = vocabulary_bound(len(texts), self.largest)
        vectoriser = self._make(self._bound)
        self._analyse = vectoriser.build_analyzer()
        if not any(map(self._analyse, texts)):
            raise EmbeddingError(f"{self.name} needs {self.pieces}, and none of the {len(texts)} items holds any.")
        self._learn(vectoriser.fit_transform(texts))
        self._vectoriser, self._fitted_on = vectoriser, len(texts)
        return self

    def _learn(self, matrix: csr_matrix) -> None:
        """Learn more from the counts of all items, shape (n, features)."""

    def _encode(self, items: list[Any]) -> Vectors:
        vectors: Vectors = self._counts(items).toarray()
        return vectors

    def _counts(self, items: list[Any]) -> csr_matrix:
        if self._vectoriser is None:
            raise ValueError(f"{self.name} must be fitted before it encodes")
        return self._vectoriser.transform([str(item) for item in items])

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Size of the vocabulary, its bound, and how many items it was learned from."""
        size = 0 if self._vectoriser is None else len(self._vectoriser.vocabulary_)
        return {"vocabulary": size, "vocabulary bound": self._bound, "learned from items": self._fitted_on}

    def inspect(self, item: Item) -> Inspection:
        """The pieces of the item that are in the vocabulary, and those that are not."""
        if self._vectoriser is None:
            raise ValueError(f"{self.name} must be fitted before it inspects")
        vocabulary = self._vectoriser.vocabulary_
        pieces = self._analyse(str(item))
        return inspection(pieces, vocabulary)

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many pieces the items have, and how many of them are not in the vocabulary."""
        if self._vectoriser is None:
            raise ValueError(f"{self.name} must be fitted before it counts")
        return piece_counts([self._analyse(str(item)) for item in items], self._vectoriser.vocabulary_)


def vocabulary_bound(n: int, largest: int) -> int:
    """Most features that n dense vectors can have within 1 GiB, between 256 and `largest`."""
    return int(np.clip(_MOST_NUMBERS // max(n, 1), 256, largest))
