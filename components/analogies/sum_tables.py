"""The tables of one sum: the pure part, without a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa

from components.analogies.answered import Answered, cosines_to
from components.analogies.understanding import Understood
from components.kit.pictures import picture_column
from components.kit.words import shorten
from embeddings.neighbours import Neighbours

LENGTH = 60
MOST_COSINES = 8
MOST_ALONE = 4
SCORE = " score"
PICTURE = " picture"


def ranked(answered: Answered, lists: Mapping[str, Neighbours]) -> pa.Table:
    """Lists side by side: rank, then for each list the items and their scores; inputs and the expected are marked."""
    longest = max(len(found.rows) for found in lists.values())
    columns: dict[str, object] = {"rank": list(range(1, longest + 1))}
    for name, found in lists.items():
        if answered.space.collection.kind != "text":
            columns[name + PICTURE] = picture_column(answered.space.collection, found.rows.tolist())
        columns[name] = [marked(answered, int(row)) for row in found.rows]
        columns[name + SCORE] = found.scores
    return pa.table(columns)


def marked(answered: Answered, row: int) -> str:
    """An item, followed by ✓ where it is the expected one and by (input) where it is one."""
    name = shorten(answered.name(row), LENGTH)
    expected = " ✓" if row == answered.expected else ""
    return f"{name}{expected}{' (input)' if row in answered.inputs.same else ''}"


def alone_lists(answered: Answered) -> dict[str, Neighbours]:
    """The nearest to each of the first added inputs alone, by what a column calls it."""
    lists: dict[str, Neighbours] = {}
    for baseline in answered.alone[:MOST_ALONE]:
        lists[_unlike(f"to {shorten(baseline.name, 24)}", lists)] = baseline.neighbours
    return lists


def ranks_table(answered: Answered) -> pa.Table:
    """Where the expected answer comes out, a row a method."""
    ranks = answered.ranks
    return pa.table(
        {
            "method": list(ranks),
            "inputs left out": [rank.without_inputs for rank in ranks.values()],
            "inputs in": [rank.with_inputs for rank in ranks.values()],
            "score": [rank.score for rank in ranks.values()],
        }
    )


def closeness(answered: Answered, row: int) -> str:
    """The cosine of each added input with an item, as text."""
    pairs = cosines_to(answered, row)[:MOST_ALONE]
    return ", ".join(f"{shorten(name, 24)} {cosine:.2f}" for name, cosine in pairs)


def ingredients(understood: Understood) -> pa.Table:
    """A row an input: weight, length before scaling, where its vector comes from, cosines with the first inputs."""
    inputs = understood.inputs
    columns: dict[str, object] = {
        "input": [shorten(term.name, LENGTH) for term in inputs.terms],
        "weight": [term.weight for term in inputs.terms],
        "length": list(understood.lengths),
        "vector": ["a candidate’s" if row is not None else "encoded just now" for row in inputs.rows],
    }
    cosines = np.clip(inputs.units @ inputs.units.T, -1, 1)
    for place, term in enumerate(inputs.terms[:MOST_COSINES] if len(inputs.terms) > 1 else ()):
        columns[_unlike(f"cosine with {shorten(term.name, 16)}", columns)] = cosines[:, place]
    return pa.table(columns)


def everything(answered: Answered) -> pa.Table:
    """All lists, one answer a row, for a file."""
    lists = [*answered.lists.items(), *((f"nearest to {each.name} alone", each.neighbours) for each in answered.alone)]
    rows = [int(row) for _, found in lists for row in found.rows]
    return pa.table(
        {
            "list": [name for name, found in lists for _ in found.rows],
            "rank": [rank for _, found in lists for rank in range(1, len(found.rows) + 1)],
            "item": [answered.name(row) for row in rows],
            "row": [row + 1 for row in rows],
            "score": [float(score) for _, found in lists for score in found.scores],
            "input": [row in answered.inputs.same for row in rows],
            "expected": [row == answered.expected for row in rows],
        }
    )


def _unlike(name: str, others: Iterable[str]) -> str:
    """The name, numbered where another has it."""
    taken, number, new = set(others), 2, name
    while new in taken:
        new, number = f"{name} ({number})", number + 1
    return new
