"""Which relation is looked at: a ready one, or pairs of the reader's own; both stand in the link."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.kit import caching
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from components.relations.pairs import read_pairs
from embeddings.analogies.relations import Pair
from embeddings.errors import EmbeddingError

RELATION, TYPED = "relation", "pairs"
OWN = "your own pairs"
TOLD = 6
PLACEHOLDER = "france → paris\nitaly → rome\njapan → tokyo"
EXAMPLES = {
    "One direction": "man → woman\nking → queen\nfather → mother\nson → daughter\nuncle → aunt\nhe → she",
    "Not one": "dog → puppy\nwater → ice\nteacher → school\nbread → butter\nsummer → winter\nknife → cut",
}


class Chosen(NamedTuple):
    """The relation that is looked at.

    Attributes:
        name: of a ready relation; OWN for the reader's pairs.
        pairs: commonest first, or as typed.
        lines: the line of each typed pair; empty for a ready relation.
    """

    name: str
    pairs: tuple[Pair, ...]
    lines: tuple[int, ...] = ()


def ready_relations() -> dict[str, tuple[Pair, ...]]:
    """The relations of the Google set; none where gensim is missing."""
    try:
        return caching.google_relations()
    except EmbeddingError:
        return {}


def relation_picker() -> str:
    """The name of the chosen relation."""
    names = [*ready_relations(), OWN]
    first = OWN if st.query_params.get(TYPED) and RELATION not in st.query_params else names[0]
    return pick_from_list(
        "Relation",
        names,
        key=RELATION,
        default=first,
        help="The ready relations are the categories of the Google analogies (Mikolov et al. 2013).",
    )


def chosen_pairs(name: str) -> Chosen:
    """The pairs of the chosen relation; where they are the reader's own, the place to type them."""
    return _own_pairs() if name == OWN else Chosen(name, ready_relations()[name])


def choose_relation(name: str) -> None:
    """Look at another relation from the next run on."""
    st.session_state[RELATION] = name


def _own_pairs() -> Chosen:
    text = st.text_area(
        "One pair a line: two words, or anything on both sides of an arrow, a comma or a tab",
        key=TYPED,
        bind="query-params",
        persist_state="session",
        height=168,
        placeholder=PLACEHOLDER,
    )
    typed = read_pairs(str(text or ""))
    if not typed.pairs and not typed.mistakes:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption("For example", width="content")
            for name, example in EXAMPLES.items():
                st.button(name, key=f"example_{name}", on_click=_type, args=(example,))
    tell("error", typed.mistakes)
    return Chosen(OWN, typed.pairs, typed.lines)


def tell(kind: str, sentences: tuple[str, ...] | list[str]) -> None:
    """Say the first of some sentences in one box, and how many more there are."""
    if not sentences:
        return
    shown = [escape(sentence) for sentence in sentences[:TOLD]]
    more = len(sentences) - len(shown)
    {"error": st.error, "warning": st.warning}[kind](
        "  \n".join([*shown, f"… and {more:,} more lines like these."] if more else shown)
    )


def _type(example: str) -> None:
    st.session_state[TYPED] = example
