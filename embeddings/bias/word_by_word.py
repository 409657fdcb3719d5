"""Each word's association with two sets, beside a number of the reader's own: do vectors follow the world?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import NO_SPREAD, Bounds, Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space

FEWEST = 4
RULES = Rules(apart=(("A", "B"),))


@dataclass(frozen=True, eq=False)
class WordByWord:
    """Associations of m words, and how they go with a column.

    Attributes:
        words: that have a vector and a number.
        associations: float64 of shape (m,): above 0, nearer to A than to B.
        values: the reader's numbers, shape (m,).
        r: Pearson correlation of both, −1 to 1.
        interval: its 95 % interval (Fisher's transformation).
        p_value: two-sided, for "no linear relation".
        rho: Spearman's rank correlation, for relations that are no straight line.
        without_value: how many words had no number.
        check: what was missing or doubled.
    """

    words: tuple[Name, ...]
    associations: Floats
    values: Floats
    r: float
    interval: Bounds
    p_value: float
    rho: float
    without_value: int
    check: SetsCheck


def wefat(
    space: Space,
    words: Names,
    values: Sequence[float | None],
    a: Names,
    b: Names,
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
) -> WordByWord:
    """The word embedding factual association test (Caliskan, Bryson & Narayanan 2017).

    A word's association is (mean cosine with A − mean cosine with B) / sample standard deviation of its cosines with
    both; 0 where that has no spread.

    Args:
        space: whose vectors are compared.
        words: texts or rows.
        values: one number for each word, such as the share of women in an occupation; None or NaN where unknown.
        a: attributes.
        b: attributes.
        vectors_of: vectors of words that the space does not hold.

    Raises:
        EmbeddingError: the sets cannot be used, fewer than 4 words have a number, or all numbers or all associations
            are equal.
        ValueError: words and values differ in number.
    """
    if len(words) != len(values):
        raise ValueError(f"values must be as many as words = {len(words)}, got {len(values)}")
    check = check_sets(space, {"Words": words, "A": a, "B": b}, rules=RULES, vectors_of=vectors_of)
    check.require()
    number: dict[Name, float] = {}
    for word, value in zip(words, values, strict=True):
        number.setdefault(word, np.nan if value is None else float(value))
    usable = check.names("Words")
    known = tuple(word for word in usable if np.isfinite(number[word]))
    if len(known) < FEWEST:
        raise EmbeddingError(f"A correlation needs at least {FEWEST} words with a number, got {len(known)}.")
    associations = _associations(Lookup(space, vectors_of), known, check)
    numbers = np.array([number[word] for word in known])
    for column, what in ((numbers, "All words have the same number"), (associations, "All associations are equal")):
        if column.std() <= NO_SPREAD:
            raise EmbeddingError(f"{what}, so there is nothing to correlate.")
    found = stats.pearsonr(associations, numbers)
    low, high = found.confidence_interval(0.95)
    return WordByWord(
        known,
        associations,
        numbers,
        float(found.statistic),
        Bounds(float(low), float(high)),
        float(found.pvalue),
        float(stats.spearmanr(associations, numbers).statistic),
        len(usable) - len(known),
        check,
    )


def _associations(lookup: Lookup, words: Names, check: SetsCheck) -> Floats:
    units = lookup.units(words)
    to_a, to_b = (units @ lookup.units(check.names(name)).T for name in ("A", "B"))
    spread = np.concatenate([to_a, to_b], axis=1).std(axis=1, ddof=1)
    difference = to_a.mean(axis=1) - to_b.mean(axis=1)
    return np.asarray(np.divide(difference, spread, out=np.zeros(len(units)), where=spread > NO_SPREAD))
