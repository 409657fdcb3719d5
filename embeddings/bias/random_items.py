"""Random items of a space, for what a value would be with any words."""

from __future__ import annotations

import numpy as np

from embeddings.bias.effect import Floats

DRAWS = 1_000


def means_of_random(values: Floats, size: int, *, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Means of one value an item over random items, each drawn once a draw, shape (draws,).

    Empty where there are fewer than twice as many items as are drawn.
    """
    if len(values) < 2 * size:
        return np.empty(0)
    rng = np.random.default_rng(seed)
    return np.array([values[rng.choice(len(values), size=size, replace=False)].mean() for _ in range(draws)])
