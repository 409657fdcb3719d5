"""What the encoder saw: of a text its tokens, of a picture the part that is left after its own crop and resize."""

from __future__ import annotations

import hashlib

import streamlit as st

from components.kit.caveats import unread_sentence
from components.kit.choice import encoder_name
from components.kit.pictures import single_picture
from components.kit.spaces import inspect_item, query_sentence, view_item
from components.kit.words import escape
from embeddings.collection import Item
from embeddings.encoders import find_spec
from embeddings.space import Space, Vectors, lengths
from embeddings.store import is_given

SHOWN = 120
HIGH = 240


def seen_panel(space: Space, item: Item, vector: Vectors, *, looked_up: bool) -> None:
    """Draw the panel for a text or a picture, of the collection or looked up in it."""
    st.markdown("**What the encoder saw**")
    fact = f"vector of {space.dimension} numbers, length {float(lengths(vector)):.4g}"
    if is_given(space.encoder):
        st.caption(f"{encoder_name(space.encoder)}: {fact}. Nothing is known of how they were made.")
        return
    if isinstance(item, str):
        _tokens(space, item, fact, looked_up=looked_up)
    else:
        _view(space, item, fact)
    if space.params:
        st.caption("How it ran: " + escape(", ".join(f"{name} {value}" for name, value in space.params.items())))


def _tokens(space: Space, text: str, fact: str, *, looked_up: bool) -> None:
    seen = inspect_item(space, text, looked_up=looked_up)
    with st.container(border=True):
        st.text(" · ".join(seen.tokens[:SHOWN]) + (" …" if len(seen.tokens) > SHOWN else "") or "nothing")
    limit = f" of at most {seen.limit}" if seen.limit else ""
    st.caption(f"{len(seen.tokens)} tokens{limit}; {fact}.")
    if looked_up and (said := query_sentence(space)):
        st.caption(escape(said))
    if seen.dropped:
        st.warning(f"{seen.dropped:,} tokens were cut off at the encoder's limit of {seen.limit}: it never saw them.")
    unread = unread_sentence(space.encoder, seen.unread, [text])
    if unread:
        st.warning(escape(unread), icon=":material/translate:")
    if seen.unknown:
        st.warning("No vector for: " + escape(", ".join(seen.unknown[:20])))


def _view(space: Space, item: bytes, fact: str) -> None:
    """The picture with the part that was used, and beside it what the encoder got."""
    if not find_spec(space.encoder).takes("image"):
        return
    view = view_item(space, item)
    if view is None:
        return
    name = hashlib.blake2b(item, digest_size=6).hexdigest()
    whole = tuple(round(side, 3) for side in view.box) == (0.0, 0.0, 1.0, 1.0)
    left, right = st.columns(2, gap="small")
    with left:
        st.caption("The picture" if whole else "The picture; what lies outside the frame was cut off")
        single_picture(item, alt="the picture", key=f"original_{name}", height=HIGH, box=None if whole else view.box)
    with right:
        st.caption("What the encoder got")
        single_picture(view.picture, alt="what the encoder got", key=f"seen_{name}", height=HIGH)
    st.caption(escape(f"{view.note} {fact[0].upper()}{fact[1:]}."))
