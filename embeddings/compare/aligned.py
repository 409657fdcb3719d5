"""Two spaces laid over each other, checked on items that the rotation was not fitted on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.alignment import Alignment, align
from embeddings.compare.sides import check_spaces
from embeddings.intervals import Interval, wilson
from embeddings.ranks import MOST, Points, blocks
from embeddings.space import Space
from embeddings.units import unit


class SpaceAlignment(NamedTuple):
    """The best rotation of one space onto another, vectors at length 1.

    Attributes:
        alignment: fitted on all items, for showing; its distances are too small as a measure of agreement.
        cosines: of each item's moved vector with its counterpart, float32 of shape (n,).
        found: share of held-out items whose own counterpart is the nearest of all held-out ones, the rotation fitted on
            the other half (of at most 20,000 items); with its 95 % Wilson interval. Larger is more alike.
        chance: the same for a guess.
    """

    alignment: Alignment
    cosines: NDArray[np.float32]
    found: Interval
    chance: float


class Rotation(NamedTuple):
    """Whether one space is the other, turned: `found` and `chance` of a `SpaceAlignment`."""

    found: Interval
    chance: float


def rotation(moving: Space, fixed: Space) -> Rotation:
    """What `align_spaces` finds, without the moved vectors."""
    found = align_spaces(moving, fixed)
    return Rotation(found.found, found.chance)


def align_spaces(moving: Space, fixed: Space, *, seed: int = 0) -> SpaceAlignment:
    """Lay one space over another by orthogonal Procrustes (Schönemann 1966; Artetxe, Labaka & Agirre 2016).

    A wrong counterpart at the same distance counts as nearer.

    Raises:
        EmbeddingError: as `compare`.
    """
    check_spaces((moving, fixed), 1)
    one, other = unit(moving.vectors), unit(fixed.vectors)
    whole = align(one, other)
    padded = np.zeros_like(whole.places)
    padded[:, : other.shape[1]] = other
    cosines = np.einsum("ij,ij->i", unit(whole.places), unit(padded))
    order = np.random.default_rng(seed).permutation(len(one))[:MOST]
    fitted, held = order[: len(order) // 2], order[len(order) // 2 :]
    places = align(one[fitted], other[fitted]).apply(one[held])
    hits = _found(places, padded[held])
    return SpaceAlignment(whole, cosines, wilson(hits, len(held)), 1 / len(held))


def _found(places: NDArray[np.float32], counterparts: NDArray[np.float32]) -> int:
    points = Points(counterparts, "cosine")
    hits = 0
    for part in blocks(np.arange(len(places)), len(places)):
        distances = points.to(places[part])
        own = distances[np.arange(len(part)), part]
        hits += int(((distances <= own[:, None]).sum(axis=1) == 1).sum())
    return hits
