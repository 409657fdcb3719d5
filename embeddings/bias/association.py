"""The association test over words, sentences or pictures: are X nearer to A, and Y to B?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import (
    NO_SPREAD,
    Bounds,
    Cosines,
    Floats,
    WithoutOne,
    bootstrap,
    bootstrap_interval,
    effect_sizes,
    without_one,
)
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.partitions import DRAWS, partition_test
from embeddings.bias.steps import Progress
from embeddings.bias.word_sets import ASSOCIATION, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space


@dataclass(frozen=True, eq=False)
class AssociationTest:
    """What an association test found.

    Attributes:
        effect_size: d, between −2 and 2; above 0, X is nearer to A (and Y to B) than the other way round.
        statistic: Σ over X − Σ over Y of the scores, which the p-values are about.
        p_value: one-sided, for an effect in the direction X–A, Y–B, as published.
        p_two_sided: for an effect in either direction.
        exact: whether all equal-size partitions were counted; else p is (hits + 1) / (draws + 1).
        partitions: how many were counted or drawn.
        interval: 95 % of the effect size when all four sets are resampled (BCa bootstrap): other words like these.
        x, y, a, b: the words or rows used.
        x_scores, y_scores: float64, s(w, A, B) of each: mean cosine with A minus mean cosine with B.
        left_out: the effect size without each word in turn.
        trimmed: words of the longer target set that were dropped to make both as many.
        check: what was missing or doubled; its notes belong beside the result.
        seed: of the random steps.
    """

    effect_size: float
    statistic: float
    p_value: float
    p_two_sided: float
    exact: bool
    partitions: int
    interval: Bounds
    x: tuple[Name, ...]
    y: tuple[Name, ...]
    a: tuple[Name, ...]
    b: tuple[Name, ...]
    x_scores: Floats
    y_scores: Floats
    left_out: WithoutOne
    trimmed: tuple[Name, ...]
    check: SetsCheck
    seed: int


def weat(
    space: Space,
    x: Names,
    y: Names,
    a: Names,
    b: Names,
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
    trim: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> AssociationTest:
    """The word embedding association test (Caliskan, Bryson & Narayanan 2017).

    Over rows of pictures it is the image test of Steed & Caliskan (2021). Cosines in float64; a vector of length zero
    has a cosine of 0 with everything.

    Args:
        space: whose vectors are compared.
        x: targets, texts or rows.
        y: as many other targets.
        a: attributes that x may be nearer to.
        b: attributes that y may be nearer to.
        vectors_of: vectors of words that the space does not hold.
        trim: drop the last words of the longer of X and Y where their usable words are not as many.
        draws: random partitions where there are more than 200,000.
        seed: of partitions and resamples.
        on_progress: called with (done, total) over the partitions drawn.

    Raises:
        EmbeddingError: the sets cannot be used (see `check_sets`), or all words have the same score.
    """
    rules = ASSOCIATION._replace(equal=()) if trim else ASSOCIATION
    check = check_sets(space, {"X": x, "Y": y, "A": a, "B": b}, rules=rules, vectors_of=vectors_of)
    check.require()
    xs, ys = check.names("X"), check.names("Y")
    size = min(len(xs), len(ys))
    trimmed = (*xs[size:], *ys[size:])
    used = (xs[:size], ys[:size], check.names("A"), check.names("B"))
    cosines = _cosines(Lookup(space, vectors_of), used)
    scores = cosines.scores
    if scores.std(ddof=1) <= NO_SPREAD:
        raise EmbeddingError(
            "All words of X and Y are associated with A and B to exactly the same degree, so there is no effect size."
        )
    partitions = partition_test(scores, draws=draws, seed=seed, on_progress=on_progress)
    left_out = without_one(cosines)
    return AssociationTest(
        float(effect_sizes(scores, size)),
        float(scores[:size].sum() - scores[size:].sum()),
        *partitions,
        bootstrap_interval(cosines, left_out, bootstrap(cosines, seed=seed)),
        *used,
        scores[:size],
        scores[size:],
        left_out,
        trimmed,
        check,
        seed,
    )


def _cosines(lookup: Lookup, used: tuple[Names, Names, Names, Names]) -> Cosines:
    x, y, a, b = (lookup.units(names) for names in used)
    targets = np.concatenate([x, y])
    return Cosines(targets @ a.T, targets @ b.T, len(x))
