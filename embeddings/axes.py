"""Axes of meaning, such as small ↔ large: made from seed words, and checked on seeds left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.held_out import HeldOut, area_under_curve, held_out_lists, held_out_pairs
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.units import unit

FEWEST = 2
DRAWS = 200
NO_DIRECTION = 1e-5
OUTERMOST = 12
# More dots than this are drawn slowly and hide each other.
DRAWN = 4_000


class AxisCheck(NamedTuple):
    """What stands beside every axis.

    Attributes:
        held_out: how its seeds come out on axes made without them.
        random_accuracies: float32 of shape (draws,): the same accuracy of axes made from as many random items; empty
            where the space holds too few.
        random_aucs: the same for the area under the curve.
        p_value: (1 + random axes with at least this area) / (1 + draws); not a number without random axes.
    """

    held_out: HeldOut
    random_accuracies: Vectors
    random_aucs: Vectors
    p_value: float


@dataclass(frozen=True, eq=False)
class Axis:
    """A direction from low to high.

    Attributes:
        low, high: the seeds; where `paired`, those at the same place belong together.
        paired: whether the seeds came as pairs.
        direction: float32 of shape (d,), length 1: from the mean of the low seeds to that of the high ones, each seed
            at length 1.
        projections: float32 of shape (n,): cosine of each item of the space with the direction, −1 to 1.
        middle: the projection half-way between the two groups of seeds; 0 is not neutral.
        check: how far to trust it.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]
    paired: bool
    direction: Vectors
    projections: Vectors
    middle: float
    check: AxisCheck


class Separation(NamedTuple):
    """How an axis orders two lists of words that it was not made from.

    Attributes:
        auc: area under the ROC curve, high against low; chance is .5.
        low, high: the projections, in the order of the lists.
    """

    auc: float
    low: Vectors
    high: Vectors


def axis_from_pairs(
    space: Space, pairs: Sequence[tuple[str, str]], *, vectors_of: VectorsOf = NONE_GIVEN, seed: int = 0
) -> Axis:
    """The axis of (low, high) pairs, such as ("small", "large"): the mean of their differences.

    Args:
        space: whose items are placed along it.
        pairs: at least two; every word once.
        vectors_of: vectors of words that the space does not hold.
        seed: of the random axes.

    Raises:
        UnknownItem: a word is neither in the space nor given.
        EmbeddingError: too few pairs, a word twice, or the two sides have the same mean.
    """
    if len(pairs) < FEWEST:
        raise EmbeddingError(f"An axis needs at least {FEWEST} pairs, so that one can be left out; got {len(pairs)}.")
    sides = [low for low, _ in pairs], [high for _, high in pairs]
    return _axis(space, sides, vectors_of, paired=True, seed=seed)


def axis_from_lists(
    space: Space, low: Sequence[str], high: Sequence[str], *, vectors_of: VectorsOf = NONE_GIVEN, seed: int = 0
) -> Axis:
    """The axis from one list of words to another, whose lengths may differ: the difference of their means.

    Raises:
        UnknownItem: a word is neither in the space nor given.
        EmbeddingError: too few words on a side, a word twice, or the two sides have the same mean.
    """
    for words, side in ((low, "low"), (high, "high")):
        if len(words) < FEWEST:
            raise EmbeddingError(
                f"An axis needs at least {FEWEST} words on each side, so that one can be left out; "
                f"the {side} side has {len(words)}."
            )
    return _axis(space, (low, high), vectors_of, paired=False, seed=seed)


def project_on(axis: Axis, vectors: ArrayLike) -> Vectors:
    """Cosine of each of m vectors with the axis, shape (m,); 0 for a vector of length zero."""
    return np.asarray(unit(np.asarray(vectors, dtype=np.float32)) @ axis.direction)


def separation(
    space: Space, axis: Axis, low: Sequence[str], high: Sequence[str], *, vectors_of: VectorsOf = NONE_GIVEN
) -> Separation:
    """How the axis tells two held-out lists apart.

    Raises:
        UnknownItem: a word is neither in the space nor given.
        EmbeddingError: a list is empty, or a word stands twice or is a seed of the axis.
    """
    if not low or not high:
        raise EmbeddingError("Both lists need at least 1 word.")
    seeds = {word.casefold() for word in (*axis.low, *axis.high)}
    for word in (*low, *high):
        if word.casefold() in seeds:
            raise EmbeddingError(f"“{word}” is a seed of the axis, so its place proves nothing; leave it out.")
    _check_distinct(low, high)
    lows, highs = (project_on(axis, _vectors(space, words, vectors_of)) for words in (low, high))
    return Separation(area_under_curve(lows, highs), lows, highs)


def drawn_rows(axes: Sequence[Axis], *, most: int = DRAWN, always: int = 24, seed: int = 0) -> NDArray[np.intp]:
    """The rows that are drawn: all, or the ends of every axis and a random part of the others; in order."""
    n = len(axes[0].projections)
    if n <= most:
        return np.arange(n)
    kept = set(np.random.default_rng(seed).choice(n, size=most, replace=False).tolist())
    for axis in axes:
        order = np.argsort(axis.projections, kind="stable")
        kept.update(order[:always].tolist(), order[-always:].tolist())
    return np.array(sorted(kept))


def spread(axis: Axis) -> float:
    """The distance from the middle at which colours end: few items lie further out."""
    return float(np.quantile(np.abs(axis.projections - axis.middle), 0.99)) or 1.0


def ends(axis: Axis, most: int = OUTERMOST) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows furthest to the low and to the high end, outermost first; no row is in both."""
    order = np.argsort(axis.projections, kind="stable")
    many = min(most, len(order) // 2) or min(1, len(order))
    return order[:many], order[::-1][:many]


def _axis(
    space: Space, sides: tuple[Sequence[str], Sequence[str]], vectors_of: VectorsOf, *, paired: bool, seed: int
) -> Axis:
    low, high = sides
    _check_distinct(low, high)
    lows, highs = (unit(_vectors(space, words, vectors_of)) for words in (low, high))
    difference = highs.mean(axis=0) - lows.mean(axis=0)
    if np.linalg.norm(difference) < NO_DIRECTION:
        raise EmbeddingError("The two sides have the same mean in this space, so there is no direction between them.")
    direction = unit(difference)
    middle = float((highs @ direction).mean() + (lows @ direction).mean()) / 2
    check = _check(space, lows, highs, paired, seed)
    projections = np.asarray(unit(space.vectors) @ direction)
    return Axis(tuple(low), tuple(high), paired, direction, projections, middle, check)


def _check_distinct(low: Sequence[str], high: Sequence[str]) -> None:
    lows = {word.casefold() for word in low}
    for word in high:
        if word.casefold() in lows:
            raise EmbeddingError(f"“{word}” stands on both sides; a word can be on one only.")
    for words in (low, high):
        seen: set[str] = set()
        for word in words:
            if word.casefold() in seen:
                raise EmbeddingError(f"“{word}” stands twice on one side; left out once, it would still be there.")
            seen.add(word.casefold())


def _vectors(space: Space, words: Sequence[str], vectors_of: VectorsOf) -> Vectors:
    rows = space.collection.rows
    return np.stack(
        [
            given_vector(space, word, vectors_of)
            if word in vectors_of and word not in rows
            else space.vectors[find_row(space, word)]
            for word in words
        ]
    )


def _check(space: Space, low: Vectors, high: Vectors, paired: bool, seed: int) -> AxisCheck:
    measure = held_out_pairs if paired else held_out_lists
    held_out = measure(low, high)
    needed = len(low) + len(high)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(DRAWS if len(space) >= needed else 0):
        drawn = unit(space.vectors[rng.choice(len(space), size=needed, replace=False)])
        random = measure(drawn[: len(low)], drawn[len(low) :])
        found.append((random.accuracy, random.auc))
    accuracies, aucs = np.array(found, dtype=np.float32).reshape(-1, 2).T
    return AxisCheck(held_out, accuracies, aucs, _p_value(aucs, held_out.auc))


def _p_value(random: NDArray[np.float32], observed: float) -> float:
    if not len(random):
        return float("nan")
    return float((1 + (random >= np.float32(observed)).sum()) / (1 + len(random)))
