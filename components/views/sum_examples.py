"""Sums that run on one click: the ready ones in their groups, and pictures to add."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import streamlit as st

from components.kit import link
from components.kit.candidates import DEFAULT_SIZE, KEY, OWN, WORDS, Candidates, ways_of
from components.kit.kinds import drawn
from components.kit.pictures import gallery, picture_count
from components.kit.texts import examples
from components.kit.words import escape
from embeddings.analogies.parsing import parse
from embeddings.collection import Collection

SUM, EXPECTED, INPUTS = "sum", "expected", "inputs"
BY_NUMBER = "#2 - #1 + #3"
SHOWN_PICTURES = 12


class Example(NamedTuple):
    """A sum that runs on one click.

    Attributes:
        sum: the expression.
        expected: the answer that a reader would give.
        first: what comes first by 3CosAdd, inputs left out, with the encoder and the candidates of its set.
        notice: one line on what to notice.
    """

    sum: str
    expected: str
    first: str
    notice: str


class ExampleSet(NamedTuple):
    """Examples in groups, and what their lines were checked with."""

    encoder: str
    checked_with: str
    groups: dict[str, list[Example]]


@cache
def example_set(name: str) -> ExampleSet:
    """Those of a file of `texts/examples`."""
    read = examples(name)
    groups = {group: [Example(**each) for each in lines] for group, lines in read["groups"].items()}
    return ExampleSet(read["encoder"], read["checked_with"], groups)


def examples_for(candidates: Candidates) -> ExampleSet | None:
    """The examples that can run on what the visitor looks at."""
    own = candidates.own
    if link.read("collection") == "scenes":
        scenes = example_set("sums_of_scenes")
        return scenes if candidates.encoder == scenes.encoder else None
    if drawn(own):
        return None
    words = example_set("sums_of_words")
    if candidates.reads:
        return words
    held = {
        name: [each for each in group if all(term.name in own.rows for term in parse(each.sum).terms)]
        for name, group in words.groups.items()
    }
    held = {name: group for name, group in held.items() if group}
    return words._replace(groups=held) if held else None


def find_example(ready: ExampleSet, text: str) -> Example | None:
    """The example that a sum is, if it is one."""
    return next((each for group in ready.groups.values() for each in group if each.sum == text.strip()), None)


def first_example(candidates: Candidates) -> Example | None:
    """The sum that is answered before anything is typed; of items by their number where no ready one can run."""
    ready = examples_for(candidates)
    if ready is not None:
        return next(iter(ready.groups.values()))[0]
    return Example(BY_NUMBER, "", "", "") if len(candidates.own) > 2 else None


def pictures_of_examples(candidates: Candidates) -> None:
    """Pictures that can be put into a sum by a click: those of the examples, or the first ones."""
    if not drawn(candidates.own):
        return
    ready = examples_for(candidates)
    if ready is None:
        _pictures_to_add(candidates.own, range(min(SHOWN_PICTURES, picture_count(candidates.own))))
        return
    terms = [term for group in ready.groups.values() for each in group for term in parse(each.sum).terms]
    _pictures_to_add(candidates.own, [term.row for term in terms if term.row is not None])


def example_groups(candidates: Candidates, ready: ExampleSet, across: int, key: str) -> None:
    """The groups in reading order, row by row."""
    groups = list(ready.groups.items())
    for start in range(0, len(groups), across):
        columns = st.columns(across, gap="medium")
        for place, (name, group) in enumerate(groups[start : start + across]):
            with columns[place].container(gap="xxsmall"):
                st.markdown(f"**{name}**")
                for number, example in enumerate(group):
                    _example_button(candidates, example, f"{key}_{start + place}_{number}")


def _example_button(candidates: Candidates, example: Example, key: str) -> None:
    st.button(
        escape(example.sum.replace(" - ", " − ")),
        key=f"example_{key}",
        type="tertiary",
        icon=":material/play_arrow:",
        help=escape(example.notice),
        on_click=_run,
        args=(candidates, example),
    )


def _run(candidates: Candidates, example: Example) -> None:
    """Run an example over the candidates that its line speaks of, where they can be chosen."""
    fill_in(SUM, example.sum)
    fill_in(EXPECTED, example.expected)
    usual = OWN if drawn(candidates.own) else WORDS
    if example.sum == BY_NUMBER or usual not in ways_of(candidates.own, candidates.encoder):
        return
    for key, value in ((KEY, usual), ("words", DEFAULT_SIZE)):
        if st.session_state.get(key, value) != value:
            fill_in(key, value)


def _pictures_to_add(collection: Collection, rows: Iterable[int]) -> None:
    """Pictures with their numbers, by which a sum names them; a click puts one into the sum in the field."""
    shown = [row for row in dict.fromkeys(rows) if row < picture_count(collection)]
    if shown:
        st.caption("A picture is named by its number; a click puts it into the sum.")
        gallery(collection, shown, key="sum_pictures", captions=[f"#{row + 1}" for row in shown], on_pick=_put_in)


def _put_in(row: int) -> None:
    before = str(st.session_state.get(SUM) or "").strip()
    fill_in(SUM, f"{before} + #{row + 1}" if before else f"#{row + 1}")


def fill_in(key: str, value: object) -> None:
    """Fill in a field, as a button's callback."""
    st.session_state[key] = value
