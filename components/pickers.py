"""The two choices in the sidebar of every page: collection and encoder."""

from __future__ import annotations

import streamlit as st

from components import link
from components.choice import choose_collection, choose_encoder, current_encoder, mine, problem_of, takes
from components.defaults import COLLECTION
from components.reach import MODEL_FOLDERS, any_model, folders_of
from components.spaces import open_collection
from embeddings.collection import Kind
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.samples import SAMPLES

ANY_MODEL = "Another model …"


def sidebar() -> None:
    """The two choices, with what stands in the way of them."""
    with st.sidebar:
        _collection_picker()
        _encoder_picker()


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
    id = link.read("collection", COLLECTION)
    try:
        collection, saved = open_collection(id)
    except EmbeddingError:
        return
    if saved is not None and saved.encoder:
        st.selectbox("Encoder", ["ready-made vectors"], disabled=True, help="This collection came with its vectors.")
        return
    current = current_encoder(collection)
    options = [*_in_order(collection.kind), *([current] if current not in ENCODERS else [])]
    states = {encoder: _with_state(encoder, collection.kind) for encoder in options}
    if any_model() or folders_of(MODEL_FOLDERS):
        states[ANY_MODEL] = ANY_MODEL
    choice = st.selectbox(
        "Encoder",
        list(states),
        index=list(states).index(current),
        format_func=states.__getitem__,
        help="○ is not on this machine, × looks at other things than this collection holds; "
        "choose it to read what to do about that.",
    )
    if choice == ANY_MODEL:
        choice = _typed_model(collection.kind) or current
    if choice != current:
        choose_encoder(choice)
        st.rerun()
    if choice in ENCODERS:
        st.caption(ENCODERS[choice].summary)


def _in_order(kind: Kind) -> list[str]:
    """All encoders, those first that take items of a kind."""
    return sorted(ENCODERS, key=lambda encoder: not ENCODERS[encoder].takes(kind))


def _typed_model(kind: Kind) -> str:
    texts = kind == "text"
    typed = st.text_input(
        "Sentence Transformers model" if texts else "open_clip model",
        placeholder="organisation/model or a folder on the server"
        if texts
        else "architecture/pretrained tag or folder",
        help="Loaded from safetensors only; code that comes with a model is never run.",
    ).strip()
    if not typed or typed.startswith(("hub:", "folder:", "open_clip:", "local-dir:")):
        return typed
    from_folder, by_name = ("folder", "hub") if texts else ("local-dir", "open_clip")
    return f"{from_folder if typed.startswith('/') else by_name}:{typed}"


def _with_state(encoder: str, kind: Kind) -> str:
    if not takes(encoder, kind):
        return f"× {encoder}"
    return encoder if problem_of(encoder, kind) is None else f"○ {encoder}"
