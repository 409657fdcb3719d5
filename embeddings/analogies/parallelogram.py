"""An analogy as a picture: the parallelogram in its own plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.space import Vectors
from embeddings.units import unit

FLAT = 1e-4
Exact = NDArray[np.float64]
CORNERS = ("a", "b", "c", "b − a + c", "answer")


@dataclass(frozen=True, eq=False)
class Parallelogram:
    """Five points in the plane through a, b and c; all vectors at length 1 before.

    Attributes:
        coordinates: float32 of shape (5, dims): a, b, c, the sum b − a + c, the answer; a lies at 0, b on the first
            axis. In the plane the answer is drawn at its foot; in 3D, with the third axis towards it, nothing is
            lost: all distances are the true ones.
        shares: float32 of shape (5,): how much of the squared length of each point's own vector (from the origin of
            the space, not from a) lies in the drawn directions, 0 to 1; a, b and c are equally far from it, so theirs
            are equal.
        answer_share: how much of the squared distance from a to the answer is drawn, 0 to 1.
        height: distance of the answer from the plane.
        miss: true distance between the sum and the answer.
    """

    coordinates: Vectors
    shares: Vectors
    answer_share: float
    height: float
    miss: float


def parallelogram(a: ArrayLike, b: ArrayLike, c: ArrayLike, answer: ArrayLike, *, dims: int = 2) -> Parallelogram:
    """Draw a : b :: c : answer in the plane spanned by the differences b − a and c − a.

    Raises:
        EmbeddingError: b or c is the same point as a, or the three lie on one line.
        ValueError: dims is neither 2 nor 3.
    """
    if dims not in (2, 3):
        raise ValueError(f"dims must be 2 or 3, got {dims}")
    points = unit(np.stack([np.asarray(point, dtype=np.float32) for point in (a, b, c, answer)])).astype(np.float64)
    points = np.insert(points, 3, points[1] - points[0] + points[2], axis=0)
    offsets = points - points[0]
    first = _direction(offsets[1])
    second = None if first is None else _direction(offsets[2] - (offsets[2] @ first) * first)
    if first is None or second is None:
        raise EmbeddingError("These three points lie on one line, so they span no parallelogram.")
    basis = np.stack([first, second])
    rest = offsets[4] - (offsets[4] @ basis.T) @ basis
    height = float(np.linalg.norm(rest))
    if dims == 3:
        third = _direction(rest)
        basis = np.vstack([basis, np.zeros_like(first) if third is None else third])
    coordinates = offsets @ basis.T
    return Parallelogram(
        coordinates.astype(np.float32),
        _shares(points, basis),
        float(_shares(offsets[4:], basis)[0]),
        height,
        float(np.linalg.norm(points[3] - points[4])),
    )


def _direction(vector: Exact) -> Exact | None:
    length = np.linalg.norm(vector)
    return None if length < FLAT else vector / length


def _shares(vectors: Exact, basis: Exact) -> Vectors:
    inside, whole = ((vectors @ basis.T) ** 2).sum(axis=1), (vectors**2).sum(axis=1)
    shares: Vectors = np.divide(inside, whole, out=np.zeros_like(whole), where=whole > 0).astype(np.float32)
    return shares
