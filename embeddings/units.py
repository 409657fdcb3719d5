"""Vectors brought to length 1, and to a unit in which their squares can be worked out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.space import Vectors, lengths

# Of as many items the neighbours are looked at to see how close directions lie.
LOOKED_AT = 64
NEAREST = 10
# Between vectors at length 1, float32 rounds 1 − cosine by about 10⁻⁷: neighbours must be 10,000 times as far apart.
CLOSE = 1e-3
SAME = 1e-13


def unit(vectors: ArrayLike) -> Vectors:
    """The same directions at length 1, float32 of the same shape (…, d); a vector of length zero stays zero."""
    given = np.asarray(vectors, dtype=np.float32)
    long = lengths(given)[..., None]
    units: Vectors = np.divide(given, long, out=np.zeros_like(given), where=long > 0, casting="same_kind")
    return units


def unit64(vectors: NDArray[Any]) -> NDArray[np.float64]:
    """The same in float64, so that equal sums of cosines come out equal."""
    exact = np.asarray(vectors, dtype=np.float64)
    long = np.linalg.norm(exact, axis=-1, keepdims=True)
    units: NDArray[np.float64] = np.divide(exact, long, out=np.zeros_like(exact), where=long > 0)
    return units


def scale_of(vectors: NDArray[np.floating]) -> float:
    """The power of two that brings the largest component to between ½ and 1; 1 where all are zero."""
    return float(2.0 ** _power(vectors))


def scaled(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    """Vectors times `scale_of` them: no digit changes, and squares neither grow beyond float32 nor vanish."""
    power = _power(vectors)
    return np.asarray(np.ldexp(vectors, power)) if power else vectors


def crowded(units: Vectors) -> bool:
    """Whether directions lie so close to each other that only float64 tells by cosine which is the nearer.

    So it is in a very narrow cone, and in tight groups; copies do not count.

    Args:
        units: vectors at length 1, shape (n, d).
    """
    rows = np.unique(np.linspace(0, len(units) - 1, min(LOOKED_AT, len(units))).astype(np.intp))
    count = min(NEAREST + 1, len(units))
    near = np.argpartition(-(units[rows] @ units.T), count - 1, axis=1)[:, :count]
    apart = 1 - np.einsum("ijk,ik->ij", unit64(units[near]), unit64(units[rows]))
    known = apart[apart > SAME]
    return bool(len(known) and np.median(known) < CLOSE)


def _power(vectors: NDArray[np.floating]) -> int:
    return -int(np.frexp(max(float(vectors.max(initial=0)), -float(vectors.min(initial=0))))[1])
