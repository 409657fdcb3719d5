"""Which texts are joined to the pictures: a column of theirs, the texts beside them, or typed lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow.types as types
import streamlit as st
from numpy.typing import NDArray

from components.joint.gate import JointChoice
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.zero_shot import SLOT, check_templates

MOST_TEXTS = 5_000
MOST_LABELS = 1_000
CAPTION = "caption"
NOT_SAID = {"file", "width", "height"}
TYPED = "typed lines"
BESIDE = "texts beside them"
EXAMPLES = "a red circle\na blue square\na photograph of a cat"


class Texts(NamedTuple):
    """The texts that are joined to pictures.

    Attributes:
        texts: distinct, in the order in which they were met.
        own: for each picture the place of its own text, −1 where it has none; shape (n,).
        left_out: distinct texts beyond the bound.
    """

    texts: tuple[str, ...]
    own: NDArray[np.intp]
    left_out: int = 0

    @property
    def pairs(self) -> NDArray[np.intp]:
        """Pictures with their own texts, as rows of the joined space; shape (m, 2)."""
        pictures = np.flatnonzero(self.own >= 0)
        return np.column_stack([pictures, len(self.own) + self.own[pictures]])


def text_columns(collection: Collection) -> list[str]:
    """Columns whose values can stand as texts: the caption first, then labels."""
    return [name for name in _caption_first(collection.columns) if name == CAPTION or _is_label(collection, name)]


def texts_of_column(collection: Collection, column: str, sentence: str = SLOT) -> Texts:
    """The distinct values of a column, put into a sentence, each the own text of the pictures that have it."""
    values = collection.column(column).to_pylist()
    said = [None if value is None or str(value) == "" else sentence.replace(SLOT, str(value)) for value in values]
    distinct = list(dict.fromkeys(text for text in said if text is not None))
    return _paired(said, distinct)


def texts_of_lines(lines: Sequence[str], captions: Sequence[str | None]) -> Texts:
    """The distinct lines that are not blank; a picture's own is the one that equals its caption."""
    return _paired(captions, list(dict.fromkeys(line.strip() for line in lines if line.strip())))


def text_controls(choice: JointChoice) -> Texts | None:
    """The picker of the texts; None, with a hint, while there are too few."""
    pictures = choice.pictures
    sources = [*([BESIDE] if choice.texts else []), *text_columns(pictures), TYPED]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = pick_from_list("Texts", sources, key="texts_from", width=220, kept=False)
        try:
            texts = _texts_from(choice, source)
        except EmbeddingError as error:
            st.error(escape(str(error)))
            return None
        if texts.left_out:
            st.caption(f"The first {MOST_TEXTS:,} of {MOST_TEXTS + texts.left_out:,} different texts.")
    if len(texts.texts) < 2 or len(pictures) < 2:
        st.info(
            f"A joint space needs at least 2 pictures and 2 different texts; here are {len(pictures):,} and "
            f"{len(texts.texts):,}."
        )
        return None
    return texts


def _texts_from(choice: JointChoice, source: str) -> Texts:
    pictures = choice.pictures
    captions = pictures.column(CAPTION).to_pylist() if CAPTION in pictures.columns else [None] * len(pictures)
    if source == BESIDE:
        return texts_of_lines(choice.texts, captions)
    if source == TYPED:
        typed = st.text_area("One text a line", EXAMPLES, key="typed_texts", bind="query-params", height=110, width=420)
        return texts_of_lines(typed.splitlines(), captions)
    if source == CAPTION:
        return texts_of_column(pictures, source)
    said = st.text_input(
        "In a sentence",
        f"a picture of a {SLOT}",
        key="sentence",
        bind="query-params",
        width=300,
        help="{} is where the value goes.",
    )
    return texts_of_column(pictures, source, check_templates([said])[0])


def _paired(said: Sequence[str | None], distinct: list[str]) -> Texts:
    kept = distinct[:MOST_TEXTS]
    place = {text: number for number, text in enumerate(kept)}
    own = np.array([-1 if text is None else place.get(text, -1) for text in said], dtype=np.intp)
    return Texts(tuple(kept), own, len(distinct) - len(kept))


def _caption_first(names: Sequence[str]) -> list[str]:
    return sorted(
        (name for name in names if name not in NOT_SAID and name not in ENCODERS), key=lambda name: name != CAPTION
    )


def _is_label(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or types.is_boolean(values.type):
        return False
    return 2 <= len(values.drop_null().unique()) <= MOST_LABELS
