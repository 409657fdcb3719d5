"""What the visitor looks at: the collection and the encoder that link and session name, or else the first ones."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from components.kit import caching, link
from components.kit.spaces import LayoutSettings, open_collection
from components.kit.visitors import why_not_named
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError, NotStored
from embeddings.jobs.client import remedy
from embeddings.kinds import listed_kinds
from embeddings.kinds import suitable_encoder as suitable_for
from embeddings.samples import SAMPLES
from embeddings.space import Space
from embeddings.store import Saved, is_given

COLLECTION = "words"
ENCODER = "MiniLM"
FIRST_MAP = LayoutSettings("UMAP", 2, 0, {"n_neighbors": 15, "min_dist": 0.1, "metric": "cosine"})
ENCODED_IN_ADVANCE = ("scenes", "digits")
Kinds = tuple[str, ...]
LINKED = {"collection": COLLECTION, "encoder": "", "item": ""}
MINE = "my_collections"
OWNED = "owned"


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
    """The encoder that can run now on the chosen collection; otherwise its remedy is shown and the script ends."""
    collection, saved = chosen_collection()
    if saved is not None and saved.encoder:
        return saved.encoder
    encoder = current_encoder(collection)
    problem = problem_of(encoder, collection.kinds)
    if problem:
        st.warning(
            escape(problem), title=escape(f"{shorten(encoder, 60)} cannot run here yet"), icon=":material/cloud_off:"
        )
        instead = suitable_encoder(link.read("collection", COLLECTION), collection)
        if st.button(f"Use {instead} instead"):
            choose_encoder(instead)
            st.rerun()
        st.stop()
    return encoder


def current_encoder(collection: Collection) -> str:
    """The encoder that the link names, or the one that suits the collection; it may not be able to run."""
    return link.read("encoder") or suitable_encoder(link.read("collection", COLLECTION), collection)


def encoder_for(collection: Collection) -> str:
    """The encoder that a collection not yet saved will be opened with."""
    encoder = link.read("encoder")
    return encoder if encoder and takes(encoder, collection.kinds) else suitable_for(collection.kinds)


def choose_encoder(encoder: str) -> None:
    """Look with another encoder from now on."""
    link.write("encoder", encoder)


def usable(encoder: str, kinds: Kinds) -> bool:
    """Whether an encoder can run now on items of these kinds."""
    return problem_of(encoder, kinds) is None


def choose_collection(id: str) -> None:
    """Look at another collection from now on; an encoder that cannot take its items is chosen anew."""
    link.write("collection", id)
    link.write("item", "")
    link.write("filter", "")  # its columns are those of the collection before
    with suppress(EmbeddingError):  # a collection that is gone is answered where it would be drawn
        if not takes(link.read("encoder"), open_collection(id)[0].kinds):
            choose_encoder("")


def save_and_choose(content: Collection | Space) -> bool:
    """Keep a collection that this session brought or made, and look at it; this session may delete it.

    Where nothing can be kept the reason is shown here; whatever was pressed can be pressed again. Whether it was kept.
    """
    try:
        saved = caching.store().save(content)
    except NotStored as error:
        st.error(escape(str(error)))
        return False
    mine()[saved.id] = saved.name
    owned()[saved.id] = saved.owner
    choose_collection(saved.id)
    return True


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


def problem_of(encoder: str, kinds: Kinds) -> str | None:
    """Why an encoder cannot run now on items of these kinds, as a sentence; None when it can."""
    return why_not_named(encoder) or _wrong_kind(encoder, kinds) or remedy(encoder)


def _wrong_kind(encoder: str, kinds: Kinds) -> str | None:
    if takes(encoder, kinds):
        return None
    own = sorted(find_spec(encoder).kinds)
    return f"{encoder} takes {listed_kinds(own)} only, and this collection holds {listed_kinds(kinds)}."


def takes(encoder: str, kinds: Kinds) -> bool:
    """Whether an encoder looks at items of these kinds; one that is not known may."""
    try:
        return find_spec(encoder).takes(*kinds)
    except EmbeddingError:  # an unknown name: its remedy says more
        return True


def suitable_encoder(choice: str, collection: Collection) -> str:
    """The encoder that a collection is opened with, by its key or id and its content."""
    ready = SAMPLES.get(choice)
    return (ready.encoder if ready else "") or suitable_for(collection.kinds)
