"""From a typed sum to its vectors: what the candidates hold, and what has to be encoded first."""

from __future__ import annotations

import difflib
from typing import NamedTuple

import numpy as np

from components.kit.candidates import Candidates, typed_vectors
from embeddings.analogies.expression import Expression, Term
from embeddings.analogies.inputs import Inputs, find_inputs, known_names, unknown_names
from embeddings.analogies.parsing import parse
from embeddings.collection import Collection, Item
from embeddings.errors import ExpressionError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space

MOST_NAMES = 100
MOST_NEAR = 3
LONGEST = 30
ALIKE = 0.75


class Encoded(NamedTuple):
    """A name whose vector was computed just now.

    Attributes:
        term: where it stands.
        near: candidates of nearly the same spelling, best first.
    """

    term: Term
    near: tuple[str, ...]


class Understood(NamedTuple):
    """A sum with its vectors.

    Attributes:
        expression: as read.
        inputs: its terms with unit vectors.
        lengths: of each input's vector before it was scaled to 1.
        encoded: names that are no candidates.
    """

    expression: Expression
    inputs: Inputs
    lengths: tuple[float, ...]
    encoded: tuple[Encoded, ...]


def understand(candidates: Candidates, space: Space, text: str) -> Understood:
    """Read a sum and find its vectors; waits while typed names are encoded.

    Raises:
        ExpressionError: it cannot be read or worked out.
    """
    expression = parse(text, known=known_names(space))
    items = to_encode(candidates, space, expression)
    return with_vectors(space, expression, typed_vectors(space, items))


def to_encode(candidates: Candidates, space: Space, expression: Expression) -> dict[str, Item]:
    """The items whose vectors the space does not hold, by their written name.

    Raises:
        ExpressionError: there are too many names, or a reference to no item of the collection.
    """
    if len(expression.terms) > MOST_NAMES:
        reason = f"The sum has {len(expression.terms):,} different names; at most {MOST_NAMES} can be added up."
        raise ExpressionError(reason, expression.terms[MOST_NAMES].start, len(expression.text))
    items: dict[str, Item] = {}
    for term in expression.terms:
        item = None if term.row is None else _referred(candidates, term, term.row)
        if item is not None:
            items[term.name] = item
    if candidates.reads:
        for name in unknown_names(space, expression):
            _check_name(expression, name, items)
            items[name] = name
    return items


def with_vectors(space: Space, expression: Expression, vectors: VectorsOf = NONE_GIVEN) -> Understood:
    """The sum with the vectors of the space and those given for its other names.

    Raises:
        ExpressionError: a name is unknown, or the sum is zero.
    """
    inputs = find_inputs(space, expression, vectors_of=vectors)
    lengths = tuple(
        float(np.linalg.norm(space.vectors[row] if row is not None else np.asarray(vectors[term.name])))
        for term, row in zip(inputs.terms, inputs.rows, strict=True)
    )
    given = [term for term, row in zip(inputs.terms, inputs.rows, strict=True) if row is None]
    encoded = tuple(Encoded(term, near_spellings(space.collection, term)) for term in given)
    return Understood(expression, inputs, lengths, encoded)


def near_spellings(collection: Collection, term: Term) -> tuple[str, ...]:
    """Candidates that are spelled nearly like a typed name."""
    name = term.name.casefold()
    if term.row is not None or len(name) > LONGEST:
        return ()
    alike = [item for item in collection.items if isinstance(item, str) and abs(len(item) - len(name)) <= 2]
    return tuple(difflib.get_close_matches(name, alike, MOST_NEAR, ALIKE))


def expected_row(candidates: Candidates, space: Space, text: str) -> int:
    """The row of an expected answer: an item in any case of its letters, or `#12` of the visitor's collection.

    Raises:
        UnknownItem: it is not among the candidates.
    """
    number = text.removeprefix("#")
    if text.startswith("#") and number.isascii() and number.isdigit() and 0 < int(number[:12]) <= len(candidates.own):
        item = candidates.reference(int(number) - 1)
        if item is None:
            return int(number) - 1
        if item in space.collection.rows:
            return space.collection.rows[item]
    return find_row(space, text)


def _referred(candidates: Candidates, term: Term, row: int) -> Item | None:
    if row >= len(candidates.own):
        reason = f"There is no {term.name}: the last item of the collection is #{len(candidates.own)}."
        raise ExpressionError(reason, term.start, term.end)
    return candidates.reference(row)


def _check_name(expression: Expression, name: str, items: dict[str, Item]) -> None:
    """A quoted text that looks like a reference cannot stand beside that reference."""
    if name in items:
        term = next(term for term in expression.terms if term.name == name and term.row is None)
        reason = f"“{name}” stands here as a text and as the number of an item; leave one of them out."
        raise ExpressionError(reason, term.start, term.end)
