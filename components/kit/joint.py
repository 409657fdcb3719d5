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
from components.kit.spaces import open_collection, space_of, space_request, token_request
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.computations import EncoderOf
from embeddings.encoders import ENCODERS
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.joint import is_joint
from embeddings.kinds import JOINT
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
        lent: whether these are the drawn scenes in place of a collection of texts.
    """

    pictures: Collection
    texts: tuple[str, ...]
    encoder: str
    lent: bool = False


def joint_choice(promise: str) -> JointChoice:
    """Pictures and a joint encoder; for a collection of texts the drawn scenes, which is said.

    Where neither can be had, the way to them is shown and the script ends.

    Args:
        promise: what the page would show, as the end of a sentence.
    """
    collection, _ = chosen_collection()
    if not drawn(collection) and SCENES in SAMPLES and usable(JOINT, ("image",)):
        _say_lent(collection)
        return JointChoice(*caching.pictures_and_texts(open_collection(SCENES)[0]), JOINT, lent=True)
    encoder = chosen_encoder()
    if drawn(collection) and is_joint(encoder):
        return JointChoice(*caching.pictures_and_texts(collection), encoder)
    with st.container(border=True):
        if drawn(collection):
            _offer_joint_encoders(encoder, promise)
        else:
            name = escape(shorten(collection.name, 60))
            st.markdown(f"“{name}” holds texts only. With pictures and texts in one space, this page shows {promise}.")
            if st.button("Bring your own pictures", icon=":material/upload_file:"):
                link.go_to(link.DATA)
    st.stop()


def _say_lent(collection: Collection) -> None:
    """One line: what is seen here is not the chosen collection; and the way to open it, or other pictures."""
    name = escape(shorten(collection.name, 40))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lent_scenes"):
        st.caption(f":material/info: “{name}” has no pictures, so these are the drawn scenes.", width="content")
        _scenes_button("tertiary")
        if st.button("Bring your own pictures", type="tertiary", icon=":material/upload_file:"):
            link.go_to(link.DATA)


def _offer_joint_encoders(encoder: str, promise: str) -> None:
    name = escape(encoder_name(encoder))
    st.markdown(f"{name} does not put pictures and texts into one space. With one that does, you see {promise}.")
    if is_given(encoder):
        if SCENES in SAMPLES:
            _scenes_button("primary")
        return
    joint = [name for name, spec in ENCODERS.items() if spec.joint and usable(name, ("image",))]
    with st.container(horizontal=True):
        for number, each in enumerate(joint):
            kind: Literal["primary", "secondary"] = "secondary" if number else "primary"
            st.button(f"Use {each}", key=f"use_{each}", on_click=choose_encoder, args=(each,), type=kind)
    if not joint:
        st.caption("No such encoder can run here now; choose one in the sidebar to read what it needs.")


def _scenes_button(kind: Literal["primary", "tertiary"]) -> None:
    label = "Open the drawn scenes with Scenes CLIP"
    st.button(label, on_click=open_scenes, type=kind, icon=":material/shapes:", key="open_scenes")


def open_scenes(row: int | None = None) -> None:
    """Look at the drawn scenes from now on, and at one of them."""
    choose_collection(SCENES)
    choose_encoder("")
    link.select(row)


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
