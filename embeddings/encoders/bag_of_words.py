"""Bag of words: how often each word of the collection stands in an item, or only whether it does."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from embeddings.encoders.counts import CountingEncoder
from embeddings.encoders.words import words


class BagOfWords(CountingEncoder):
    """Raw word counts; with `binary`, 1 for a word that occurs."""

    def __init__(self, name: str, *, binary: bool = False) -> None:
        super().__init__(name)
        self._binary = binary

    def _make(self, bound: int) -> Any:
        return CountVectorizer(analyzer=words, binary=self._binary, max_features=bound, dtype=np.float32)
