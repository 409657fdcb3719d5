"""Laying one set of points over another: shift, rotation, reflection and scale (orthogonal Procrustes)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Places = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Alignment:
    """Points laid over others as well as a similarity transform can.

    Attributes:
        places: the moved points, float32 of shape (n, d).
        distances: float32 of shape (n,): how far each lies from its counterpart, in the unit of the fixed points.
        disparity: squared distance left over, as a share of the spread: 0 laid over exactly, 1 nothing in common; not a
            number where all points of a side coincide. It is that of `scipy.spatial.procrustes`.
        rotation: orthogonal, shape (d, d); a determinant of −1 is a reflection.
        scale: factor of size.
        moving_mean, fixed_mean: places = (point − moving_mean) · rotation · scale + fixed_mean.
    """

    places: Places
    distances: Places
    disparity: float
    rotation: NDArray[np.float64]
    scale: float
    moving_mean: NDArray[np.float64]
    fixed_mean: NDArray[np.float64]

    def apply(self, points: ArrayLike) -> Places:
        """Move further points of shape (m, d) in the same way."""
        moved = (_padded(points, len(self.rotation)) - self.moving_mean) @ self.rotation
        return np.asarray(moved * self.scale + self.fixed_mean, dtype=np.float32)


def align(moving: ArrayLike, fixed: ArrayLike) -> Alignment:
    """Lay n points over n others, row on row, with the least sum of squared distances (Gower 1975; Schönemann 1966).

    Points of fewer dimensions are taken as lying in a plane of the larger space. It fits what it is given: of two
    random clouds it makes a partial match too, so look at items that it was not fitted on.

    Raises:
        ValueError: the numbers of points differ, or there are none.
    """
    from scipy.linalg import orthogonal_procrustes

    d = max(np.shape(moving)[1], np.shape(fixed)[1])
    one, other = _padded(moving, d), _padded(fixed, d)
    if len(one) != len(other) or not len(one):
        raise ValueError(f"both sides must hold the same number of points, got {len(one)} and {len(other)}")
    moving_mean, fixed_mean = one.mean(axis=0), other.mean(axis=0)
    one, other = one - moving_mean, other - fixed_mean
    own, theirs = float(np.square(one).sum()), float(np.square(other).sum())
    rotation, shared = orthogonal_procrustes(one, other)
    flat = own == 0 or theirs == 0
    scale = 0.0 if flat else float(shared / own)
    places = one @ rotation * scale + fixed_mean
    return Alignment(
        places.astype(np.float32),
        np.linalg.norm(places - fixed_mean - other, axis=1).astype(np.float32),
        float("nan") if flat else float(max(0.0, 1 - shared**2 / (own * theirs))),
        rotation,
        scale,
        moving_mean,
        fixed_mean,
    )


def _padded(points: ArrayLike, d: int) -> NDArray[np.float64]:
    points = np.asarray(points, dtype=np.float64)
    return np.hstack([points, np.zeros((len(points), d - points.shape[1]))])
