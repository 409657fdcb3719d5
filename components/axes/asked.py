"""What else is asked of an axis: held-out words, and words to place along it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.axes.beginning import HELD_HIGH, HELD_LOW
from components.axes.form import NOTE
from components.axes.lookup import look_up
from components.axes.parsing import MOST
from components.kit.candidates import typed_vectors
from components.kit.words import escape, read_words
from embeddings.axes import Axis, Separation, project_on, separation
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors

PLACED = "placed"


class Asked(NamedTuple):
    """What was typed beside the seeds.

    Attributes:
        low, high: held-out words that are expected at either end.
        placed: words to place along the axis.
        answers: where a mistake in the held-out words, and in those to place, is answered.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]
    placed: tuple[str, ...]
    answers: tuple[DeltaGenerator, DeltaGenerator]


class Answered(NamedTuple):
    """What came out; None or empty for what was not asked or could not be answered."""

    held_out: Separation | None
    places: Vectors


def asked_fields(example: str) -> Asked:
    """The fields below the seeds; the example stands in the empty one."""
    placed = st.text_area(
        "Place words of your own",
        key=PLACED,
        bind="query-params",
        height=70,
        placeholder=example,
        help="They are encoded and marked on the axis. " + NOTE,
    )
    about_placed = st.container()
    with st.expander("Held-out words", icon=":material/fact_check:", key="held_out_words"):
        st.caption("Words that are no seeds and that you expect low or high. Do they come out so?")
        low, high = (
            st.text_area(label, key=key, bind="query-params", height=90, help=NOTE)
            for label, key in (("Expected low", HELD_LOW), ("Expected high", HELD_HIGH))
        )
        about_held_out = st.container()
    words = [tuple(word.text for word in read_words(text or "")) for text in (low, high, placed)]
    return Asked(words[0], words[1], words[2], (about_held_out, about_placed))


def answer(space: Space, axis: Axis, asked: Asked) -> Answered:
    """Work out what was asked; a mistake is answered beside its field. Waits for words that are encoded."""
    about_held_out, about_placed = asked.answers
    held_out, places = None, np.zeros(0, np.float32)
    try:
        held_out = _separation(space, axis, asked)
    except EmbeddingError as error:
        about_held_out.error(escape(str(error)))
    try:
        vectors = _vectors_of(space, asked.placed)
        places = project_on(axis, _stacked(space, asked.placed, vectors)) if asked.placed else places
    except EmbeddingError as error:
        about_placed.error(escape(str(error)))
    return Answered(held_out, places)


def _separation(space: Space, axis: Axis, asked: Asked) -> Separation | None:
    if not asked.low and not asked.high:
        return None
    return separation(space, axis, asked.low, asked.high, vectors_of=_vectors_of(space, asked.low + asked.high))


def _vectors_of(space: Space, words: Sequence[str]) -> VectorsOf:
    if len(words) > 2 * MOST:
        raise EmbeddingError(f"At most {2 * MOST} words can be placed at once; got {len(words):,}.")
    found = look_up(space, words)
    return {**found.given, **typed_vectors(space, found.items)}


def _stacked(space: Space, words: Sequence[str], vectors_of: VectorsOf) -> Vectors:
    rows = [
        np.asarray(vectors_of[word]) if word in vectors_of else space.vectors[find_row(space, word)] for word in words
    ]
    return np.stack(rows).astype(np.float32)
