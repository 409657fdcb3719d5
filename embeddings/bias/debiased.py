"""A space with a subspace taken out, and what that does to the vectors of typed words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.effect import Floats
from embeddings.given import VectorsOf
from embeddings.space import Space

T = TypeVar("T")


class BeforeAfter(NamedTuple, Generic[T]):
    """One number of the original space, and the same of the changed one."""

    before: T
    after: T


@dataclass(frozen=True, eq=False)
class Debiased:
    """A changed space, named as such: its `params` say what was taken out.

    Any probe runs over it as `probe(debiased.space, …, vectors_of=debiased.vectors_of)`.

    Attributes:
        space: the same items with changed vectors.
        vectors_of: the given vectors, changed alike.
        method: how, in words.
        basis: float64 of shape (r, d), orthonormal rows: what was taken out.
        kept: rows whose vectors were left as they were.
    """

    space: Space
    vectors_of: VectorsOf
    method: str
    basis: Floats
    kept: NDArray[np.intp]


def taken_out(vectors: Floats, basis: Floats) -> Floats:
    """Vectors of shape (n, d) without their part in the space of orthonormal rows of shape (r, d)."""
    return np.asarray(vectors - (vectors @ basis.T) @ basis)


def changed(space: Space, vectors: Floats, method: str) -> Space:
    """A space of the same items with other vectors, whose parameters name the method."""
    return Space(space.collection, vectors.astype(np.float32), space.encoder, {**space.params, "debiased": method})
