"""The seeds as they are typed: pairs or two lists, and what the ends are called."""

from __future__ import annotations

import streamlit as st

from components.axes import state
from components.axes.definition import Seeds, to_text
from components.axes.parsing import Typed, check, read_lists, read_pairs
from components.kit.words import escape, write_pairs, write_words
from embeddings.errors import EmbeddingError

PAIRS, LISTS = "Pairs", "Two lists"
WAY, PAIR_LINES, LOW_WORDS, HIGH_WORDS = "axis_seeds", "axis_pairs", "axis_low_words", "axis_high_words"
LOW_NAME, HIGH_NAME, NAME = "axis_low_name", "axis_high_name", "axis_name"
IN_FORM, BROKEN_LINK = "axis_in_form", "axis_broken_link"
FIELDS = (WAY, PAIR_LINES, LOW_WORDS, HIGH_WORDS, LOW_NAME, HIGH_NAME, NAME)
NOTE = "Separate words by commas or lines, or by spaces where there is no comma; phrases may stand in quotes."


def fill(seeds: Seeds | None) -> None:
    """Put an axis into the form, as a callback or before the form is drawn."""
    low, high = (seeds.low, seeds.high) if seeds else ((), ())
    paired = seeds is None or seeds.paired
    st.session_state[WAY] = PAIRS if paired else LISTS
    st.session_state[PAIR_LINES] = write_pairs(low, high) if paired else ""
    st.session_state[LOW_WORDS] = "" if paired else write_words(low)
    st.session_state[HIGH_WORDS] = "" if paired else write_words(high)
    st.session_state[LOW_NAME] = seeds.low_name if seeds else ""
    st.session_state[HIGH_NAME] = seeds.high_name if seeds else ""
    st.session_state[NAME] = seeds.name if seeds else ""
    st.session_state.pop(BROKEN_LINK, None)
    remember(seeds)


def remember(seeds: Seeds | None) -> None:
    """Make the axis of the form the one that the link names."""
    state.write(seeds)
    st.session_state[IN_FORM] = to_text(seeds) if seeds else ""


def fields() -> tuple[str, ...]:
    """What stands in the form."""
    return tuple(str(st.session_state.get(key) or "") for key in FIELDS)


def is_empty() -> bool:
    """Whether nothing was typed."""
    return not any(str(st.session_state.get(key) or "").strip() for key in (PAIR_LINES, LOW_WORDS, HIGH_WORDS))


def seeds_form() -> Seeds | None:
    """The axis of the form; None while it is empty or, with the reason beside it, mistaken."""
    way = st.segmented_control(
        "Seeds",
        [PAIRS, LISTS],
        key=WAY,
        persist_state="session",
        required=True,
        on_change=_carry_over,
        help="Pairs belong together, such as small and large; two lists need not have the same length.",
    )
    (_pair_fields if way == PAIRS else _list_fields)()
    try:
        typed = _typed(str(way))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    if typed is None:
        return None
    low, high = (tuple(word.text for word in side) for side in (typed.low, typed.high))
    low_name, high_name = _names(low[0], high[0])
    return Seeds(low, high, typed.paired, low_name, high_name, " ".join(str(st.session_state.get(NAME, "")).split()))


def _pair_fields() -> None:
    st.text_area(
        "Pairs, one a line: low, high",
        key=PAIR_LINES,
        persist_state="session",
        height=210,
        placeholder="small, large\nlittle, big\ntiny, huge",
        help="Between the two: a comma, a space, a tab or ↔. Phrases: “a small circle, a large circle”. #12 is the "
        "item of that number.",
    )


def _list_fields() -> None:
    for side, key, example in (("Low", LOW_WORDS, "small, little, tiny"), ("High", HIGH_WORDS, "large, big, huge")):
        st.text_area(f"{side} words", key=key, persist_state="session", height=100, placeholder=example, help=NOTE)


def _typed(way: str) -> Typed | None:
    """What was typed, checked; None where nothing was."""
    fields = (PAIR_LINES,) if way == PAIRS else (LOW_WORDS, HIGH_WORDS)
    texts = [str(st.session_state.get(field) or "") for field in fields]
    if not any(text.strip() for text in texts):
        return None
    typed = read_pairs(texts[0]) if way == PAIRS else read_lists(*texts)
    check(typed)
    return typed


def _names(low: str, high: str) -> tuple[str, str]:
    left, right = st.columns(2, gap="small")
    names = (
        left.text_input("Low end", key=LOW_NAME, persist_state="session", placeholder=low, max_chars=40),
        right.text_input("High end", key=HIGH_NAME, persist_state="session", placeholder=high, max_chars=40),
    )
    first, second = (" ".join((name or "").split()) for name in names)
    return first, second


def _carry_over() -> None:
    """Take the seeds along to the other way of typing them, where they fit it."""
    way = st.session_state[WAY]
    try:
        typed = _typed(LISTS if way == PAIRS else PAIRS)
    except EmbeddingError:
        return
    if typed is None:
        return
    low, high = ([word.text for word in side] for side in (typed.low, typed.high))
    if way == LISTS:
        st.session_state[LOW_WORDS], st.session_state[HIGH_WORDS] = write_words(low), write_words(high)
    elif len(low) == len(high):
        st.session_state[PAIR_LINES] = write_pairs(low, high)
