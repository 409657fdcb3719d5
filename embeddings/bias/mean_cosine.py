"""How near words lie to many attribute sets at once: the mean average cosine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space
from embeddings.units import unit64

RULES = Rules(fewest=1)
DRAWS = 1_000


@dataclass(frozen=True, eq=False)
class MeanCosine:
    """Mean cosine distance of m targets to s attribute sets.

    Attributes:
        value: mean over all targets and sets. As a distance 0 to 2, where 1 is no association and smaller is more; as a
            similarity −1 to 1, where 0 is none and larger is more.
        scores: float64 of shape (m, s): mean distance (or similarity) of each target to each set.
        words: the targets used.
        random: the value for as many random items of the space, shape (draws,); empty where there are too few.
        similarity: whether cosines are given as similarities; the source gives distances, some packages similarities.
        check: what was missing or doubled.
    """

    value: float
    scores: Floats
    words: tuple[Name, ...]
    random: Floats
    similarity: bool
    check: SetsCheck


def mac(
    space: Space,
    words: Names,
    attributes: Sequence[Names],
    *,
    similarity: bool = False,
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
) -> MeanCosine:
    """Mean average cosine (Manzini, Lim, Tsvetkov & Black 2019).

    Args:
        space: whose vectors are compared.
        words: targets.
        attributes: any number of sets.
        similarity: give similarities, not distances.
        vectors_of: vectors of words that the space does not hold.
        seed: of the random items.

    Raises:
        EmbeddingError: there is no attribute set, or the sets cannot be used (see `check_sets`).
    """
    if not attributes:
        raise EmbeddingError("There is no attribute set: give at least 1.")
    sets = {"Words": words, **{f"Attributes {number}": each for number, each in enumerate(attributes, 1)}}
    check = check_sets(space, sets, rules=RULES, vectors_of=vectors_of)
    check.require()
    lookup = Lookup(space, vectors_of)
    usable = check.names("Words")
    means = np.stack([lookup.units(each.usable).mean(axis=0) for each in check.sets[1:]])
    of_words, of_all = (lookup.units(usable) @ means.T, unit64(space.vectors) @ means.mean(axis=0))
    if not similarity:
        of_words, of_all = 1 - of_words, 1 - of_all
    random = means_of_random(of_all, len(usable), seed=seed)
    return MeanCosine(float(of_words.mean()), of_words, usable, random, similarity, check)


def means_of_random(values: Floats, size: int, *, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Means of one value an item over random items, each drawn once a draw, shape (draws,).

    Empty where there are fewer than twice as many items as are drawn.
    """
    if len(values) < 2 * size:
        return np.empty(0)
    rng = np.random.default_rng(seed)
    return np.array([values[rng.choice(len(values), size=size, replace=False)].mean() for _ in range(draws)])
