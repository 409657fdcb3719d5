"""Pairs that make a direction, and words to place along it: as typed, ready ones, and where their vectors come from."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import streamlit as st

from components.kit.candidates import reads_texts
from components.kit.kinds import drawn
from components.kit.texts import examples
from components.kit.words import escape, read_words, two_parts, write_pairs, write_words
from components.views.bias_forms import pairs_field, pairs_of
from components.views.bias_inputs import is_untouched, ready_row
from embeddings.bias.direction import DEFINITIONAL_PAIRS
from embeddings.bias.probes import PAIRS as PAIRS_INPUT
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.space import Space

PAIRS, WORDS, KEEP = "bias_pairs", "bias_words", "bias_keep"
BEGUN = "bias_pairs_begun_with"
MOST_PAIRS = 200
MOST_WORDS = 1_000
Pairs = tuple[tuple[str, str], ...]


class Typed(NamedTuple):
    """What a direction is asked.

    Attributes:
        pairs: (first, second).
        words: that should be neutral.
    """

    pairs: Pairs
    words: tuple[str, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The ends of the direction, the low one first: he, she."""
        first, second = self.pairs[0]
        return second, first

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The first and the second words of the pairs."""
        return tuple(pair[0] for pair in self.pairs), tuple(pair[1] for pair in self.pairs)

    @property
    def all_words(self) -> tuple[str, ...]:
        """Those of the pairs, and the neutral ones."""
        return (*(word for pair in self.pairs for word in pair), *self.words)

    @property
    def written(self) -> str:
        """The pairs as a file states them."""
        return "; ".join(f"{first} − {second}" for first, second in self.pairs)


class ReadyPairs(NamedTuple):
    """Pairs that run on one click.

    Attributes:
        title: what the reader sees.
        pairs: (first, second).
        words: that should be neutral between them.
        keep: words that differ in it by meaning.
        source: where pairs and words come from.
        sensitive: whether they stand for groups of people.
    """

    title: str
    pairs: Pairs
    words: tuple[str, ...]
    keep: tuple[str, ...]
    source: str
    sensitive: bool


def pairs_row(space: Space) -> ReadyPairs | None:
    """The ready pairs side by side, with what is said of those that stand for people; gives those in the field."""
    _begin(space)
    offered = ready_pairs(space)
    place = next((n for n, each in enumerate(offered) if st.session_state.get(PAIRS) == _lines(each)), None)
    with st.popover("Examples", icon=":material/lightbulb:", width="content"):
        titles = {n: each.title for n, each in enumerate(offered)}
        ready_row("ready_pairs", titles, place, lambda wanted: _use(offered[wanted]))
    now = None if place is None else offered[place]
    if now is not None and now.sensitive:
        st.caption(f":material/info: {examples('bias_pairs')['notice']}")
    return now


def pairs_form() -> Typed | None:
    """What is asked; None while it is empty or, with the reason beside it, mistaken."""
    lines = pairs_field(PAIRS_INPUT, key=PAIRS)
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
        return read_typed(lines, str(words or ""))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def read_typed(lines: str, text: str) -> Typed | None:
    """Pairs and words as they are typed; None where there are no pairs.

    Raises:
        EmbeddingError: a line holds no pair, or there are too many.
    """
    if not lines.strip():
        return None
    pairs, words = pairs_of(lines), words_of_field(text)
    for many, most, noun in ((len(pairs), MOST_PAIRS, "pairs"), (len(words), MOST_WORDS, "words")):
        if many > most:
            raise EmbeddingError(f"At most {most:,} {noun} can be asked at once, got {many:,}.")
    return Typed(pairs, words)


def words_of_field(text: str) -> tuple[str, ...]:
    """Words of a field."""
    return tuple(word.text for word in read_words(text))


@cache
def listed_pairs(kind: str) -> tuple[ReadyPairs, ...]:
    """All ready pairs for collections of "text" or of "picture"."""
    return tuple(
        ReadyPairs(
            each["title"],
            tuple((first, second) for first, second in map(two_parts, each["pairs"].splitlines()))
            or DEFINITIONAL_PAIRS,
            words_of_field(each["words"]),
            words_of_field(each.get("keep", "")),
            each["source"],
            each.get("sensitive", False),
        )
        for each in examples("bias_pairs")[kind]
    )


def ready_pairs(space: Space) -> tuple[ReadyPairs, ...]:
    """Those whose pairs have vectors here; where the encoder knows only its items, with what of them is there."""
    offered = listed_pairs("picture" if drawn(space.collection) else "text")
    if reads_texts(space.encoder) and not find_spec(space.encoder).fits:
        return offered
    held = {item.casefold() for item in space.collection.rows if isinstance(item, str)}
    found = []
    for each in offered:
        pairs = tuple(pair for pair in each.pairs if held.issuperset(map(str.casefold, pair)))
        if len(pairs) > 1:
            words, keep = (tuple(word for word in words if word in held) for words in (each.words, each.keep))
            found.append(each._replace(pairs=pairs, words=words, keep=keep))
    return tuple(found)


def _begin(space: Space) -> None:
    """Fill the fields before anybody writes; while they are untouched, another kind of collection brings its own."""
    if not is_untouched(PAIRS, BEGUN):
        return
    offered = ready_pairs(space)
    if not offered:
        st.session_state[PAIRS] = st.session_state[BEGUN] = ""
    elif st.session_state.get(PAIRS) != _lines(offered[0]):
        _use(offered[0])
        st.session_state[BEGUN] = st.session_state[PAIRS]


def _use(ready: ReadyPairs) -> None:
    st.session_state[PAIRS] = _lines(ready)
    st.session_state[WORDS] = write_words(ready.words)
    st.session_state[KEEP] = write_words(ready.keep)


def _lines(ready: ReadyPairs) -> str:
    return write_pairs(*zip(*ready.pairs, strict=True))
