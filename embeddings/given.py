"""Vectors of names that a space need not hold, such as words typed by the reader and encoded just now."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from embeddings.errors import EmbeddingError
from embeddings.space import Space, Vectors

VectorsOf = Mapping[str, ArrayLike]
NONE_GIVEN: VectorsOf = MappingProxyType({})


def given_vector(space: Space, name: str, vectors_of: VectorsOf) -> Vectors:
    """The vector given for a name, float32 of shape (d,).

    Raises:
        EmbeddingError: it has another dimension than the space, or is not finite.
    """
    vector: Vectors = np.asarray(vectors_of[name], dtype=np.float32).reshape(-1)
    if vector.shape != (space.dimension,):
        raise EmbeddingError(
            f"The vector of “{name}” must have {space.dimension} numbers like this space, got {vector.size}."
        )
    if not np.isfinite(vector).all():
        raise EmbeddingError(f"The vector of “{name}” holds a value that is not a finite number.")
    return vector
