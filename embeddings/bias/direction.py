"""The direction between pairs such as she and he: how much of their differences is one, and what lies along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.word_sets import FEWEST, Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.reading.wording import several
from embeddings.space import Space, Vectors
from embeddings.units import unit64

Pairs = Sequence[tuple[Name, Name]]
DRAWS = 1_000
_FLAT = 1e-6
RULES = Rules(fewest=1, apart=(("First words", "Second words"),))

# Bolukbasi et al. (2016).
DEFINITIONAL_PAIRS: tuple[tuple[str, str], ...] = (
    ("woman", "man"),
    ("girl", "boy"),
    ("she", "he"),
    ("mother", "father"),
    ("daughter", "son"),
    ("gal", "guy"),
    ("female", "male"),
    ("her", "his"),
    ("herself", "himself"),
    ("Mary", "John"),
)


@dataclass(frozen=True, eq=False)
class BiasDirection:
    """The first principal component of p pairs, each centred on its own mean.

    Attributes:
        pairs: (first, second), as used.
        vector: float32 of shape (d,), length 1, from the second words towards the first: she − he.
        explained: share of the pairs' variance along each component, shape (p,), largest first.
        random_explained: share along the first component for as many random pairs, shape (draws,); empty where the
            space has too few items.
        p_value: (1 + random sets of pairs that agree as much) / (1 + draws); not a number without them.
        along: float32 of shape (n,), cosine of each item with the direction.
        middle: the cosine half-way between the means of the first and of the second words. From here a word leans,
            larger cosines towards the first words; 0 is not neutral: all words may lie to one side of it.
        check: what was doubled.
    """

    pairs: tuple[tuple[Name, Name], ...]
    vector: Vectors
    explained: Floats
    random_explained: Floats
    p_value: float
    along: Vectors
    middle: float
    check: SetsCheck


@dataclass(frozen=True, eq=False)
class DirectBias:
    """How much words that should be neutral lean to either end of a direction.

    Attributes:
        value: mean of |cosine| to the power of the strictness, 0 to 1, counted from 0 as published; larger is more
            biased.
        of_all: the same over all items of the space.
        words: the neutral words.
        cosines: float64 of each with the direction; see its `middle`.
        strictness: 1 as published; larger counts strong leanings only, 0 counts any.
        direction: what it is measured along.
        check: what was missing or doubled.
    """

    value: float
    of_all: float
    words: tuple[Name, ...]
    cosines: Floats
    strictness: float
    direction: BiasDirection
    check: SetsCheck

    @property
    def leans(self) -> Floats:
        """How far each word lies from the middle of the pairs, above 0 towards the first words."""
        return self.cosines - self.direction.middle

    @property
    def usual_lean(self) -> float:
        """How far any item of the space lies from the middle on average, to either side."""
        return float(np.abs(self.direction.along - self.direction.middle).mean())


def bias_direction(
    space: Space, pairs: Pairs, *, vectors_of: VectorsOf = NONE_GIVEN, draws: int = DRAWS, seed: int = 0
) -> BiasDirection:
    """The direction that pairs share, by PCA of the pairs centred on their means (Bolukbasi et al. 2016).

    All vectors at length 1. Random pairs are of different items of the space, each used once.

    Raises:
        EmbeddingError: fewer than two pairs, a word twice or unknown, or all pairs are of equal vectors.
    """
    check = require_pairs(space, pairs, vectors_of=vectors_of)
    lookup = Lookup(space, vectors_of)
    firsts, seconds = (lookup.units([pair[side] for pair in pairs]) for side in (0, 1))
    differences = firsts - seconds
    _, sizes, axes = np.linalg.svd(differences, full_matrices=False)
    if sizes[0] < _FLAT:
        raise EmbeddingError("Both words of every pair have the same direction here, so nothing lies between them.")
    vector = axes[0] if differences.mean(axis=0) @ axes[0] >= 0 else -axes[0]
    explained = sizes**2 / (sizes**2).sum()
    random = _random_explained(space, len(pairs), draws, seed)
    agreeing = int((random >= explained[0]).sum())
    p_value = (1 + agreeing) / (1 + draws) if len(random) else float("nan")
    along = (unit64(space.vectors) @ vector).astype(np.float32)
    middle = float(((firsts + seconds) @ vector).mean() / 2)
    return BiasDirection(tuple(pairs), vector.astype(np.float32), explained, random, p_value, along, middle, check)


def direct_bias(
    space: Space,
    pairs: Pairs,
    words: Names,
    *,
    strictness: float = 1.0,
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
) -> DirectBias:
    """Direct bias of words that should be neutral, such as professions (Bolukbasi et al. 2016).

    Raises:
        EmbeddingError: as for `bias_direction`, or the words cannot be used.
        ValueError: the strictness is negative.
    """
    if strictness < 0:
        raise ValueError(f"strictness must not be negative, got {strictness}")
    check = check_sets(space, {"Words": words}, rules=Rules(), vectors_of=vectors_of)
    check.require()
    direction = bias_direction(space, pairs, vectors_of=vectors_of, seed=seed)
    usable = check.names("Words")
    cosines = Lookup(space, vectors_of).units(usable) @ direction.vector.astype(np.float64)
    value, of_all = (float((np.abs(each) ** strictness).mean()) for each in (cosines, direction.along))
    return DirectBias(value, of_all, usable, cosines, strictness, direction, check)


def require_pairs(space: Space, pairs: Pairs, *, vectors_of: VectorsOf = NONE_GIVEN, fewest: int = FEWEST) -> SetsCheck:
    """What a check finds of pairs that can be used.

    Raises:
        EmbeddingError: there are too few, or a word is unknown or stands in two places.
    """
    if len(pairs) < fewest:
        raise EmbeddingError(f"A direction needs at least {several(fewest, 'pair')}, got {len(pairs)}.")
    sets = {"First words": [first for first, _ in pairs], "Second words": [second for _, second in pairs]}
    check = check_sets(space, sets, rules=RULES, vectors_of=vectors_of)
    check.require()
    for each in check.sets:
        if each.missing:
            raise EmbeddingError(f"“{each.missing[0].word}” has no vector here, so its pair cannot be used.")
        if each.duplicates:
            raise EmbeddingError(f"“{each.duplicates[0]}” stands in two pairs; a word can be in one only.")
    return check


def component_table(direction: BiasDirection) -> pa.Table:
    """The share of every component, and of random pairs that of the first."""
    random = direction.random_explained
    blank: list[float | None] = [None] * (len(direction.explained) - 1)
    low, middle, high = np.quantile(random, [0.025, 0.5, 0.975]).tolist() if len(random) else [None] * 3
    return pa.table(
        {
            "component": list(range(1, len(direction.explained) + 1)),
            "share of variance": direction.explained,
            "random pairs": pa.array([middle, *blank], pa.float64()),
            "random low": pa.array([low, *blank], pa.float64()),
            "random high": pa.array([high, *blank], pa.float64()),
        }
    )


def _random_explained(space: Space, pairs: int, draws: int, seed: int) -> Floats:
    """The first component's share for random pairs, from the p × p products of their differences."""
    if len(space) < 4 * pairs:
        return np.empty(0)
    rng = np.random.default_rng(seed)
    shares = []
    for _ in range(draws):
        drawn = unit64(space.vectors[rng.choice(len(space), size=2 * pairs, replace=False)])
        differences = drawn[:pairs] - drawn[pairs:]
        squares = np.linalg.eigvalsh(differences @ differences.T)
        shares.append(squares[-1] / squares.sum() if squares.sum() > _FLAT else 1.0)
    return np.array(shares)
