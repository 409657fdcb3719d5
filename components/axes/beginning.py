"""What the page begins with: the link's axis, or a ready one that suits what is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.axes import form, state
from components.axes.definition import Seeds, to_text
from components.axes.ready import PICTURES, WORDS, ReadyAxis
from components.kit import link
from components.kit.candidates import reads_texts
from components.kit.words import write_words
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.space import Space

HELD_LOW, HELD_HIGH = "held_low", "held_high"
BEGUN = "axis_begun_with"


def ready_axes(space: Space) -> tuple[ReadyAxis, ...]:
    """The ready axes that can be placed here; only those whose seeds have vectors."""
    axes = WORDS.axes if space.collection.kind == "text" else PICTURES.axes
    if reads_texts(space.encoder):
        return axes
    held = {item.casefold() for item in space.collection.rows if isinstance(item, str)}
    return tuple(each for each in axes if held.issuperset(map(str.casefold, each.seeds.words)))


def begin(space: Space) -> None:
    """Fill the form from the link, or with the first ready axis where nothing was typed yet."""
    text = link.read(state.FIRST)
    if text and st.session_state.get(form.IN_FORM) != text:
        _from_link()
    elif form.IN_FORM not in st.session_state or form.fields() == st.session_state.get(BEGUN):
        _suit(space)


def use(seeds: Seeds, low: Sequence[str], high: Sequence[str]) -> None:
    """Look at an axis with its held-out words; a button's callback."""
    form.fill(seeds)
    st.session_state[HELD_LOW] = write_words(low)
    st.session_state[HELD_HIGH] = write_words(high)


def open_saved(seeds: Seeds) -> None:
    """Look at a saved axis; the held-out words of another one are put away, because they were about that."""
    form.fill(seeds)
    st.session_state[HELD_LOW] = st.session_state[HELD_HIGH] = ""


def _from_link() -> None:
    try:
        form.fill(state.current())
    except EmbeddingError as error:
        form.fill(None)
        st.session_state[form.BROKEN_LINK] = str(error)


def _suit(space: Space) -> None:
    """Begin with a ready axis; while it is untouched, another kind of collection brings its own."""
    axes = ready_axes(space)
    first = axes[0] if axes and not _learns_words(space) else None
    if st.session_state.get(form.IN_FORM) == (to_text(first.seeds) if first else ""):
        return
    if first is None:
        form.fill(None)
        st.session_state[HELD_LOW] = st.session_state[HELD_HIGH] = ""
    else:
        use(first.seeds, first.low, first.high)
    st.session_state[BEGUN] = form.fields()


def _learns_words(space: Space) -> bool:
    """Whether the encoder knows only words of the collection, so that a ready axis may mean nothing to it."""
    return reads_texts(space.encoder) and find_spec(space.encoder).fits
