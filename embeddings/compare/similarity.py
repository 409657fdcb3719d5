"""Do similar vectors mean what people find similar? Rank correlation over scored pairs (STS)."""

from __future__ import annotations

from math import atanh, nan, sqrt, tanh
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.scored_pairs import FEWEST, ScoredPairs
from embeddings.errors import EmbeddingError
from embeddings.intervals import Z_95
from embeddings.pairs import Pairs, pair_distances, rank_correlation
from embeddings.space import Space


class SimilarityCorrelation(NamedTuple):
    """How cosines follow the scores of people.

    Attributes:
        spearman: rank correlation over the covered pairs, −1 to 1; larger is better, ties share their mean rank; not a
            number where all scores or all cosines are equal.
        low, high: its 95 % interval (Bonett & Wright 2000).
        covered: bool of shape (m,): pairs whose two texts the space holds; the others are left out.
        cosines: float64 of shape (m,); not a number where a text is missing.
        scores: those of people, shape (m,).
    """

    spearman: float
    low: float
    high: float
    covered: NDArray[np.bool_]
    cosines: NDArray[np.float64]
    scores: NDArray[np.float64]


def similarity_correlation(space: Space, pairs: ScoredPairs) -> SimilarityCorrelation:
    """Compare cosines with scores; texts are looked up as written, then in any case of their letters.

    A space of `pairs.collection()` holds all of them. Scores of encoders are comparable only on the same pairs.

    Raises:
        EmbeddingError: the space holds the texts of fewer than 3 pairs.
    """
    rows = space.collection.rows
    folded = {text.casefold(): row for text, row in reversed(list(rows.items())) if isinstance(text, str)}
    places = np.array(
        [[rows.get(text, folded.get(text.casefold(), -1)) for text in (pair.one, pair.other)] for pair in pairs.pairs]
    )
    covered = np.asarray((places >= 0).all(axis=1))
    if covered.sum() < FEWEST:
        raise EmbeddingError(
            f"This collection holds both texts of {covered.sum()} of the {len(pairs):,} pairs of “{pairs.name}”; "
            f"at least {FEWEST} are needed. Encode the texts of the pairs themselves."
        )
    cosines = np.full(len(pairs), np.nan)
    cosines[covered] = 1 - pair_distances(space.vectors, Pairs(*places[covered].T), "cosine")
    scores = np.array([pair.score for pair in pairs.pairs])
    correlation = rank_correlation(cosines[covered], scores[covered])
    return SimilarityCorrelation(correlation, *_interval(correlation, int(covered.sum())), covered, cosines, scores)


def _interval(correlation: float, m: int) -> tuple[float, float]:
    if m <= FEWEST or not abs(correlation) < 1:
        return nan, nan
    half = Z_95 * sqrt((1 + correlation**2 / 2) / (m - 3))
    return tanh(atanh(correlation) - half), tanh(atanh(correlation) + half)
