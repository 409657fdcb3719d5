"""Vectors brought to length 1."""

from __future__ import annotations

import numpy as np

from embeddings.space import Vectors


def unit(vectors: Vectors) -> Vectors:
    """The same directions at length 1, float32 of the same shape (…, d); a vector of length zero stays zero."""
    vectors = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    units: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return units
