"""How evenly the variance is spread over the directions of a space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.space import Space


class Spectrum(NamedTuple):
    """Of the centred vectors.

    Attributes:
        shares: share of the variance along each principal direction, largest first, shape (min(n, d),).
        effective_rank: exp of the entropy of the singular values taken as shares (Roy & Vetterli 2007); 1 when all lies
            on a line, min(n − 1, d) when all directions count the same.
        participation_ratio: (Σ λ)² / Σ λ² of the variances λ; between the same bounds, and lower, because large
            variances weigh more.
        half: how many directions carry half of the variance.
    """

    shares: NDArray[np.float64]
    effective_rank: float
    participation_ratio: float
    half: int


def spectrum(space: Space) -> Spectrum:
    """Work out the variances of a space whose vectors are not all equal."""
    centred = space.vectors.astype(np.float64)
    centred -= centred.mean(axis=0)
    n, d = centred.shape
    products = centred.T @ centred if d <= n else centred @ centred.T
    variances = np.maximum(np.linalg.eigvalsh(products)[::-1], 0)
    # What is left of a variance of 0 after rounding is none.
    variances[variances < variances[0] * 1e-13 * max(n, d)] = 0
    total = variances.sum()
    if total == 0:
        raise ValueError("the vectors must not all be equal")
    shares = variances / total
    roots = np.sqrt(variances[variances > 0])
    weights = roots / roots.sum()
    return Spectrum(
        shares,
        float(np.exp(-(weights * np.log(weights)).sum())),
        float(1 / np.square(shares).sum()),
        int(np.searchsorted(np.cumsum(shares), 0.5) + 1),
    )
