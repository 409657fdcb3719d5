"""Whether words lie nearer to one group or to another: the relative norm distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.steps import blocks
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space

Lengths = Literal["unit", "raw"]
Total = Literal["mean", "sum"]
DRAWS = 10_000
RULES = Rules(apart=(("Group 1", "Group 2"),))
_BLOCK = 1_000
_TIE = 1e-10


@dataclass(frozen=True, eq=False)
class NormDistance:
    """Where m words lie between two groups.

    Attributes:
        value: above 0, the words are nearer to group 2; below 0, to group 1; 0 is even.
        by_word: float64 of shape (m,), distance from the mean of group 1 minus that from the mean of group 2.
        words: as used.
        p_value: two-sided: how often dealing the groups' words out anew gives a value of at least this size,
            (hits + 1) / (draws + 1).
        lengths: "unit" for vectors at length 1 as in the source, "raw" as the encoder gives them; raw ones let long
            vectors rule.
        total: whether the value is the mean over the words or their sum, as in the source; a sum grows with their
            number.
        check: what was missing or doubled.
    """

    value: float
    by_word: Floats
    words: tuple[Name, ...]
    p_value: float
    lengths: Lengths
    total: Total
    check: SetsCheck


def rnd(
    space: Space,
    group_1: Names,
    group_2: Names,
    words: Names,
    *,
    lengths: Lengths = "unit",
    total: Total = "mean",
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
) -> NormDistance:
    """Relative norm distance ‖v − mean(group 1)‖ − ‖v − mean(group 2)‖ over words v (Garg et al. 2018).

    Args:
        space: whose vectors are compared.
        group_1: words that stand for one group.
        group_2: words that stand for the other.
        words: that should lie between.
        lengths: of the vectors.
        total: over the words.
        vectors_of: vectors of words that the space does not hold.
        draws: how often the groups' words are dealt out anew.
        seed: of the draws.

    Raises:
        EmbeddingError: the sets cannot be used (see `check_sets`).
    """
    check = check_sets(
        space, {"Group 1": group_1, "Group 2": group_2, "Words": words}, rules=RULES, vectors_of=vectors_of
    )
    check.require()
    lookup = Lookup(space, vectors_of)
    ones, twos, vectors = (
        lookup.units(names) if lengths == "unit" else lookup.vectors(names).astype(np.float64)
        for names in (check.names(name) for name in ("Group 1", "Group 2", "Words"))
    )
    groups, size = np.concatenate([ones, twos]), len(ones)
    observed = _by_word(vectors, groups, np.arange(len(groups))[None], size)[0]
    hits = 0
    rng = np.random.default_rng(seed)
    tie = _TIE * float(np.abs(observed).sum())
    for block in blocks(draws, _BLOCK):
        dealt = rng.permuted(np.broadcast_to(np.arange(len(groups)), (block, len(groups))), axis=1)
        sums = _by_word(vectors, groups, dealt, size).sum(axis=1)
        hits += int((np.abs(sums) >= abs(float(observed.sum())) - tie).sum())
    value = float(observed.mean() if total == "mean" else observed.sum())
    return NormDistance(value, observed, check.names("Words"), (hits + 1) / (draws + 1), lengths, total, check)


def _by_word(vectors: Floats, groups: Floats, dealt: NDArray[np.intp], size: int) -> Floats:
    """The difference of distances for each way of dealing out the groups, shape (ways, m).

    Distances by way of inner products, so that the means need not be subtracted from every word.
    """
    in_first = np.zeros(dealt.shape)
    np.put_along_axis(in_first, dealt[:, :size], 1 / size, axis=1)
    in_second = (in_first == 0) / (len(groups) - size)
    inner, among = vectors @ groups.T, groups @ groups.T
    own = (vectors**2).sum(axis=1)
    distances = [
        np.sqrt(np.maximum(own - 2 * weights @ inner.T + ((weights @ among) * weights).sum(axis=1)[:, None], 0))
        for weights in (in_first, in_second)
    ]
    return np.asarray(distances[0] - distances[1])
