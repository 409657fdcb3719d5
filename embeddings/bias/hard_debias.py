"""Taking a direction out of all words that should be neutral: hard debiasing."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from embeddings.bias.debiased import Debiased, changed, taken_out
from embeddings.bias.direction import BiasDirection, Pairs, require_pairs
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.space import Space
from embeddings.units import unit64

_FLAT = 1e-6


def hard_debias(
    space: Space,
    direction: BiasDirection,
    *,
    keep: Names = (),
    equalise: Pairs = (),
    vectors_of: VectorsOf = NONE_GIVEN,
) -> Debiased:
    """Neutralise, and equalise pairs where asked (Bolukbasi, Chang, Zou, Saligrama & Kalai 2016).

    Every vector is brought to length 1, loses its part along the direction, and is brought to length 1 again; so a
    word's cosine with the direction becomes 0. The words of the direction's pairs and those of `keep` stay as they
    are. Words of an equalised pair come to differ along the direction only, at the same distance on both sides, so
    that every neutral word is equally near to both.

    Args:
        space: is not changed.
        direction: from `bias_direction`.
        keep: words that the direction belongs to by meaning, such as "grandmother".
        equalise: pairs that should differ in the direction alone; empty for none.
        vectors_of: vectors of typed words, changed alike.

    Raises:
        UnknownItem: a word to keep has no vector.
        EmbeddingError: a pair to equalise cannot be used.
    """
    lookup = Lookup(space, vectors_of)
    spared = {lookup.key(name) for name in _known(lookup, keep)}
    spared |= {lookup.key(name) for pair in direction.pairs for name in pair if lookup.knows(name)}
    basis = unit64(direction.vector)[None]
    vectors = unit64(taken_out(unit64(space.vectors), basis))
    kept = np.array(sorted(row for row in spared if isinstance(row, int)), dtype=np.intp)
    vectors[kept] = unit64(space.vectors[kept])
    given = {
        name: unit64(vector) if lookup.key(name) in spared else unit64(taken_out(unit64(vector)[None], basis)[0])
        for name in vectors_of
        for vector in (given_vector(space, name, vectors_of),)
    }
    if equalise:
        require_pairs(space, equalise, vectors_of=vectors_of, fewest=1)
    for first, second in equalise:
        for name, vector in zip((first, second), _equalised(lookup, (first, second), basis[0]), strict=True):
            row = lookup.row(name)
            if row is None:
                given[str(name)] = vector
            else:
                vectors[row] = vector
    method = "hard debias, pairs equalised" if equalise else "hard debias"
    return Debiased(changed(space, vectors, method), MappingProxyType(given), method, basis, kept)


def _known(lookup: Lookup, names: Names) -> Names:
    for name in names:
        if not lookup.knows(name):
            raise UnknownItem(str(name), lookup.suggestions(str(name)))
    return names


def _equalised(lookup: Lookup, pair: tuple[Name, Name], direction: Floats) -> Floats:
    """Both words at length 1: what they share without the direction, and ± enough of the direction."""
    units = lookup.units(pair)
    places = units @ direction
    if abs(float(places[0] - places[1])) < _FLAT:
        first, second = (lookup.text(name) for name in pair)
        raise EmbeddingError(f"“{first}” and “{second}” are at the same place of the direction: nothing to equalise.")
    shared = taken_out(units.mean(axis=0)[None], direction[None])[0]
    reach = np.sqrt(max(0.0, 1 - float(shared @ shared)))
    return np.asarray(shared + np.sign(places - places.mean())[:, None] * reach * direction)
