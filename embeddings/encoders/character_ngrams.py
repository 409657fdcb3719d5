"""Character n-grams: how an item is spelled, as TF-IDF over runs of 2 to 4 characters within words."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from embeddings.encoders.counts import CountingEncoder


class CharacterNgrams(CountingEncoder):
    """A space stands for the edge of a word, so that beginnings and endings count."""

    pieces = "characters"

    def _make(self, bound: int) -> Any:
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=bound, dtype=np.float32)
