"""Examples that run on one click: as the page's empty state, and at hand beside the controls."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from components.analogies.examples import SCENES, WORDS, Example, ExampleSet
from components.kit import link
from components.kit.candidates import DEFAULT_SIZE, KEY, OWN, Candidates, ways_of
from components.kit.candidates import WORDS as FREQUENT
from components.kit.pictures import gallery, picture_count
from components.kit.words import escape
from embeddings.analogies.parsing import parse
from embeddings.collection import Collection

SHOWN_PICTURES = 12
PLACEHOLDER = "king - man + woman"


def examples_for(candidates: Candidates) -> ExampleSet | None:
    """The examples that can run on what the visitor looks at."""
    if link.read("collection") == "scenes":
        return SCENES if candidates.encoder == SCENES.encoder else None
    if candidates.own.kind != "text":
        return None
    if candidates.reads:
        return WORDS
    groups = {
        name: tuple(each for each in group if _held(candidates.own, each)) for name, group in WORDS.groups.items()
    }
    held = {name: group for name, group in groups.items() if group}
    return WORDS._replace(groups=held) if held else None


def invitation(candidates: Candidates) -> None:
    """What the page shows before anything is typed."""
    examples = examples_for(candidates)
    if examples is None:
        _invite_by_number(candidates)
        return
    first = next(iter(examples.groups.values()))[0]
    things = "Words" if candidates.own.kind == "text" else "Pictures and words"
    with st.container(border=True):
        st.markdown(f"**{things} are vectors here, so they can be added and subtracted.**")
        st.caption(
            "Take king, subtract man, add woman: which word is nearest to where you land? One click answers it, with "
            "the rank of the answer, what the words find alone, and the picture of the sum."
            if first.sum == PLACEHOLDER
            else "Take one, subtract something, add something: what is nearest to where you land?"
        )
        _button(candidates, first, "first", primary=True)
    _groups(candidates, examples, 4, "start")
    if candidates.own.kind != "text":
        terms = [term for group in examples.groups.values() for each in group for term in parse(each.sum).terms]
        _pictures_to_add(candidates.own, [term.row for term in terms if term.row is not None])


def example_popover(candidates: Candidates) -> None:
    """All examples behind one button."""
    examples = examples_for(candidates)
    if examples is None:
        return
    with st.popover("Examples", icon=":material/lightbulb:", key="sum_examples", width="content"):
        _groups(candidates, examples, 2, "again")


def write_sum(text: str, expected: str | None = None) -> None:
    """Put a sum into the field, as a button's callback; another expected answer only where one is given."""
    st.session_state["sum"] = text
    if expected is not None:
        st.session_state["expected"] = expected


def pretty(text: str) -> str:
    """A sum with the minus sign of print."""
    return text.replace(" - ", " − ")


def _groups(candidates: Candidates, examples: ExampleSet, across: int, key: str) -> None:
    """The groups in reading order, row by row."""
    groups = list(examples.groups.items())
    for start in range(0, len(groups), across):
        columns = st.columns(across, gap="medium")
        for number, (name, group) in enumerate(groups[start : start + across], start):
            with columns[number - start]:
                _group(candidates, name, group, f"{key}_{number}")


def _group(candidates: Candidates, name: str, group: tuple[Example, ...], key: str) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"**{name}**")
        for number, example in enumerate(group):
            _button(candidates, example, f"{key}_{number}")


def _button(candidates: Candidates, example: Example, key: str, *, primary: bool = False) -> None:
    st.button(
        escape(pretty(example.sum)),
        key=f"example_{key}",
        type="primary" if primary else "tertiary",
        icon=":material/play_arrow:",
        help=None if primary else escape(example.notice),
        on_click=_run,
        args=(candidates, example),
    )


def _run(candidates: Candidates, example: Example) -> None:
    """Run an example over the candidates that its line speaks of, where they can be chosen."""
    write_sum(example.sum, example.expected)
    usual = FREQUENT if candidates.own.kind == "text" else OWN
    if usual not in ways_of(candidates.own, candidates.encoder):
        return
    for key, value in ((KEY, usual), ("words", DEFAULT_SIZE)):
        if st.session_state.get(key, value) != value:
            st.session_state[key] = value


def _held(collection: Collection, example: Example) -> bool:
    return all(term.name in collection.rows for term in parse(example.sum).terms)


def _invite_by_number(candidates: Candidates) -> None:
    """No ready example fits: name items by their number."""
    own = candidates.own
    pictures = picture_count(own)
    with st.container(border=True):
        st.markdown(f"**Any {'pictures' if pictures == len(own) else 'items'} can be added and subtracted.**")
        reads = " Typed words can be mixed in." if candidates.reads else ""
        st.caption(f"Name them by their number, #1 to #{len(own):,}.{reads}")
        if len(own) > 2:
            text = "#2 - #1 + #3"
            st.button(
                escape(pretty(text)),
                key="example_first",
                type="primary",
                icon=":material/play_arrow:",
                on_click=write_sum,
                args=(text, ""),
            )
    _pictures_to_add(own, range(min(SHOWN_PICTURES, pictures)))


def _pictures_to_add(collection: Collection, rows: Iterable[int]) -> None:
    """Pictures with their numbers, by which a sum names them."""
    shown = [row for row in dict.fromkeys(rows) if row < picture_count(collection)]
    if shown:
        st.caption("A picture is named by its number; a click puts it into the sum.")
        gallery(collection, shown, key="sum_pictures", captions=[f"#{row + 1}" for row in shown], on_pick=put_in)


def put_in(row: int) -> None:
    """Add an item of the collection to the sum in the field."""
    before = str(st.session_state.get("sum") or "").strip()
    st.session_state["sum"] = f"{before} + #{row + 1}" if before else f"#{row + 1}"
