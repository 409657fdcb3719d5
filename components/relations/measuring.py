"""Which pairs can be measured: words that the candidates lack are encoded where the encoder reads texts."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.kit.candidates import Candidates, typed_vectors
from components.kit.words import escape, shorten
from components.relations.choice import OWN, Chosen, tell
from components.relations.words import coverage_sentence
from embeddings.analogies.relations import Pair, Usable, unknown_words, usable_pairs
from embeddings.errors import UnknownItem
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space

SPELT = 4


class Measurable(NamedTuple):
    """Pairs that have a difference, and the vectors of words that the candidates lack."""

    pairs: tuple[Pair, ...]
    vectors_of: VectorsOf


def measurable(candidates: Candidates, space: Space, chosen: Chosen) -> Measurable:
    """The pairs that can be measured; what is left out is said."""
    if chosen.name != OWN:
        usable = usable_pairs(space, chosen.pairs)
        st.caption(coverage_sentence(len(usable.pairs), len(chosen.pairs)))
        return Measurable(usable.pairs, NONE_GIVEN)
    missing = unknown_words(space, chosen.pairs) if candidates.reads else ()
    given = typed_vectors(space, {word: word for word in missing})
    usable = usable_pairs(space, chosen.pairs, vectors_of=given)
    if given:
        words = ", ".join(f"“{shorten(word, 30)}”" for word in list(given)[:8])
        more = f" and {len(given) - 8:,} more" if len(given) > 8 else ""
        st.caption(escape(f"Not among the candidates, so encoded as typed: {words}{more}."))
    tell("warning", _left_out(space, chosen, usable))
    return Measurable(usable.pairs, given)


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
