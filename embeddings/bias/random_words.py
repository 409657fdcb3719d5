"""What random words give in the place of the targets: the background an effect must stand out from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from embeddings.bias.association import AssociationTest
from embeddings.bias.effect import Floats, effect_sizes
from embeddings.bias.lookup import Lookup
from embeddings.bias.matching import Bin, Match, draw, matched, others
from embeddings.bias.steps import Progress, blocks
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space
from embeddings.units import unit64

DRAWS = 1_000
_BLOCK = 100


@dataclass(frozen=True, eq=False)
class RandomSets:
    """Effect sizes with random words in place of X and Y; A and B stay.

    Attributes:
        effect_sizes: float64 of shape (draws,).
        p_value: (1 + random sets with at least the observed size of effect, either sign) / (1 + draws).
        match: how random words were matched to the targets.
        bins: into how many groups of like frequency the candidates were divided; 1 is no matching.
        candidates: how many words could be drawn.
    """

    effect_sizes: Floats
    p_value: float
    match: Match
    bins: int
    candidates: int


def random_sets(
    space: Space,
    test: AssociationTest,
    *,
    match: Match = "word frequency",
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> RandomSets:
    """Repeat an association test with random items of the space as targets, as many and of like frequency.

    Candidates are all items that are in none of the four sets. They are divided at the quantiles of the frequency
    into up to ten bins, fewer where a bin would hold less than four candidates for each word to be drawn from it;
    each target is replaced by a word of its own bin, no word twice in a draw.

    Args:
        space: of the test.
        test: what `weat` gave.
        match: by wordfreq's Zipf frequency of English, by the order of the collection, or not at all.
        vectors_of: as for the test.
        draws: how many random pairs of sets.
        seed: of the draws.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: the space is too small, or pictures or typed words have no frequency of this kind.
    """
    lookup = Lookup(space, vectors_of)
    targets = (*test.x, *test.y)
    candidates = others(lookup, (*targets, *test.a, *test.b), range(len(space)))
    bins = matched(lookup, candidates, targets, match)
    a, b = (lookup.units(names).mean(axis=0) for names in (test.a, test.b))
    scores = np.zeros((len(space), 1))
    scores[candidates, 0] = unit64(space.vectors[candidates]) @ (a - b)
    return null_of(test, scores, bins, match, draws=draws, seed=seed, on_progress=on_progress)


def null_of(
    test: AssociationTest,
    scores: Floats,
    bins: tuple[Bin, ...],
    match: Match,
    *,
    draws: int,
    seed: int,
    on_progress: Progress | None,
) -> RandomSets:
    """What random sets give.

    Args:
        test: to hold them against.
        scores: of each row its observations, shape (n, t); a word that is drawn brings all of its own.
        bins: what is drawn from for which targets.
        match: how the bins were made.
        draws: how many random pairs of sets.
        seed: of the draws.
        on_progress: called with (done, total).
    """
    rng = np.random.default_rng(seed)
    targets = sum(len(each.targets) for each in bins)
    observed = targets // 2 * scores.shape[1]
    effects = np.concatenate(
        [
            effect_sizes(scores[draw(bins, block, targets, rng)].reshape(block, -1), observed)
            for block in blocks(draws, _BLOCK, on_progress)
        ]
    )
    beyond = int((np.abs(effects) >= abs(test.effect_size)).sum())
    candidates = sum(len(each.candidates) for each in bins)
    return RandomSets(effects, (1 + beyond) / (1 + draws), match, len(bins), candidates)
