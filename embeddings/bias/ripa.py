"""Words along single pairs, lengths and all: the relational inner product association."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from embeddings.bias.checking import check_sets
from embeddings.bias.direction import Pairs, require_pairs
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space, lengths
from embeddings.units import unit64

_FLAT = 1e-6


@dataclass(frozen=True, eq=False)
class Ripa:
    """Associations of m words with p pairs.

    Attributes:
        value: mean over the words of the size of their mean association: larger is a stronger lean to either side.
        scores: float64 of shape (m, p), counted from 0 as defined; larger towards the first word of the pair.
        middle: what half-way between the two words of a pair comes to, over the pairs: 0 where all have length 1.
        words: as used.
        pairs: as used.
        unit: whether vectors were brought to length 1; raw ones are the definition, and long vectors then weigh more.
        check: what was missing or doubled.
    """

    value: float
    scores: Floats
    middle: float
    words: tuple[Name, ...]
    pairs: tuple[tuple[Name, Name], ...]
    unit: bool
    check: SetsCheck


def ripa(space: Space, pairs: Pairs, words: Names, *, unit: bool = False, vectors_of: VectorsOf = NONE_GIVEN) -> Ripa:
    """Inner products v · (x − y) / ‖x − y‖ of words v and pairs (x, y) (Ethayarajh, Duvenaud & Hirst 2019).

    Raises:
        EmbeddingError: the words or pairs cannot be used, or both words of a pair have the same vector.
    """
    check = check_sets(space, {"Words": words}, rules=Rules(), vectors_of=vectors_of)
    check.require()
    require_pairs(space, pairs, vectors_of=vectors_of, fewest=1)
    lookup = Lookup(space, vectors_of)
    usable = check.names("Words")
    firsts, seconds, vectors = (
        lookup.units(names) if unit else lookup.vectors(names).astype(np.float64)
        for names in ([first for first, _ in pairs], [second for _, second in pairs], usable)
    )
    between = firsts - seconds
    flat = np.flatnonzero(lengths(between) <= _FLAT * (lengths(firsts) + lengths(seconds)))
    if len(flat):
        first, second = pairs[int(flat[0])]
        raise EmbeddingError(
            f"“{lookup.text(first)}” and “{lookup.text(second)}” have the same vector here, so nothing lies between."
        )
    scores: Floats = vectors @ unit64(between).T
    middle = float(np.einsum("ij,ij->i", firsts + seconds, unit64(between)).mean() / 2)
    return Ripa(float(np.abs(scores.mean(axis=1)).mean()), scores, middle, usable, tuple(pairs), unit, check)
