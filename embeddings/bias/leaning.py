"""All that is asked of one direction at once: how far it is one, and how words lean along it."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from embeddings.bias.direction import BiasDirection, DirectBias, Pairs, bias_direction, direct_bias
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Names
from embeddings.bias.ripa import Ripa, ripa
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space


@dataclass(frozen=True, eq=False)
class Leaning:
    """A direction, and words along it.

    Attributes:
        direction: of the pairs.
        places: float64 of shape (p, 2): cosine of the first and of the second word of each pair with the direction.
        direct: how far the words lean; None without words.
        ripa: how far they lean to each pair, as the definition has it: raw vectors; None without words.
        ripa_unit: the same with all vectors at length 1.
    """

    direction: BiasDirection
    places: Floats
    direct: DirectBias | None
    ripa: Ripa | None
    ripa_unit: Ripa | None


def leaning(
    space: Space,
    pairs: Pairs,
    words: Names = (),
    *,
    strictness: float = 1.0,
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
) -> Leaning:
    """The direction of pairs, and the direct bias and RIPA of words along it.

    Raises:
        EmbeddingError: as for `bias_direction`, `direct_bias` and `ripa`.
    """
    if words:
        direct = direct_bias(space, pairs, words, strictness=strictness, vectors_of=vectors_of, seed=seed)
        direction = direct.direction
        raw, unit = (ripa(space, pairs, words, unit=unit, vectors_of=vectors_of) for unit in (False, True))
        return Leaning(direction, _places(space, direction, vectors_of), direct, raw, unit)
    direction = bias_direction(space, pairs, vectors_of=vectors_of, seed=seed)
    return Leaning(direction, _places(space, direction, vectors_of), None, None, None)


def pair_table(direct: DirectBias, raw: Ripa) -> pa.Table:
    """Each word with its cosine and its RIPA for every pair, for a file."""
    own = {"word": list(map(str, direct.words)), "cosine": direct.cosines, "cosine from the middle": direct.leans}
    pairs = enumerate(raw.pairs)
    return pa.table(own | {f"RIPA {first} − {second}": raw.scores[:, n] for n, (first, second) in pairs})


def _places(space: Space, direction: BiasDirection, vectors_of: VectorsOf) -> Floats:
    names = [name for pair in direction.pairs for name in pair]
    cosines: Floats = Lookup(space, vectors_of).units(names) @ direction.vector.astype(float)
    return cosines.reshape(-1, 2)
