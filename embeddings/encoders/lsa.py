"""Latent semantic analysis: TF-IDF projected on its strongest directions (Deerwester et al. 1990)."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from embeddings.encoders.base import Vectors
from embeddings.encoders.tfidf import TfIdf

_DIMENSIONS = 200
# Directions this much weaker than the first are rounding noise of float32.
_WEAKEST = 1e-5


class Lsa(TfIdf):
    """At most 200 components, fewer for a collection of lower rank; vectors are not normalised."""

    largest = 32_768

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._directions: Vectors = np.empty((0, 0), dtype=np.float32)
        self._kept = 0.0

    def _make(self, bound: int) -> Any:
        # The counts stay sparse, so the bound for dense vectors does not apply.
        self._bound = self.largest
        return super()._make(self.largest)

    def _learn(self, matrix: csr_matrix) -> None:
        k = min(_DIMENSIONS, *matrix.shape)
        _, strengths, directions = randomized_svd(matrix, k, n_iter=5, random_state=0)
        strong = strengths > _WEAKEST * strengths[0]
        self._directions = np.ascontiguousarray(directions[strong].T, dtype=np.float32)
        self._kept = float((strengths**2).sum() / matrix.multiply(matrix).sum())

    def _encode(self, items: list[Any]) -> Vectors:
        vectors: Vectors = self._counts(items) @ self._directions
        return vectors

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Also the number of components and the share of the squared TF-IDF weights that they keep."""
        kept = round(min(self._kept, 1.0), 4)
        return {**super().params, "components": self._directions.shape[1], "share kept": kept, "seed": 0}
