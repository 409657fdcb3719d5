"""Pictures and texts in one space: which of a collection, with which encoder, and the texts written about pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pyarrow.types as types
import streamlit as st
from numpy.typing import NDArray

from components.kit import caching, link
from components.kit.ask import Request, ask
from components.kit.caveats import all_same, vocabulary_sentence
from components.kit.choice import (
    choose_collection,
    choose_encoder,
    chosen_collection,
    chosen_encoder,
    encoder_name,
    usable,
)
from components.kit.kinds import drawn
from components.kit.spaces import space_of, space_request, token_request
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.jobs.computing import EncoderOf, compute
from embeddings.jobs.job import Job
from embeddings.joint import is_joint
from embeddings.samples import SAMPLES
from embeddings.space import Space, Vectors
from embeddings.store import is_given, space_fingerprint
from embeddings.zero_shot import SLOT

CAPTION = "caption"
# So many typed texts are encoded while one waits, and are not worth a place in the store.
FEW = 256
MOST_TEXTS = 5_000
MOST_LABELS = 1_000
NOT_SAID = {"file", "width", "height"}
SCENES = "scenes"


class JointChoice(NamedTuple):
    """What a joint page looks at.

    Attributes:
        pictures: a collection of pictures.
        texts: the texts that stand beside them in a mixed collection.
        encoder: one that puts pictures and texts into one space.
    """

    pictures: Collection
    texts: tuple[str, ...]
    encoder: str


def joint_choice(promise: str) -> JointChoice:
    """Pictures and a joint encoder; where they are missing, the way to them is shown and the script ends.

    Args:
        promise: what the page would show, as the end of a sentence.
    """
    encoder = chosen_encoder()
    collection, _ = chosen_collection()
    if drawn(collection) and is_joint(encoder):
        return JointChoice(*caching.pictures_and_texts(collection), encoder)
    with st.container(border=True):
        if drawn(collection):
            _offer_joint_encoders(encoder, promise)
        else:
            name = escape(shorten(collection.name, 60))
            st.markdown(f"“{name}” holds texts only. With pictures and texts in one space, this page shows {promise}.")
            with st.container(horizontal=True):
                _example_button()
                if st.button("Bring your own pictures", icon=":material/upload_file:"):
                    link.go_to(link.DATA)
    st.stop()


def _offer_joint_encoders(encoder: str, promise: str) -> None:
    name = escape(encoder_name(encoder))
    st.markdown(f"{name} does not put pictures and texts into one space. With one that does, you see {promise}.")
    if is_given(encoder):
        _example_button()
        return
    joint = [name for name, spec in ENCODERS.items() if spec.joint and usable(name, ("image",))]
    with st.container(horizontal=True):
        for number, each in enumerate(joint):
            kind: Literal["primary", "secondary"] = "secondary" if number else "primary"
            st.button(f"Use {each}", key=f"use_{each}", on_click=choose_encoder, args=(each,), type=kind)
    if not joint:
        st.caption("No such encoder can run here now; choose one in the sidebar to read what it needs.")


def _example_button() -> None:
    if SCENES in SAMPLES:
        label = "Open the drawn scenes with Scenes CLIP"
        st.button(label, on_click=_open_scenes, type="primary", icon=":material/shapes:")


def _open_scenes() -> None:
    choose_collection(SCENES)
    choose_encoder("")


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
    names = [name for name in collection.columns if name not in NOT_SAID and name not in ENCODERS]
    labels = [name for name in names if name != CAPTION and _is_label(collection, name)]
    return [*([CAPTION] if CAPTION in names else []), *labels]


def _is_label(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or types.is_boolean(values.type):
        return False
    return 2 <= len(values.drop_null().unique()) <= MOST_LABELS


def texts_of_column(collection: Collection, column: str, sentence: str = SLOT) -> Texts:
    """The distinct values of a column, put into a sentence, each the own text of the pictures that have it."""
    values = collection.column(column).to_pylist()
    said = [None if value is None or str(value) == "" else sentence.replace(SLOT, str(value)) for value in values]
    return _paired(said, [text for text in said if text is not None])


def texts_of_lines(lines: Sequence[str], captions: Sequence[str | None]) -> Texts:
    """The distinct lines that are not blank; a picture's own is the one that equals its caption."""
    return _paired(captions, [line.strip() for line in lines if line.strip()])


def _paired(said: Sequence[str | None], texts: Sequence[str]) -> Texts:
    distinct = list(dict.fromkeys(texts))
    kept = distinct[:MOST_TEXTS]
    place = {text: number for number, text in enumerate(kept)}
    own = np.array([-1 if text is None else place.get(text, -1) for text in said], dtype=np.intp)
    return Texts(tuple(kept), own, len(distinct) - len(kept))


def joint_space(pictures: Collection, texts: Sequence[str], encoder: str) -> Space:
    """Pictures and texts by one joint encoder as one space; waits with progress while it is computed."""
    return caching.joined_space(space_of(pictures, encoder), text_space(texts, encoder))


def text_space(texts: Sequence[str], encoder: str) -> Space:
    """The vectors of some texts; waits while they are computed. A few typed ones leave nothing in the store."""
    if len(texts) <= FEW:
        return ask(few_texts_request(texts, encoder))
    return ask(space_request(Collection.from_texts(texts, name="texts"), encoder))


def few_texts_request(texts: Sequence[str], encoder: str) -> Request[Space]:
    """The job that encodes at most 256 texts, which leave nothing in the store."""
    collection = Collection.from_texts(texts, name="texts")
    fingerprint = space_fingerprint(collection, encoder)

    def encode(job: Job) -> Space:
        vectors = compute(caching.store(), job, "vectors", EncoderOf(collection, encoder), list(collection.items))
        return Space(collection, vectors, encoder, {}, fingerprint)

    return Request(f"texts|{fingerprint}", encode)


def told_apart(texts: Sequence[str], vectors: Vectors, encoder: str, noun: str) -> bool:
    """Whether an encoder tells typed texts apart; words that it does not know are named here.

    Args:
        texts: what was typed.
        vectors: theirs.
        encoder: its name.
        noun: what one of the texts is called.
    """
    same = all_same(vectors)
    counts = ask(token_request(Collection.from_texts(texts, name="texts"), encoder))
    said = escape(vocabulary_sentence(encoder, texts, counts, noun, same=same))
    if same:
        st.error(said)
    elif said:
        st.warning(said, icon=":material/translate:")
    return not same
