"""Which test this session looks at, and its word sets: ready ones, or the reader's own, which the link then carries."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.bias.set_text import NamedSet, sets_from_text, sets_to_text
from components.bias.word_sets import Slot, WordSets
from components.kit import link
from components.kit.words import shorten
from embeddings.bias.ready import ReadyTest, ready_tests
from embeddings.errors import EmbeddingError

TEST, SETS = "test", "sets"
ALL, OWN, FIRST = "all", "own", "WEAT1"
LINKED = {TEST: FIRST, SETS: ""}
PICKER, BEGUN, BROKEN, REVEALED = "association_test", "association_begun", "association_broken", "association_revealed"
LONGEST = 8_000
EXAMPLE = (
    NamedSet("Hot drinks", ("coffee", "tea", "cocoa", "espresso", "broth")),
    NamedSet("Cold drinks", ("lemonade", "cola", "smoothie", "juice", "soda")),
    NamedSet("Winter", ("winter", "snow", "december", "fireplace", "blanket")),
    NamedSet("Summer", ("summer", "beach", "july", "picnic", "swimming")),
)
EDITOR = WordSets(
    "association",
    (
        Slot("X", "Targets of one kind, such as flowers.", "rose, tulip, daisy, lily"),
        Slot("Y", "As many targets of another kind, such as insects.", "ant, flea, wasp, moth"),
        Slot("A", "Attributes that X may be nearer to, such as pleasant words.", "love, peace, joy"),
        Slot("B", "Attributes that Y may be nearer to, such as unpleasant words.", "ugly, poison, grief"),
    ),
)


def begin() -> None:
    """Fill the editor once in a session with what the link names."""
    if st.session_state.get(BEGUN):
        return
    st.session_state[BEGUN] = True
    test, sets = link.read(TEST, FIRST), link.read(SETS)
    if test not in (*ready_tests(), ALL, OWN):
        st.session_state[BROKEN] = f"There is no test “{shorten(test, 40)}”, so {FIRST} stands here instead."
        test = FIRST
    try:
        EDITOR.fill(sets_from_text(sets) if sets else published_sets(test))
    except EmbeddingError as error:
        st.session_state[BROKEN] = f"{error} {FIRST} stands here instead."
        test = FIRST
        EDITOR.fill(published_sets(FIRST))
    _choose(test)


def chosen() -> str:
    """The name of a ready test, "own" or "all"."""
    return link.read(TEST, FIRST)


def ready() -> ReadyTest | None:
    """The ready test that the sets are, or were before they were changed."""
    return ready_tests().get(chosen())


def is_edited() -> bool:
    """Whether the sets are no longer those of the ready test."""
    test = ready()
    return test is not None and [each.words for each in EDITOR.sets()] != list(test.sets)


def title() -> str:
    """What the test is called."""
    test = ready()
    if test is None:
        x, y, a, b = (each.name or slot.title for each, slot in zip(EDITOR.sets(), EDITOR.slots, strict=True))
        return f"{x} and {y}, {a} and {b}"
    return f"{chosen()}: {test.title}" + (", changed by you" if is_edited() else "")


def take() -> None:
    """Take the test that was picked, as a callback."""
    test = str(st.session_state[PICKER])
    st.session_state.pop(BROKEN, None)
    if test != ALL:
        EDITOR.fill(published_sets(test))
    _choose(test)


def restore() -> None:
    """Take the published words again, as a callback."""
    EDITOR.fill(published_sets(chosen()))


def use_example() -> None:
    """Fill the sets of the reader's own with an example, as a callback."""
    EDITOR.fill(EXAMPLE)


def carry() -> bool:
    """Let the link carry the sets where they are not those of a ready test; False where they are too long for it."""
    text = "" if chosen() == ALL or (ready() is not None and not is_edited()) else sets_to_text(EDITOR.sets())
    if EDITOR.is_empty():
        text = ""
    fits = len(text) <= LONGEST
    link.write(SETS, text if fits else "")
    return fits


def published_sets(test: str) -> Sequence[NamedSet]:
    """The four sets of a ready test; none for any other name but "all", which leaves those of the first."""
    found = ready_tests().get(FIRST if test == ALL else test)
    return [NamedSet(*each) for each in (found.x, found.y, found.a, found.b)] if found else []


def _choose(test: str) -> None:
    link.write(TEST, test)
    st.session_state[PICKER] = test
