"""The pairs and the words as they are typed; a link carries both."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.bias.direction.ready import ReadyPairs, ready_pairs
from components.kit.seeds import read_pairs
from components.kit.words import escape, read_words, write_pairs, write_words
from embeddings.errors import EmbeddingError
from embeddings.space import Space

PAIRS, WORDS, KEEP = "bias_pairs", "bias_words", "bias_keep"
BEGUN = "bias_pairs_begun_with"
MOST_PAIRS = 200
MOST_WORDS = 1_000


class Typed(NamedTuple):
    """What a direction is asked.

    Attributes:
        pairs: (first, second).
        words: that should be neutral.
    """

    pairs: tuple[tuple[str, str], ...]
    words: tuple[str, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The ends of the direction, the low one first: he, she."""
        first, second = self.pairs[0]
        return second, first


def begin(space: Space) -> None:
    """Fill the fields before anybody writes; while they are untouched, another kind of collection brings its own."""
    typed = st.session_state.get(PAIRS)
    if typed is None and PAIRS in st.query_params:
        return
    if typed is not None and typed != st.session_state.get(BEGUN):
        return
    offered = ready_pairs(space)
    if not offered:
        st.session_state[PAIRS] = st.session_state[BEGUN] = ""
    elif typed != _lines(offered[0]):
        use(offered[0])
        st.session_state[BEGUN] = st.session_state[PAIRS]


def use(ready: ReadyPairs) -> None:
    """Look at ready pairs; a button's callback."""
    st.session_state[PAIRS] = _lines(ready)
    st.session_state[WORDS] = write_words(ready.words)
    st.session_state[KEEP] = write_words(ready.keep)


def chosen(space: Space) -> ReadyPairs | None:
    """The ready pairs that stand in the field."""
    return next((each for each in ready_pairs(space) if st.session_state.get(PAIRS) == _lines(each)), None)


def ready_row(space: Space) -> None:
    """The ready pairs side by side."""
    now = chosen(space)
    with st.container(horizontal=True, gap="small"):
        for number, each in enumerate(ready_pairs(space)):
            st.button(
                escape(each.title),
                key=f"ready_pairs_{number}",
                type="primary" if now == each else "secondary",
                on_click=use,
                args=(each,),
            )


def pairs_form() -> Typed | None:
    """What is asked; None while it is empty or, with the reason beside it, mistaken."""
    lines = st.text_area(
        "Pairs, one a line: first, second",
        key=PAIRS,
        bind="query-params",
        persist_state="session",
        height=250,
        placeholder="she, he\nwoman, man\ndaughter, son",
        help="The direction points from the second words to the first. Between the two: a comma, a space or a tab. "
        "#12 is the item of that number.",
    )
    words = st.text_area(
        "Words that should be neutral",
        key=WORDS,
        bind="query-params",
        persist_state="session",
        height=120,
        placeholder="nurse, engineer, pilot",
        help="For direct bias and RIPA. Separate them by commas or lines; phrases may stand in quotes.",
    )
    try:
        return _typed(str(lines or ""), str(words or ""))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def words_of_field(text: str) -> tuple[str, ...]:
    """Words of a field."""
    return tuple(word.text for word in read_words(text))


def _typed(lines: str, text: str) -> Typed | None:
    if not lines.strip():
        return None
    found, words = read_pairs(lines), words_of_field(text)
    pairs = tuple((one.text, other.text) for one, other in zip(found.low, found.high, strict=True))
    for many, most, noun in ((len(pairs), MOST_PAIRS, "pairs"), (len(words), MOST_WORDS, "words")):
        if many > most:
            raise EmbeddingError(f"At most {most:,} {noun} can be asked at once, got {many:,}.")
    return Typed(pairs, words)


def _lines(ready: ReadyPairs) -> str:
    return write_pairs(*zip(*ready.pairs, strict=True))
