"""Searches that run on one click, and the ready list of first names."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from components.bias.skew.groups import GROUP
from components.kit import link
from components.kit.choice import COLLECTION, choose_collection, save_and_choose
from components.kit.words import escape
from embeddings.bias.ready import ready_tests
from embeddings.collection import Collection

QUERY, K = "skew_query", "skew_k"
NAMES_TEST = "WEAT3"
NAMES_ID = "skew_names_collection"


class Example(NamedTuple):
    """A search over a ready collection."""

    query: str
    column: str
    k: int


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "words": (Example("CEO", "category", 50), Example("danger", "category", 50), Example("a woman", "category", 50)),
    "sentences": (
        Example("a woman at work", "topic", 30),
        Example("a man at work", "topic", 30),
        Example("CEO", "topic", 30),
    ),
    "scenes": (
        Example("a heart", "colour", 30),
        Example("something warm", "colour", 30),
        Example("a red shape", "colour", 30),
    ),
    "digits": (Example("a circle", "digit", 50), Example("a line", "digit", 50)),
}


def begin() -> None:
    """Begin with an example where nobody has typed yet; another collection brings its own while it is untouched."""
    typed = st.session_state.get(QUERY)
    untouched = typed is None or typed == st.session_state.get("skew_begun_with")
    examples = EXAMPLES.get(link.read("collection", COLLECTION), ())
    if QUERY in st.query_params and typed is None:
        return
    if untouched and examples and typed not in [example.query for example in examples]:
        use(examples[0])
        st.session_state["skew_begun_with"] = examples[0].query


def use(example: Example) -> None:
    """Ask an example; a button's callback."""
    st.session_state[QUERY], st.session_state[GROUP], st.session_state[K] = example


def example_row() -> None:
    """The examples of this collection side by side, and the names."""
    examples = EXAMPLES.get(link.read("collection", COLLECTION), ())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for number, example in enumerate(examples):
            st.button(
                escape(example.query),
                key=f"skew_example_{number}",
                type="primary" if st.session_state.get(QUERY) == example.query else "secondary",
                on_click=use,
                args=(example,),
            )
        if not looks_at_names():
            st.button(
                "CEO among 64 first names",
                key="skew_names",
                icon=":material/badge:",
                on_click=open_names,
                help="Opens the first names of a published test, each with the group that the study took it for.",
            )


def open_names() -> None:
    """Look at the first names of a published test and search them for “CEO”; saved once a session."""
    known = st.session_state.get(NAMES_ID)
    if known:
        choose_collection(known)
    else:
        if not save_and_choose(names()):
            return
        st.session_state[NAMES_ID] = link.read("collection")
    use(Example("CEO", "group", 16))


def names() -> Collection:
    """First names of Caliskan, Bryson & Narayanan (2017), with the group that each stands for there."""
    test = ready_tests()[NAMES_TEST]
    groups = [each.name for each in (test.x, test.y) for _ in each.words]
    return Collection.from_texts(
        [*test.x.words, *test.y.words], name="First names of a published test", metadata=pa.table({"group": groups})
    )


def looks_at_names() -> bool:
    """Whether the names are looked at."""
    return bool(st.session_state.get(NAMES_ID)) and link.read("collection") == st.session_state[NAMES_ID]
