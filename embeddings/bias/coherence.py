"""Whether attributes keep their order seen from two groups: the embedding coherence test."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import NO_SPREAD, Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.norm_distance import Lengths
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space
from embeddings.units import unit64

FEWEST = 3
RULES = Rules(apart=(("Group 1", "Group 2"),))


@dataclass(frozen=True, eq=False)
class Coherence:
    """Cosines of m attributes with the means of two groups, and how well their orders agree.

    Attributes:
        value: Spearman's correlation, −1 to 1; 1 is coherent, smaller is more biased.
        to_group_1: float64 of shape (m,).
        to_group_2: float64 of shape (m,).
        words: the attributes used.
        lengths: "raw" as in the source, or "unit": vectors at length 1 before the means are taken.
        check: what was missing or doubled.
    """

    value: float
    to_group_1: Floats
    to_group_2: Floats
    words: tuple[Name, ...]
    lengths: Lengths
    check: SetsCheck


def ect(
    space: Space,
    group_1: Names,
    group_2: Names,
    words: Names,
    *,
    lengths: Lengths = "raw",
    vectors_of: VectorsOf = NONE_GIVEN,
) -> Coherence:
    """Embedding coherence test (Dev & Phillips 2019).

    Raises:
        EmbeddingError: the sets cannot be used (see `check_sets`), fewer than 3 words remain, or all have the same
            cosine.
    """
    check = check_sets(
        space, {"Group 1": group_1, "Group 2": group_2, "Words": words}, rules=RULES, vectors_of=vectors_of
    )
    check.require()
    usable = check.names("Words")
    if len(usable) < FEWEST:
        raise EmbeddingError(f"An order needs at least {FEWEST} words, got {len(usable)}.")
    lookup = Lookup(space, vectors_of)
    units = lookup.units(usable)
    first, second = (
        units @ unit64((lookup.units(names) if lengths == "unit" else lookup.vectors(names)).mean(axis=0))
        for names in (check.names("Group 1"), check.names("Group 2"))
    )
    if min(first.std(), second.std()) <= NO_SPREAD:
        raise EmbeddingError("All words have the same cosine with a group, so they have no order.")
    return Coherence(float(stats.spearmanr(first, second).statistic), first, second, usable, lengths, check)
