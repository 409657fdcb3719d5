"""A sum read and answered: its vectors, its answers by every method, and what its parts find alone."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from embeddings.analogies.expression import Expression, Term
from embeddings.analogies.inputs import Inputs, find_inputs, known_names
from embeddings.analogies.methods import METHODS
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import Baseline, ExpectedRank, baselines, expected_rank, solve
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import Neighbours
from embeddings.space import Space
from embeddings.units import unit

ADD = "3CosAdd"
DIRECTION = "PairDirection"
MOST_NEAR = 3
LONGEST = 30
ALIKE = 0.75
# Letters around a mistake that are shown with it.
AROUND = 48


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


class Top(NamedTuple):
    """The best answer that is no input.

    Attributes:
        row: of the answer.
        score: its cosine with the sum.
        rank: its place when inputs may be answers.
        ahead: the inputs before it, in their order.
        ties: how many different candidates share its score, itself included.
    """

    row: int
    score: float
    rank: int
    ahead: tuple[int, ...]
    ties: int


@dataclass(frozen=True, eq=False)
class Answered:
    """The answers to one sum.

    Attributes:
        space: the candidates.
        inputs: the sum.
        inputs_in: whether inputs may be answers.
        lists: the best answers by method; one that does not apply is absent.
        alone: the nearest to each added input alone, inputs in or not as in the lists.
        top: the best by 3CosAdd that is no input; None where every candidate is an input.
        parts: the row nearest to each added input alone, inputs left out.
        expected: row of the expected answer.
        ranks: where that comes out, by method.
    """

    space: Space
    inputs: Inputs
    inputs_in: bool
    lists: dict[str, Neighbours]
    alone: tuple[Baseline, ...]
    top: Top | None
    parts: tuple[tuple[str, int], ...]
    expected: int | None
    ranks: dict[str, ExpectedRank]

    def name(self, row: int) -> str:
        """The item of a row as a text; a picture comes with its number before its caption."""
        text = self.space.collection.text(int(row))
        if isinstance(self.space.collection.items[row], str):
            return text
        return f"#{row + 1}" if text == f"image {row + 1}" else f"#{row + 1} {text}"

    def short(self, row: int) -> str:
        """The same without the caption of a picture."""
        return self.name(row) if isinstance(self.space.collection.items[row], str) else f"#{row + 1}"

    def first(self, method: str) -> int:
        """The row that comes first by a method."""
        return int(self.lists[method].rows[0])

    @property
    def only_takes_away(self) -> bool:
        """Whether nothing is added, so that the answers are what is least like the inputs."""
        return all(term.weight < 0 for term in self.inputs.terms)

    @property
    def drawn(self) -> int | None:
        """The answer to be drawn: the expected one, else the best that is no input."""
        if self.expected is not None and self.expected not in self.inputs.same:
            return self.expected
        return None if self.top is None else self.top.row


def with_vectors(space: Space, expression: Expression, vectors: VectorsOf = NONE_GIVEN) -> Understood:
    """The sum with the vectors of the space and those given for its other names.

    Raises:
        ExpressionError: a name is unknown, or the sum is zero.
    """
    inputs = find_inputs(space, expression, vectors_of=vectors)
    found = list(zip(inputs.terms, inputs.rows, strict=True))
    lengths = [np.linalg.norm(vectors[term.name] if row is None else space.vectors[row]) for term, row in found]
    encoded = [Encoded(term, near_spellings(space.collection, term)) for term, row in found if row is None]
    return Understood(expression, inputs, tuple(map(float, lengths)), tuple(encoded))


def near_spellings(collection: Collection, term: Term) -> tuple[str, ...]:
    """Candidates that are spelled nearly like a typed name."""
    name = term.name.casefold()
    if term.row is not None or len(name) > LONGEST:
        return ()
    alike = [item for item in collection.items if isinstance(item, str) and abs(len(item) - len(name)) <= 2]
    return tuple(difflib.get_close_matches(name, alike, MOST_NEAR, ALIKE))


def pointed(text: str, start: int, end: int) -> str:
    """The part of an expression around a place, with carets under the place, for a monospaced font."""
    end = max(end, start + 1)
    left, right = max(0, start - AROUND), min(len(text), min(end, start + 2 * AROUND) + AROUND)
    # Controls would break the line of carets.
    before, shown = ("…" if left else ""), [letter if letter.isprintable() else "·" for letter in text]
    line = f"{before}{''.join(shown[left:right])}{'…' if right < len(text) else ''}"
    indent = sum(map(_cells, [before, *shown[left:start]]))
    carets = sum(map(_cells, shown[start : min(end, right)]))
    return f"{line}\n{' ' * indent}{'^' * max(1, carets)}"


def _cells(text: str) -> int:
    """How many cells of a monospaced font a text fills."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    none = sum(unicodedata.combining(letter) > 0 for letter in text)
    return len(text) + wide - none


def replaced(text: str, start: int, end: int, name: str) -> str:
    """The expression with one place replaced by a name, in quotes where it needs them."""
    if not (name.isalpha() and name.isascii()):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{text[:start]}{name}{text[end:]}"


def answer_sum(space: Space, inputs: Inputs, *, k: int, inputs_in: bool, expected: int | None = None) -> Answered:
    """Answer a sum by every method that applies.

    Raises:
        EmbeddingError: every candidate is an input, and inputs may not be answers.
    """
    methods = [name for name, kind in METHODS.items() if inputs.analogy is not None or not kind.analogies_only]
    lists = {name: solve(space, inputs, k=k, method=name, exclude_inputs=not inputs_in) for name in methods}
    some_left = len(inputs.same) < len(space)
    parts = baselines(space, inputs, k=1) if some_left else ()
    ranks = {} if expected is None else {name: expected_rank(space, inputs, expected, method=name) for name in methods}
    return Answered(
        space,
        inputs,
        inputs_in,
        lists,
        baselines(space, inputs, k=k, exclude_inputs=not inputs_in),
        _top(space, inputs) if some_left else None,
        tuple((each.name, int(each.neighbours.rows[0])) for each in parts),
        expected,
        ranks,
    )


def _top(space: Space, inputs: Inputs) -> Top:
    row = int(solve(space, inputs, k=1).rows[0])
    found = expected_rank(space, inputs, row)
    everything = solve(space, inputs, k=len(space), exclude_inputs=False)
    ahead = everything.rows[: found.with_inputs - 1]
    level = everything.rows[everything.scores == np.float32(found.score)]
    ties = len({space.collection.items[each] for each in level if each not in inputs.same})
    return Top(row, found.score, found.with_inputs, tuple(ahead.tolist()), ties)


def cosines_to(answered: Answered, row: int) -> list[tuple[str, float]]:
    """The cosine of each added input with an item; of each input where none is added."""
    cosines = answered.inputs.units @ unit(answered.space.vectors[row])
    pairs = zip(answered.inputs.terms, cosines, strict=True)
    return [(term.name, float(cosine)) for term, cosine in pairs if term.weight > 0 or answered.only_takes_away]


class Best(NamedTuple):
    """What one encoder answers, or why it cannot.

    Attributes:
        encoder: its name.
        first: the best answer by 3CosAdd, inputs left out; empty where there is none.
        score: of that answer.
        rank: of the answer that is looked for, inputs left out; None where it has none.
        problem: a sentence for the reader; empty where all went well.
    """

    encoder: str
    first: str = ""
    score: float | None = None
    rank: int | None = None
    problem: str = ""


def best_answer(space: Space, text: str, expected: int | None = None, *, vectors_of: VectorsOf = NONE_GIVEN) -> Best:
    """The best answer to a sum within one space, and the rank of the expected row.

    Raises:
        EmbeddingError: a name is unknown or has no direction here, or the sum has no answer.
    """
    understood = with_vectors(space, parse(text, known=known_names(space)), vectors_of)
    answered = answer_sum(space, understood.inputs, k=1, inputs_in=False, expected=expected)
    top = answered.top
    if top is None:
        raise EmbeddingError("Every candidate is an input.")
    if top.ties > 1:
        problem = f"No answer: {top.ties:,} candidates share the best score."
        return Best(space.encoder, score=top.score, problem=problem)
    rank = answered.ranks[ADD].without_inputs if answered.ranks else None
    return Best(space.encoder, answered.name(top.row), top.score, rank)
