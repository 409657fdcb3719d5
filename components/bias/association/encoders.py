"""Which encoders are asked, and in the place of which collection each."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.kit import caching
from components.kit.candidates import DEFAULT_SIZE, reads_texts
from components.kit.choice import ENCODER, chosen_collection, current_encoder, encoder_name, problem_of, usable
from components.kit.kinds import drawn
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS, find_spec
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.store import is_given

SIDE_BY_SIDE = (ENCODER, "MiniLM static")
POOL, FREQUENT, OWN = "pool", "Frequent words", "The collection"


def text_encoders(own: Collection) -> tuple[list[str], list[str]]:
    """The encoders that can be asked about words now, and which of them are asked at first."""
    current = _current(own)
    options = [name for name in ENCODERS if _can_read(name, own)]
    if is_given(current):
        return [current, *options], [current]
    if current not in options and _can_read(current, own):
        options.insert(0, current)
    first = [name for name in (current, *SIDE_BY_SIDE) if name in options]
    return options, list(dict.fromkeys(first)) or options[:1]


def picture_encoders(own: Collection) -> tuple[list[str], list[str]]:
    """The encoders that can look at the pictures of a collection now, and the one that is asked at first."""
    current = _current(own)
    if is_given(current):
        return [current], [current]
    options = [
        name for name in dict.fromkeys([*ENCODERS, current]) if "image" in _kinds(name) and usable(name, own.kind)
    ]
    return options, [current] if current in options else options[:1]


def own_encoders(own: Collection) -> tuple[list[str], list[str]]:
    """The encoders that can be asked about the items of a collection of texts now."""
    current = _current(own)
    return ([current], [current]) if is_given(current) else text_encoders(own)


def encoder_picker(options: list[str], first: list[str], key: str) -> list[str]:
    """One encoder or several, which stand in the link."""
    _say_who_cannot(options, key)
    names = {encoder_name(option): option for option in options}
    if not set(st.session_state.get(key) or ()) <= set(names):
        st.session_state[key] = [encoder_name(each) for each in first]
    chosen = st.multiselect(
        "Encoders side by side",
        list(names),
        default=[encoder_name(each) for each in first],
        key=key,
        bind="query-params",
        persist_state="session",
        help="The same words are asked of each. Encoders that are not on this machine are left out here; the sidebar "
        "says what they need.",
    )
    return [names[each] for each in chosen]


def place_of(own: Collection, encoder: str, pool: str) -> Collection:
    """The collection that a test of words runs in: its items are the vocabulary, and the random words.

    An encoder that learns from a collection learns from the visitor's, and vectors that came with it are only there.
    """
    if pool == OWN and not drawn(own):
        return own
    if is_given(encoder) or find_spec(encoder).fits:
        return own
    return caching.words(DEFAULT_SIZE)


def names_of(collection: Collection, encoder: str) -> Space:
    """A stand-in for a space that is not computed yet, enough to check which words it holds."""
    return Space(collection, np.zeros((len(collection), 1), np.float32), encoder, fingerprint="names only")


def say_if_current_cannot(own: Collection) -> None:
    """Say what the encoder of the sidebar needs where it cannot run; others can be asked meanwhile."""
    encoder = _current(own)
    problem = None if is_given(encoder) else problem_of(encoder, own.kind)
    if problem:
        st.warning(
            escape(problem), title=escape(f"{shorten(encoder, 60)} cannot run here yet"), icon=":material/cloud_off:"
        )


def _current(own: Collection) -> str:
    _, saved = chosen_collection()
    return saved.encoder if saved is not None and saved.encoder else current_encoder(own)


def _can_read(encoder: str, own: Collection) -> bool:
    try:
        fits = not drawn(own) or not find_spec(encoder).fits
        return fits and reads_texts(encoder) and usable(encoder, "text")
    except EmbeddingError:
        return False


def _kinds(encoder: str) -> frozenset[str]:
    try:
        return frozenset(find_spec(encoder).kinds)
    except EmbeddingError:
        return frozenset()


def _say_who_cannot(options: list[str], key: str) -> None:
    """Name encoders of the link that cannot run, with what they need."""
    known = {encoder_name(option) for option in options}
    for asked in st.query_params.get_all(key):
        if asked not in known:
            problem = problem_of(asked, "text") or "It cannot be asked here."
            st.caption(f":material/cloud_off: {escape(asked)} is left out: {escape(problem)}")
