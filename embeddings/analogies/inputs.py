"""The vectors that an expression names: from the collection, or given for typed words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from embeddings.analogies.expression import Expression, Term
from embeddings.analogies.parsing import NEGLIGIBLE, parse
from embeddings.analogies.tokens import Known
from embeddings.errors import ExpressionError, UnknownItem
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.units import unit


@dataclass(frozen=True, eq=False)
class Inputs:
    """The t inputs of a sum, each once, at length 1.

    Attributes:
        terms: names and weights; two spellings of one item are one term.
        rows: the row of each in the space; None where its vector was given.
        units: float32 of shape (t, d).
        same: all rows that hold an input, other cases of its letters and repetitions included; not to be answers.
    """

    terms: tuple[Term, ...]
    rows: tuple[int | None, ...]
    units: Vectors
    same: frozenset[int]

    @property
    def weights(self) -> Vectors:
        """Shape (t,)."""
        return np.array([term.weight for term in self.terms], dtype=np.float32)

    @property
    def total(self) -> Vectors:
        """The weighted sum of the unit vectors, shape (d,)."""
        return np.asarray(self.weights @ self.units)

    @property
    def analogy(self) -> tuple[int, int, int] | None:
        """Places of a, b and c where the sum is b − a + c ("a is to b as c is to ?"); of two added, b comes first."""
        weights = [term.weight for term in self.terms]
        if sorted(weights) != [-1, 1, 1]:
            return None
        a = weights.index(-1)
        b, c = (place for place in range(3) if place != a)
        return a, b, c


def find_inputs(space: Space, expression: str | Expression, *, vectors_of: VectorsOf = NONE_GIVEN) -> Inputs:
    """Look up every name of an expression: exactly, then among the given vectors, then in any case of its letters.

    Args:
        space: the candidates.
        expression: as typed, or parsed.
        vectors_of: vectors of names that need not be in the space; rows by their written name, `#12`, which then
            stand before rows of this space (when the candidates are another collection).

    Raises:
        ExpressionError: it cannot be read, a name is unknown (with the nearest spellings), or the sum is zero.
    """
    if isinstance(expression, str):
        expression = parse(expression, known=known_names(space, vectors_of))
    spellings = rows_of(space, (term.name for term in expression.terms if term.row is None))
    merged: dict[int | str, tuple[Term, int | None, Vectors]] = {}
    for term in expression.terms:
        row, vector = _look_up(space, term, spellings, vectors_of)
        key: int | str = term.name if row is None else row
        before = merged[key][0].weight if key in merged else 0.0
        first = merged[key][0] if key in merged else term
        merged[key] = first._replace(weight=before + term.weight), row, vector
    kept = [found for found in merged.values() if abs(found[0].weight) >= NEGLIGIBLE]
    whole = (0, len(expression.text))
    if not kept:
        raise ExpressionError("Nothing is left: the words are the same item here and cancel out.", *whole)
    inputs = Inputs(
        tuple(term for term, _, _ in kept),
        tuple(row for _, row, _ in kept),
        unit(np.stack([vector for _, _, vector in kept])),
        _same_items(space, [term.name for term, _, _ in kept], [row for _, row, _ in kept]),
    )
    _check(inputs, whole)
    return inputs


def unknown_names(space: Space, expression: Expression) -> tuple[str, ...]:
    """The names that the space does not hold in any case of its letters: what has to be encoded first."""
    spellings = rows_of(space, (term.name for term in expression.terms if term.row is None))
    return tuple(term.name for term in expression.terms if term.row is None and term.name.casefold() not in spellings)


def known_names(space: Space, vectors_of: VectorsOf = NONE_GIVEN) -> Known:
    """A test for `parse`: whether a name is in the space, as written or in small letters, or among given vectors."""
    rows = space.collection.rows
    return lambda name: name in rows or name.casefold() in rows or name in vectors_of


def rows_of(space: Space, names: Iterable[str]) -> dict[str, list[int]]:
    """All rows that hold a name in any case of its letters, by the name in folded case; unknown names are absent."""
    wanted = {name.casefold() for name in names}
    found: dict[str, list[int]] = {}
    if wanted:
        for row, item in enumerate(space.collection.items):
            if isinstance(item, str) and (folded := item.casefold()) in wanted:
                found.setdefault(folded, []).append(row)
    return found


def _look_up(
    space: Space, term: Term, spellings: dict[str, list[int]], vectors_of: VectorsOf
) -> tuple[int | None, Vectors]:
    if term.row is not None:
        return _look_up_row(space, term, term.row, vectors_of)
    row = space.collection.rows.get(term.name)
    if row is None and term.name in vectors_of:
        return None, given_vector(space, term.name, vectors_of)
    if row is None and term.name.casefold() in spellings:
        row = spellings[term.name.casefold()][0]
    if row is not None:
        return row, space.vectors[row]
    try:
        row = find_row(space, term.name)
    except UnknownItem as error:
        advice = " Words side by side are read as one name; put + or - between them." if " " in term.name else ""
        reason = f"“{term.name}” is not in this collection.{advice}"
        raise ExpressionError(reason, term.start, term.end, error.suggestions) from None
    return row, space.vectors[row]


def _look_up_row(space: Space, term: Term, row: int, vectors_of: VectorsOf) -> tuple[int | None, Vectors]:
    if term.name in vectors_of:
        return None, given_vector(space, term.name, vectors_of)
    if row >= len(space):
        raise ExpressionError(f"There is no {term.name}; the last item is #{len(space)}.", term.start, term.end)
    return row, space.vectors[row]


def _same_items(space: Space, names: Iterable[str], rows: Iterable[int | None]) -> frozenset[int]:
    items = space.collection.items
    held = {items[row] for row in rows if row is not None}
    texts = [item for item in held if isinstance(item, str)]
    same = {row for found in rows_of(space, [*names, *texts]).values() for row in found}
    pictures = held.difference(texts)
    if pictures:
        same.update(row for row, item in enumerate(items) if item in pictures)
    return frozenset(same)


def _check(inputs: Inputs, whole: tuple[int, int]) -> None:
    for term, vector in zip(inputs.terms, inputs.units, strict=True):
        if not vector.any():
            raise ExpressionError(
                f"“{term.name}” has a vector of length zero here and so no direction.", term.start, term.end
            )
    if np.linalg.norm(inputs.total) < NEGLIGIBLE * np.abs(inputs.weights).sum():
        raise ExpressionError("The sum is zero: it points nowhere.", *whole)
