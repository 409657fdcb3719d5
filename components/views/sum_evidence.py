"""What came out of a sum: plain sentences that also say what speaks against it, and tables with their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.kit.evidence import Setting, Table
from components.kit.kinds import drawn
from components.kit.pictures import ROW_HEIGHT, as_picture, picture_column
from components.kit.words import escape, shorten
from embeddings.analogies.sums import ADD, DIRECTION, Answered, Best, Top, Understood, cosines_to
from embeddings.neighbours import Neighbours
from embeddings.reading.wording import listed

NAMED = 3
LENGTH = 40
IN_TABLES = 60
MOST_COSINES = 8
MOST_ALONE = 4
SCORE = " score"
PICTURE = " picture"


def verdict(answered: Answered) -> str:
    """The sentences, as Markdown in which names are escaped."""
    top = answered.top
    if top is not None and top.ties > 1:
        said = [_tie(top), _least_like(answered) if answered.only_takes_away else ""]
    else:
        said = [_first(answered)] + ([] if top is None else [_inputs(answered, top), _parts(answered, top.row)])
    if DIRECTION not in answered.lists:
        said.append(f"{DIRECTION} does not apply: it needs a sum of the form b − a + c.")
    return " ".join(filter(None, [*said, expectation(answered)]))


def expectation(answered: Answered) -> str:
    """How the expected answer fares, in one sentence; empty where none was given."""
    rank = answered.ranks.get(ADD)
    if rank is None:
        return ""
    name = f"*{_called(answered, rank.row)}*"
    if rank.without_inputs is None:
        return f"The expected {name} is an input itself: it can come first only when inputs may be answers."
    if rank.without_inputs == 1:
        return f"{name} is the expected answer."
    others = [method for method, each in answered.ranks.items() if method != ADD and each.without_inputs == 1]
    also = f" but 1st by {listed(others)}" if others else ""
    return f"The expected {name} is {ordinal(rank.without_inputs)} by {ADD}{also}, inputs left out."


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th …"""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _tie(top: Top) -> str:
    return (
        f"**No answer stands out**: {top.ties:,} candidates share the best score by {ADD}, {top.score:.2f}, "
        "and only their order in the collection decides which is listed first."
    )


def _first(answered: Answered) -> str:
    """Which answer comes first, and by which methods."""
    methods: dict[int, list[str]] = {}
    for method, found in answered.lists.items():
        methods.setdefault(int(found.rows[0]), []).append(f"{method} ({found.scores[0]:.2f})")
    clauses = [
        f"**{_escaped(answered.name(row), 2 * LENGTH)}**{', an input,' if row in answered.inputs.same else ''} "
        f"{'' if number else 'comes first '}by {listed(by)}"
        for number, (row, by) in enumerate(methods.items())
    ]
    return f"{'; '.join(clauses)}."


def _inputs(answered: Answered, top: Top) -> str:
    """What leaving the inputs out, or letting them in, does to the best answer."""
    name, ahead = _called(answered, top.row), [f"*{_called(answered, row)}*" for row in top.ahead]
    if not answered.inputs.same:
        return "No input is among the candidates, so none had to be left out."
    if answered.inputs_in:
        return f"The best answer that is no input is **{name}**, {ordinal(top.rank)} by {ADD}." if ahead else ""
    if not ahead:
        return f"With inputs allowed *{name}* would still be 1st by {ADD}."
    return f"With inputs allowed *{name}* would be {ordinal(top.rank)} by {ADD}, behind {listed(ahead, NAMED)}."


def _parts(answered: Answered, best: int) -> str:
    """Whether an input alone finds the same."""
    parts = answered.parts
    if answered.only_takes_away:
        return _least_like(answered)
    if len(answered.inputs.terms) == 1:
        return "With one word there is nothing to add: these are its neighbours."
    name = _called(answered, best)
    if same := _finding(answered, best):
        return f"But *{name}* is also what is nearest to {listed(same)} alone: the sum adds nothing to that."
    if better := _finding(answered, answered.expected):
        found = _called(answered, answered.expected or 0)
        return f"Nearest to {listed(better)} alone is *{found}*, the expected answer: the sum does worse."
    if len(parts) > NAMED:
        return f"None of the {len(parts)} added inputs alone has it first: the sum does more than its parts."
    each = [f"to *{_escaped(part)}* alone is *{_called(answered, row)}*" for part, row in parts]
    return f"Nearest {listed(each)}: the sum finds what {'its part does' if len(parts) == 1 else 'its parts do'} not."


def _finding(answered: Answered, wanted: int | None) -> list[str]:
    """The first inputs to which a row is nearest."""
    return [f"*{_escaped(part)}*" for part, row in answered.parts if row == wanted][:NAMED]


def _least_like(answered: Answered) -> str:
    names = [f"*{_escaped(term.name)}*" for term in answered.inputs.terms]
    cosine = f" ({ADD} is minus the cosine)" if len(names) == 1 else ""
    named = listed([*names[:NAMED], *(["the rest"] if len(names) > NAMED else [])])
    said = f"Nothing is added, so the list begins with what is least like {named}{cosine}."
    return f"{said} That means unlike it, not its opposite."


def _called(answered: Answered, row: int) -> str:
    """An item within a sentence of Markdown; a picture by its number."""
    return _escaped(answered.short(row)) or "(an empty text)"


def _escaped(text: str, length: int = LENGTH) -> str:
    return escape(shorten(text, length))


def answers(answered: Answered) -> Table:
    """The best answers by each method, side by side."""
    left_out = "" if answered.inputs_in else "Inputs are left out. "
    expected = "✓ is the expected answer. " if answered.expected is not None else ""
    return _side_by_side(
        answered,
        answered.lists,
        "The best answers by each method, side by side",
        f"{expected}{left_out}Larger is better; 3CosAdd and PairDirection are cosines, 3CosMul is a quotient, so "
        "scores of different methods do not compare.",
    )


def answers_alone(answered: Answered) -> Table:
    """What is nearest to each of the first added inputs alone."""
    lists: dict[str, Neighbours] = {}
    for baseline in answered.alone[:MOST_ALONE]:
        lists[_unlike(f"to {shorten(baseline.name, 24)}", lists)] = baseline.neighbours
    return _side_by_side(
        answered,
        lists,
        "What is nearest to each added input alone",
        "Nearest by cosine. If the answer is already first here, the arithmetic added nothing."
        + (f" The first {MOST_ALONE} added inputs; the file holds all." if len(answered.alone) > MOST_ALONE else ""),
    )


def _side_by_side(answered: Answered, lists: Mapping[str, Neighbours], alt: str, caption: str) -> Table:
    """Rank, then for each list the items and their scores; inputs and the expected answer are marked."""
    collection = answered.space.collection
    pictured = drawn(collection)
    lines: dict[str, object] = {"rank": list(range(1, max(len(found.rows) for found in lists.values()) + 1))}
    columns: dict[str, ColumnConfig] = {"rank": st.column_config.NumberColumn("#", width=36)}
    for name, found in lists.items():
        if pictured:
            lines[name + PICTURE] = picture_column(collection, found.rows.tolist())
            columns[name + PICTURE] = as_picture()
        lines[name] = [_marked(answered, int(row)) for row in found.rows]
        columns[name] = st.column_config.TextColumn(width=96)
        lines[name + SCORE] = found.scores
        columns[name + SCORE] = _score(found.scores.tolist(), pictured)
    height = ROW_HEIGHT if pictured else None
    return Table(pa.table(lines), alt, columns, height=640, row_height=height, caption=caption)


def _marked(answered: Answered, row: int) -> str:
    """An item, followed by ✓ where it is the expected one and by (input) where it is one."""
    expected = " ✓" if row == answered.expected else ""
    name = shorten(answered.name(row), IN_TABLES)
    return f"{name}{expected}{' (input)' if row in answered.inputs.same else ''}"


def _score(scores: Sequence[float], pictured: bool) -> ColumnConfig:
    if pictured or min(scores) < 0:
        return st.column_config.NumberColumn("score", format="%.3f", width=60)
    return st.column_config.ProgressColumn("score", format="%.2f", min_value=0, max_value=max(1.0, *scores), width=72)


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


def expected_ranks(answered: Answered, expected: int) -> Table:
    """Rank of the expected answer by every method, with inputs and without, and how near the inputs were to it."""
    ranks = answered.ranks
    lines = {
        "method": list(ranks),
        "inputs left out": [rank.without_inputs for rank in ranks.values()],
        "inputs in": [rank.with_inputs for rank in ranks.values()],
        "score": [rank.score for rank in ranks.values()],
    }
    cosines = cosines_to(answered, expected)[:MOST_ALONE]
    near = ", ".join(f"{shorten(name, 24)} {cosine:.2f}" for name, cosine in cosines)
    return Table(
        pa.table(lines),
        "Rank of the expected answer by each method",
        {"score": "%.3f"},
        caption=f"Ranks among {len(answered.space):,} candidates. Cosine of the expected answer with the "
        f"{'' if answered.only_takes_away else 'added '}inputs: {near}. Sums succeed mostly where an input is near to "
        "the answer from the start (Linzen 2016).",
    )


def ingredients(understood: Understood, settings: Mapping[str, Setting]) -> Table:
    """A row an input: weight, length before scaling, where its vector comes from, cosines with the first inputs."""
    inputs = understood.inputs
    lines: dict[str, object] = {
        "input": [shorten(term.name, IN_TABLES) for term in inputs.terms],
        "weight": [term.weight for term in inputs.terms],
        "length": list(understood.lengths),
        "vector": ["a candidate’s" if row is not None else "encoded just now" for row in inputs.rows],
    }
    columns = {"length": "%.3f"}
    cosines = np.clip(inputs.units @ inputs.units.T, -1, 1)
    for place, term in enumerate(inputs.terms[:MOST_COSINES] if len(inputs.terms) > 1 else ()):
        name = _unlike(f"cosine with {shorten(term.name, 16)}", lines)
        lines[name], columns[name] = cosines[:, place], "%.3f"
    left_out = f" Cosines are shown with the first {MOST_COSINES}." if len(inputs.terms) > MOST_COSINES else ""
    return Table(
        pa.table(lines),
        "The inputs of the sum",
        columns,
        height=400,
        caption="Each vector is scaled to length 1 before it is weighted and added; “length” is what it had before. "
        f"The sum of these has length {float(np.linalg.norm(inputs.total)):.2f}.{left_out}",
        label="The inputs (CSV)",
        file="inputs.csv",
        settings=settings,
    )


def answers_by_encoder(found: Sequence[Best], wanted: str, settings: Mapping[str, Setting]) -> Table:
    """The same sum by several encoders, one a row; `wanted` is the answer whose rank is told."""
    lines = {
        "encoder": [each.encoder for each in found],
        "first answer": [shorten(each.first, 60) for each in found],
        "score": pa.array([each.score for each in found], pa.float32()),
        f"rank of {shorten(wanted, 30)}": pa.array([each.rank for each in found], pa.int64()),
        "what to know": [each.problem for each in found],
    }
    columns = {
        "encoder": st.column_config.TextColumn(width="small"),
        "first answer": st.column_config.TextColumn(width="small"),
        "score": st.column_config.NumberColumn(format="%.3f", width=70),
        "what to know": st.column_config.TextColumn(width="large"),
    }
    return Table(
        pa.table(lines),
        "The same sum by other encoders",
        columns,
        caption="By 3CosAdd, inputs left out, over the same candidates; scores of different encoders do not compare. "
        "Encoders that count words or letters know which texts share them, not what they mean: to TF-IDF two "
        "different words have nothing in common, and a word outside its vocabulary has no vector at all; bag of "
        "words and one-hot vectors answer single words just as it does.",
        label="This table (CSV)",
        file="sum_by_encoder.csv",
        settings=settings,
    )


def _unlike(name: str, others: Iterable[str]) -> str:
    """The name, numbered where another has it."""
    taken, number, new = set(others), 2, name
    while new in taken:
        new, number = f"{name} ({number})", number + 1
    return new
