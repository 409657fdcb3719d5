"""What the visitor looks at: the collection and the encoder, chosen in the sidebar of every page."""

from __future__ import annotations

import os

import streamlit as st

from components import caching, link
from components.defaults import COLLECTION, ENCODER
from components.spaces import open_collection
from components.text import escape
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.encoders.availability import remedy
from embeddings.errors import EmbeddingError
from embeddings.samples import SAMPLES
from embeddings.space import Space
from embeddings.store import Saved, is_given

LINKED = {"collection": COLLECTION, "encoder": ENCODER, "item": ""}
ANY_MODEL = "Another model …"
MINE = "my_collections"
OWNED = "owned"


def sidebar() -> None:
    """The two choices, with what stands in the way of them."""
    with st.sidebar:
        _collection_picker()
        _encoder_picker()


def chosen_collection() -> tuple[Collection, Saved | None]:
    """The collection that the link names; a link to nothing is answered and the script ends."""
    try:
        return open_collection(link.read("collection", COLLECTION))
    except EmbeddingError as error:
        st.error(escape(str(error)))
        if st.button("Open the ready collection of words", type="primary"):
            choose_collection(COLLECTION)
            st.rerun()
        st.stop()


def chosen_encoder() -> str:
    """The encoder that can run now; otherwise its remedy is shown and the script ends."""
    encoder = link.read("encoder", ENCODER)
    _, saved = chosen_collection()
    if saved is not None and saved.encoder:
        return saved.encoder
    problem = _problem(encoder)
    if problem:
        st.warning(escape(problem), title=escape(f"{encoder} cannot run here yet"), icon=":material/cloud_off:")
        if st.button(f"Use {ENCODER} instead"):
            link.write("encoder", ENCODER)
            st.rerun()
        st.stop()
    return encoder


def usable(encoder: str) -> bool:
    """Whether an encoder can run now."""
    return _problem(encoder) is None


def choose_collection(id: str) -> None:
    """Look at another collection from now on."""
    link.write("collection", id)
    link.write("item", "")


def save_and_choose(content: Collection | Space) -> None:
    """Keep a collection that this session brought or made, and look at it; this session may delete it."""
    saved = caching.store().save(content)
    mine()[saved.id] = saved.name
    owned()[saved.id] = saved.owner
    choose_collection(saved.id)


def mine() -> dict[str, str]:
    """Names of the saved collections of this session, by id."""
    collections: dict[str, str] = st.session_state.setdefault(MINE, {})
    return collections


def owned() -> dict[str, str]:
    """What this session may delete: owners' secrets by id."""
    secrets: dict[str, str] = st.session_state.setdefault(OWNED, {})
    return secrets


def encoder_name(encoder: str) -> str:
    """An encoder as readers call it."""
    return "ready-made vectors" if is_given(encoder) else encoder


def _collection_picker() -> None:
    current = link.read("collection", COLLECTION)
    try:
        if current not in SAMPLES and current not in mine():
            mine()[current] = open_collection(current)[0].name
    except EmbeddingError:
        mine()[current] = "(not on this server)"
    names = {key: sample.title for key, sample in SAMPLES.items()} | mine()
    choice = st.selectbox("Collection", list(names), index=list(names).index(current), format_func=names.__getitem__)
    if choice != current:
        choose_collection(choice)
        st.rerun()


def _encoder_picker() -> None:
    current = link.read("encoder", ENCODER)
    id = link.read("collection", COLLECTION)
    if id not in SAMPLES and _comes_with_vectors(id):
        st.selectbox("Encoder", ["ready-made vectors"], disabled=True, help="This collection came with its vectors.")
        return
    options = [*ENCODERS, *([current] if current not in ENCODERS else []), *([ANY_MODEL] if any_model() else [])]
    choice = st.selectbox(
        "Encoder",
        options,
        index=options.index(current),
        format_func=_with_state,
        help="○ is not on this machine; choose it to read what to do about that.",
    )
    if choice == ANY_MODEL:
        choice = _typed_model() or current
    if choice != current:
        link.write("encoder", choice)
        st.rerun()
    if choice in ENCODERS:
        st.caption(ENCODERS[choice].summary)


def _typed_model() -> str:
    typed = st.text_input(
        "Sentence Transformers model",
        placeholder="organisation/model or a folder on the server",
        help="Loaded from safetensors only; code that comes with a model is never run.",
    ).strip()
    if not typed:
        return ""
    return typed if typed.startswith(("hub:", "folder:")) else f"{'folder' if typed.startswith('/') else 'hub'}:{typed}"


def _with_state(encoder: str) -> str:
    return encoder if encoder == ANY_MODEL or _problem(encoder) is None else f"○ {encoder}"


def any_model() -> bool:
    """Whether visitors may name models that are not in the table; `VECTORSCOPE_ANY_MODEL=0` forbids it."""
    return os.environ.get("VECTORSCOPE_ANY_MODEL", "1") != "0"


def _problem(encoder: str) -> str | None:
    if encoder not in ENCODERS and not any_model():
        return "This server offers only the encoders of its table."
    return remedy(encoder)


def _comes_with_vectors(id: str) -> bool:
    try:
        return bool(open_collection(id)[1].encoder)  # type: ignore[union-attr]
    except EmbeddingError:
        return False
