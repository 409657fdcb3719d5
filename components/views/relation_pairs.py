"""The pairs of a relation: a ready one, or those of the reader; both stand in the link, and not all can be measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from components.kit import caching
from components.kit.candidates import Candidates, typed_vectors
from components.kit.texts import examples
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten, two_parts
from embeddings.analogies.relations import Pair, Usable, unknown_words, usable_pairs
from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space

RELATION, TYPED = "relation", "pairs"
OWN = "your own pairs"
MOST, LONGEST = 200, 200
# How many mistakes are told, how many words that were encoded are named, and to how many spellings are offered.
TOLD, NAMED, SPELT = 6, 8, 4


class Chosen(NamedTuple):
    """The pairs of the relation that is looked at.

    Attributes:
        pairs: commonest first, or as typed.
        lines: the line of each typed pair, from 1; empty for a ready relation.
        mistakes: what was typed and cannot be read, as sentences that begin with the line.
    """

    pairs: tuple[Pair, ...]
    lines: tuple[int, ...] = ()
    mistakes: tuple[str, ...] = ()


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


def ready_relations() -> dict[str, tuple[Pair, ...]]:
    """The relations of the Google set; none where gensim is missing."""
    try:
        return caching.google_relations()
    except EmbeddingError:
        return {}


def chosen_pairs(name: str) -> Chosen:
    """The pairs of the chosen relation; where they are the reader's own, the place to type them."""
    if name != OWN:
        return Chosen(ready_relations()[name])
    text = st.text_area(
        "One pair a line: two words, or anything on both sides of an arrow, a comma or a tab",
        key=TYPED,
        bind="query-params",
        persist_state="session",
        height=168,
        placeholder="france → paris\nitaly → rome\njapan → tokyo",
    )
    typed = read_pairs(str(text or ""))
    if not typed.pairs and not typed.mistakes:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption("For example", width="content")
            for title, example in examples("relations").items():
                st.button(title, key=f"example_{title}", on_click=_type, args=(example,))
    if typed.mistakes:
        st.error(_told(typed.mistakes))
    return typed


def read_pairs(text: str) -> Chosen:
    """The pairs of a text: two words side by side, or anything on both sides of an arrow, a comma or a tab."""
    pairs: list[Pair] = []
    lines: list[int] = []
    mistakes: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        words = two_parts(line)
        problem = f"only {MOST} pairs are compared at once; this one is left out." if len(pairs) == MOST else ""
        problem = problem or _problem(words)
        if problem:
            mistakes.append(f"Line {number}: {problem}")
            continue
        pairs.append((words[0], words[1]))
        lines.append(number)
    return Chosen(tuple(pairs), tuple(lines), tuple(mistakes))


def measurable(candidates: Candidates, space: Space, chosen: Chosen) -> tuple[tuple[Pair, ...], VectorsOf]:
    """The pairs that have a difference, and the vectors of typed words that the candidates lack; the rest is said."""
    if not chosen.lines:
        usable = usable_pairs(space, chosen.pairs)
        st.caption(coverage_sentence(len(usable.pairs), len(chosen.pairs)))
        return usable.pairs, NONE_GIVEN
    missing = unknown_words(space, chosen.pairs) if candidates.reads else ()
    given = typed_vectors(space, {word: word for word in missing})
    usable = usable_pairs(space, chosen.pairs, vectors_of=given)
    if given:
        words = ", ".join(f"“{shorten(word, 30)}”" for word in list(given)[:NAMED])
        more = f" and {len(given) - NAMED:,} more" if len(given) > NAMED else ""
        st.caption(escape(f"Not among the candidates, so encoded as typed: {words}{more}."))
    if left_out := _left_out(space, chosen, usable):
        st.warning(_told(left_out))
    return usable.pairs, given


def coverage_sentence(used: int, of: int) -> str:
    """How many ready pairs the candidates hold."""
    if used == of:
        return f"All {of} pairs have both words among the candidates."
    return f"{used} of {of} pairs have both words among the candidates; the others are left out."


def _type(example: str) -> None:
    st.session_state[TYPED] = example


def _told(sentences: Sequence[str]) -> str:
    """The first of some sentences, and how many more there are."""
    more = len(sentences) - TOLD
    lines = [escape(sentence) for sentence in sentences[:TOLD]]
    return "  \n".join([*lines, *([f"… and {more:,} more lines like these."] if more > 0 else [])])


def _problem(words: list[str]) -> str:
    """Why words are no pair; empty where they are one."""
    if len(words) < 2:
        alone = f"“{shorten(words[0], 40)}” stands alone" if words else "there is no word"
        return f"{alone}; a pair is two words, such as france → paris."
    if len(words) > 2:
        return f"{len(words)} words; put → or a comma between the two parts of a pair."
    longest = max(map(len, words))
    return f"a word of {longest:,} characters; at most {LONGEST} can be read." if longest > LONGEST else ""


def _left_out(space: Space, chosen: Chosen, usable: Usable) -> list[str]:
    """Why typed pairs are left out, by line; the first unknown words with the nearest spellings."""
    said = []
    for place, other in enumerate(usable.others):
        near = _near(space, other.unknown) if other.unknown and place < SPELT else ""
        said.append(f"Line {chosen.lines[other.place]}: {other.reason}{near} The pair is left out.")
    return said


def _near(space: Space, word: str) -> str:
    try:
        find_row(space, word)
    except UnknownItem as error:
        return f" Did you mean {', '.join(error.suggestions)}?" if error.suggestions else ""
    return ""
