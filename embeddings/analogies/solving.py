"""king − man + woman: the answers, the rank of the one expected, and what stands beside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.analogies.expression import Expression
from embeddings.analogies.inputs import Inputs, find_inputs
from embeddings.analogies.methods import Scores, find_method
from embeddings.errors import EmbeddingError, ExpressionError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import Neighbours, find_row
from embeddings.ranks import Rows
from embeddings.space import Space, Vectors


class ExpectedRank(NamedTuple):
    """Where the expected answer comes out, 1 for first; of equal scores the lower row comes first.

    Attributes:
        row: of the expected answer.
        score: its score, in the method's unit.
        with_inputs: its rank when inputs may be answers.
        without_inputs: its rank when they may not; None where it is an input itself.
        candidates: number of items that may be answers when inputs may.
    """

    row: int
    score: float
    with_inputs: int
    without_inputs: int | None
    candidates: int


class Baseline(NamedTuple):
    """What a single input finds: an answer that the sum must beat.

    Attributes:
        name: the input.
        neighbours: the nearest to it by cosine.
    """

    name: str
    neighbours: Neighbours


def solve(
    space: Space,
    expression: str | Expression | Inputs,
    *,
    k: int = 10,
    method: str = "3CosAdd",
    exclude_inputs: bool = True,
    vectors_of: VectorsOf = NONE_GIVEN,
) -> Neighbours:
    """The k best answers, best first; larger scores are better, of equal ones the lower row comes first.

    A sum that only takes away points to the opposite of its names, so its answers are what is least like them.

    Args:
        space: the candidates; their vectors are taken at length 1, one of length zero scores 0.
        expression: as typed, parsed, or looked up.
        k: fewer come back when there are fewer candidates.
        method: a name in METHODS.
        exclude_inputs: leave out every row that holds an input, in any case of its letters.
        vectors_of: see `find_inputs`.

    Raises:
        ExpressionError: it cannot be read, a name is unknown, the sum is zero, or the method needs b − a + c.
        EmbeddingError: there is no such method, or every candidate is an input.
        ValueError: k is not positive.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    inputs = _inputs(space, expression, vectors_of)
    return _best(_scores(space, inputs, method), k, inputs.same if exclude_inputs else frozenset())


def expected_rank(
    space: Space,
    expression: str | Expression | Inputs,
    expected: str | int,
    *,
    method: str = "3CosAdd",
    vectors_of: VectorsOf = NONE_GIVEN,
) -> ExpectedRank:
    """Where an expected answer, an item or a row, comes out among all candidates.

    Raises:
        UnknownItem: the expected answer is not in the space.
        EmbeddingError: as for `solve`.
    """
    row = find_row(space, expected) if isinstance(expected, str) else int(expected)
    inputs = _inputs(space, expression, vectors_of)
    scores = _scores(space, inputs, method)
    ahead = scores > scores[row]
    ahead[:row] |= scores[:row] == scores[row]
    before = int(ahead.sum())
    inputs_before = int(ahead[list(inputs.same)].sum())
    without = None if row in inputs.same else before - inputs_before + 1
    return ExpectedRank(row, float(scores[row]), before + 1, without, len(space))


def baselines(
    space: Space,
    expression: str | Expression | Inputs,
    *,
    k: int = 10,
    exclude_inputs: bool = True,
    vectors_of: VectorsOf = NONE_GIVEN,
) -> tuple[Baseline, ...]:
    """The nearest items to each added input alone, all inputs left out as in `solve`.

    Raises:
        EmbeddingError: as for `solve`.
    """
    inputs = _inputs(space, expression, vectors_of)
    banned = inputs.same if exclude_inputs else frozenset()
    cosines = _cosines(space, inputs.units)
    return tuple(
        Baseline(term.name, _best(scores, k, banned))
        for term, scores in zip(inputs.terms, cosines, strict=True)
        if term.weight > 0
    )


def _inputs(space: Space, expression: str | Expression | Inputs, vectors_of: VectorsOf) -> Inputs:
    if isinstance(expression, Inputs):
        return expression
    return find_inputs(space, expression, vectors_of=vectors_of)


def _scores(space: Space, inputs: Inputs, method: str) -> Scores:
    kind = find_method(method)
    order = list(range(len(inputs.terms)))
    if kind.analogies_only:
        if inputs.analogy is None:
            raise ExpressionError(
                f"{method} answers only a sum of the form b - a + c, such as king - man + woman.",
                min(term.start for term in inputs.terms),
                max(term.end for term in inputs.terms),
            )
        order = list(inputs.analogy)
    units = inputs.units[order]
    scores = kind.scores(kind.prepare(_cosines(space, units)), inputs.weights[order], units @ units.T)
    scores[space.norms == 0] = 0
    return scores + np.float32(0)  # of a sum that only takes away −0 becomes 0


def _cosines(space: Space, units: Vectors) -> Vectors:
    """Cosines of every unit vector with every item, shape (t, n); 0 for items of length zero."""
    products = units @ space.vectors.T
    cosines: Vectors = np.divide(products, space.norms, out=np.zeros_like(products), where=space.norms > 0)
    return cosines


def _best(scores: Scores, k: int, banned: frozenset[int]) -> Neighbours:
    if len(banned) == len(scores):
        raise EmbeddingError("Every candidate is an input: let inputs be answers, or choose more candidates.")
    order = scores.copy()
    order[list(banned)] = -np.inf
    k = min(k, len(scores) - len(banned))
    threshold = np.partition(order, len(order) - k)[len(order) - k]
    rows = np.flatnonzero(order >= threshold)
    best: Rows = rows[np.argsort(-order[rows], kind="stable")][:k].astype(np.int32)
    return Neighbours(best, scores[best].astype(np.float64))
