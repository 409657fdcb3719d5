"""What comes out of a sum: the ranked lists of every method, what each input finds alone, and the expected answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from embeddings.analogies.inputs import Inputs
from embeddings.analogies.methods import METHODS
from embeddings.analogies.solving import Baseline, ExpectedRank, baselines, expected_rank, solve
from embeddings.neighbours import Neighbours
from embeddings.space import Space
from embeddings.units import unit

ADD = "3CosAdd"
DIRECTION = "PairDirection"


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


def cosines_to(answered: Answered, row: int) -> list[tuple[str, float]]:
    """The cosine of each added input with an item; of each input where none is added."""
    vector = unit(answered.space.vectors[row])
    pairs = zip(answered.inputs.terms, answered.inputs.units @ vector, strict=True)
    return [(term.name, float(cosine)) for term, cosine in pairs if term.weight > 0 or answered.only_takes_away]


def _top(space: Space, inputs: Inputs) -> Top:
    row = int(solve(space, inputs, k=1).rows[0])
    found = expected_rank(space, inputs, row)
    everything = solve(space, inputs, k=len(space), exclude_inputs=False)
    ahead = everything.rows[: found.with_inputs - 1]
    level = everything.rows[everything.scores == np.float32(found.score)]
    ties = len({space.collection.items[each] for each in level if each not in inputs.same})
    return Top(row, found.score, found.with_inputs, tuple(ahead.tolist()), ties)
