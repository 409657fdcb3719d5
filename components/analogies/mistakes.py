"""A sum that cannot be worked out: the sentence, the place, and one-click repairs."""

from __future__ import annotations

import unicodedata

import streamlit as st

from components.analogies.example_buttons import write_sum
from components.analogies.understanding import Encoded
from components.kit.words import escape, shorten
from embeddings.errors import EmbeddingError, ExpressionError

AROUND = 48
MOST_ENCODED = 6


def show_mistake(text: str, error: EmbeddingError) -> None:
    """Say what is wrong, point at it, and offer what was probably meant; the field keeps what was typed."""
    if not isinstance(error, ExpressionError):
        st.error(escape(str(error)))
        return
    st.error(escape(error.reason))
    if text:
        st.code(pointed(text, error.start, error.end), language=None)
    if error.suggestions:
        _offer(text, error.start, error.end, error.suggestions)


def show_encoded(text: str, encoded: tuple[Encoded, ...], encoder: str) -> None:
    """Say which names are no candidates, and offer candidates of nearly the same spelling."""
    names = [f"“{escape(shorten(each.term.name, 40))}”" for each in encoded]
    if not names:
        return
    more = f" and {len(names) - MOST_ENCODED} more" if len(names) > MOST_ENCODED else ""
    are, one = ("are no candidates", "them") if len(names) > 1 else ("is no candidate", "it")
    st.caption(f"{', '.join(names[:MOST_ENCODED])}{more} {are}; {escape(encoder)} encoded {one} just now.")
    for each in [each for each in encoded if each.near][:MOST_ENCODED]:
        _offer(text, each.term.start, each.term.end, each.near)


def pointed(text: str, start: int, end: int) -> str:
    """The part of an expression around a place, with carets under the place, for a monospaced font."""
    end = max(end, start + 1)
    left, right = max(0, start - AROUND), min(len(text), min(end, start + 2 * AROUND) + AROUND)
    before, shown = ("…" if left else ""), [_one_cell(letter) for letter in text]
    line = f"{before}{''.join(shown[left:right])}{'…' if right < len(text) else ''}"
    indent = sum(map(_cells, [before, *shown[left:start]]))
    carets = sum(map(_cells, shown[start : min(end, right)]))
    return f"{line}\n{' ' * indent}{'^' * max(1, carets)}"


def replaced(text: str, start: int, end: int, name: str) -> str:
    """The expression with one place replaced by a name, in quotes where it needs them."""
    if not (name.isalpha() and name.isascii()):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return f"{text[:start]}{name}{text[end:]}"


def _offer(text: str, start: int, end: int, names: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Did you mean", width="content")
        for name in names:
            st.button(
                escape(shorten(name, 40)),
                key=f"instead_{start}_{name}",
                on_click=write_sum,
                args=(replaced(text, start, end, name),),
            )


def _one_cell(letter: str) -> str:
    """Controls would break the line of carets."""
    return letter if letter.isprintable() else "·"


def _cells(text: str) -> int:
    """How many cells of a monospaced font a text fills."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    none = sum(unicodedata.combining(letter) > 0 for letter in text)
    return len(text) + wide - none
