"""TF-IDF: word counts weighted by rarity, ln((1 + n)/(1 + df)) + 1, each vector of length 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from embeddings.encoders.counts import CountingEncoder
from embeddings.encoders.words import words


class TfIdf(CountingEncoder):
    """Words that stand in few items count more (Spärck Jones 1972)."""

    def _make(self, bound: int) -> Any:
        return TfidfVectorizer(analyzer=words, max_features=bound, dtype=np.float32)
