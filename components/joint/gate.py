"""What a page about a joint space needs: pictures, and an encoder that reads texts into the same space."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.kit import caching, link
from components.kit.choice import (
    choose_collection,
    choose_encoder,
    chosen_collection,
    chosen_encoder,
    encoder_name,
    usable,
)
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.joint import is_joint
from embeddings.samples import SAMPLES
from embeddings.store import is_given

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
    name = escape(shorten(collection.name, 60))
    if collection.kind == "text":
        _invite(f"“{name}” holds texts only. With pictures and texts in one space, this page shows {promise}.")
    if not is_joint(encoder):
        _offer_joint_encoders(encoder, promise)
    pictures, texts = caching.pictures_and_texts(collection)
    return JointChoice(pictures, texts, encoder)


def _invite(why: str) -> None:
    with st.container(border=True):
        st.markdown(why)
        with st.container(horizontal=True):
            _example_button()
            if st.button("Bring your own pictures", icon=":material/upload_file:"):
                link.go_to(link.DATA)
    st.stop()


def _offer_joint_encoders(encoder: str, promise: str) -> None:
    joint = [name for name, spec in ENCODERS.items() if spec.joint and usable(name, "image")]
    with st.container(border=True):
        name = escape(encoder_name(encoder))
        st.markdown(f"{name} does not put pictures and texts into one space. With one that does, you see {promise}.")
        with st.container(horizontal=True):
            if not is_given(encoder):
                for number, each in enumerate(joint):
                    st.button(
                        f"Use {each}",
                        key=f"use_{each}",
                        on_click=choose_encoder,
                        args=(each,),
                        type="secondary" if number else "primary",
                    )
            else:
                _example_button()
        if not is_given(encoder) and not joint:
            st.caption("No such encoder can run here now; choose one in the sidebar to read what it needs.")
    st.stop()


def _example_button() -> None:
    if SCENES in SAMPLES:
        st.button(
            "Open the drawn scenes with Scenes CLIP",
            on_click=_open_scenes,
            type="primary",
            icon=":material/shapes:",
        )


def _open_scenes() -> None:
    choose_collection(SCENES)
    choose_encoder("")
