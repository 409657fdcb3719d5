"""A collection as one encoder sees it: one vector for each item."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

Vectors = NDArray[np.float32]
GIVEN = "given vectors"
# Rows looked at together.
BLOCK = 8_192


@dataclass(frozen=True, eq=False)
class Space:
    """The vectors of a collection, never changed silently.

    Attributes:
        collection: the n items.
        vectors: float32 of shape (n, d), read-only, all finite.
        encoder: registry name of the encoder, or `"given vectors"`.
        params: how the encoder ran (number format, fitted size, …), for the reader.
        fingerprint: stands for the content: equal fingerprints, equal vectors.
    """

    collection: Collection
    vectors: Vectors
    encoder: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    fingerprint: str = ""

    def __post_init__(self) -> None:
        vectors = np.ascontiguousarray(self.vectors, dtype=np.float32)
        n = len(self.collection)
        if vectors.ndim != 2 or len(vectors) != n or vectors.shape[1] == 0:
            raise ValueError(f"vectors must have shape (n, d) with n = {n} items, got {vectors.shape}")
        for start in range(0, n, BLOCK):
            finite = np.isfinite(vectors[start : start + BLOCK]).all(axis=1)
            if not finite.all():
                row = start + int(finite.argmin())
                raise EmbeddingError(f"The vector of item {row + 1} holds a value that is not a finite number.")
        if vectors is self.vectors and vectors.flags.writeable:
            vectors = vectors.copy()
        vectors.setflags(write=False)
        object.__setattr__(self, "vectors", vectors)
        if not self.fingerprint:
            object.__setattr__(self, "fingerprint", _content_fingerprint(self))

    @classmethod
    def from_vectors(
        cls, items: Iterable[str], vectors: ArrayLike, *, name: str, metadata: pa.Table | None = None
    ) -> Space:
        """A space of ready-made vectors, one for each text.

        Raises:
            EmbeddingError: a value is NaN or infinite, or there are no items.
            ValueError: the shape does not fit the items.
        """
        collection = Collection.from_texts(items, name=name, metadata=metadata)
        return cls(collection, np.asarray(vectors, dtype=np.float32), GIVEN)

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self.vectors.shape[1])

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """Euclidean length of each vector, float64 of shape (n,), read-only."""
        norms = lengths(self.vectors)
        norms.setflags(write=False)
        return norms


def lengths(vectors: NDArray[np.floating]) -> NDArray[np.float64]:
    """Euclidean length of vectors of shape (…, d), in float64: no square of a float32 is too large or small for it."""
    return np.asarray(np.sqrt(np.einsum("...i,...i->...", vectors, vectors, dtype=np.float64)))


def _content_fingerprint(space: Space) -> str:
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{space.collection.fingerprint}|{space.encoder}|{space.dimension}|".encode())
    digest.update(space.vectors.data)
    return digest.hexdigest()


def centred(space: Space) -> Space:
    """The same space with the mean vector taken away: a changed space, named as such, never the default."""
    params = {**space.params, "centred": True}
    mean = space.vectors.mean(axis=0, dtype=np.float64)
    return Space(space.collection, (space.vectors - mean).astype(np.float32), space.encoder, params)
