"""Pictures and texts in one space: which of a collection, with which encoder, and the texts written about pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import streamlit as st

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
from embeddings.computations import EncoderOf
from embeddings.encoders import ENCODERS
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.joint import is_joint
from embeddings.samples import SAMPLES
from embeddings.space import Space, Vectors
from embeddings.store import is_given, space_fingerprint

# So many typed texts are encoded while one waits, and are not worth a place in the store.
FEW = 256
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
        return Space(collection, vectors, encoder, {}, f"typed {fingerprint}")  # the store does not hold it

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
