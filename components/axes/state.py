"""Which axis this session looks at, and which it has saved."""

from __future__ import annotations

import streamlit as st

from components.axes.definition import Seeds, from_text, to_text
from components.kit import link
from embeddings.errors import EmbeddingError

FIRST, SECOND = "axis", "axis2"
SAVED = "saved_axes"
PREFIX = "axis: "


def current(which: str = FIRST) -> Seeds | None:
    """The axis that the link or this session names.

    Raises:
        EmbeddingError: the link's cannot be read.
    """
    text = link.read(which)
    return from_text(text) if text else None


def write(seeds: Seeds | None, which: str = FIRST) -> None:
    """Make an axis the one that is looked at."""
    link.write(which, "" if seeds is None else to_text(seeds))


def saved() -> dict[str, Seeds]:
    """The saved axes of this session by their titles."""
    axes: dict[str, Seeds] = st.session_state.setdefault(SAVED, {})
    return axes


def save(seeds: Seeds) -> None:
    """Save an axis; one of the same title is replaced."""
    saved()[seeds.title] = seeds


def forget(title: str) -> None:
    """Delete a saved axis."""
    saved().pop(title, None)


def by_label() -> dict[str, Seeds]:
    """The axes that a map can be coloured by: the saved ones and the link's; of equal titles the link's."""
    axes = {f"{PREFIX}{title}": seeds for title, seeds in saved().items()}
    try:
        seeds = current()
    except EmbeddingError:  # answered where it is used
        seeds = None
    return axes if seeds is None else axes | {label(seeds): seeds}


def label(seeds: Seeds) -> str:
    """What the map's choice of colours calls an axis."""
    return PREFIX + seeds.title
