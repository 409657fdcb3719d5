"""Linear CKA: how alike two sets of vectors are, whatever their rotation, scale and dimension."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.space import Vectors

FEWEST = 4
Centred = NDArray[np.float64]


class Cka(NamedTuple):
    """Linear centred kernel alignment.

    Attributes:
        plain: 0 to 1, 1 for the same vectors up to rotation and scale (Kornblith et al. 2019, equation 1). Where there
            are not many more items than dimensions it is large even for unrelated vectors.
        debiased: the same with unbiased estimates of the Hilbert–Schmidt criterion (Song et al. 2012): about 0 for
            unrelated vectors, at most 1; can be negative.
    """

    plain: float
    debiased: float


class Kernels(NamedTuple):
    """One side: its centred vectors, their squared lengths, and its criterion with itself, plain and debiased."""

    vectors: Centred
    squares: Centred
    own: Cka


def kernels(vectors: Vectors) -> Kernels:
    """Make a side of shape (n, d) ready; n ≥ 4."""
    if len(vectors) < FEWEST:
        raise ValueError(f"CKA needs at least {FEWEST} items, got {len(vectors)}")
    centred = vectors.astype(np.float64)
    centred -= centred.mean(axis=0)
    squares = np.square(centred).sum(axis=1)
    inner = centred.T if centred.shape[1] <= len(centred) else centred
    total = float(np.square(inner @ inner.T).sum())
    return Kernels(centred, squares, _criteria(total, squares, squares))


def cka(one: Kernels, other: Kernels) -> Cka:
    """Compare two sides of the same n items."""
    total = float(np.square(one.vectors.T @ other.vectors).sum())
    both = _criteria(total, one.squares, other.squares)
    return Cka(*(_ratio(*each) for each in zip(both, one.own, other.own, strict=True)))


def _criteria(total: float, one: Centred, other: Centred) -> Cka:
    """The criterion times n (n − 3), plain and unbiased, from ‖XᵀY‖² and the squared lengths of centred rows.

    Unbiased as in Song et al. 2012, equation 5, with the kernels' diagonals and sums written out for linear ones.
    """
    n = len(one)
    ones = one.sum() * other.sum() / ((n - 1) * (n - 2))
    return Cka(total, float(total - n / (n - 2) * (one @ other) + ones))


def _ratio(both: float, one: float, other: float) -> float:
    return both / float(np.sqrt(one) * np.sqrt(other)) if one > 0 and other > 0 else float("nan")
