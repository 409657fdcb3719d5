"""Why a collection has no outliers to look for, and what makes its scores odd, as sentences."""

from __future__ import annotations

import numpy as np

from embeddings.space import Space
from embeddings.units import unit

SINGLE = "This collection has one item: an outlier, a wrong label or a duplicate shows only beside others."
BLOCK = 1_024
NEARLY = 1e-6


def all_alike(space: Space) -> str:
    """What is said where all items have one and the same vector, up to its length; empty where they differ."""
    first = unit(space.vectors[:1])
    for start in range(0, len(space), BLOCK):
        if not np.allclose(unit(space.vectors[start : start + BLOCK]), first, atol=NEARLY):
            return ""
    return (
        f"All {len(space):,} items have the same vector here (or the same direction), so none of them is farther from "
        "the rest than another."
    )


def beyond(k: int, space: Space) -> str:
    """What is said where more neighbours are asked for than there are; empty where there are enough."""
    others = len(space) - 1
    if k <= others:
        return ""
    return f"k is {k}, but each item has only {others:,} {'other' if others == 1 else 'others'}: all of them are taken."


def without_direction(space: Space) -> str:
    """What is said of vectors of length zero; empty where there are none."""
    zero = int((space.norms == 0).sum())
    if not zero:
        return ""
    noun, verb = ("item", "has a vector") if zero == 1 else ("items", "have vectors")
    return (
        f"{zero:,} {noun} {verb} of length zero: at cosine distance 1 from everything by definition, however ordinary "
        "the content."
    )
