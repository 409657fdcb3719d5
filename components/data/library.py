"""The collections one can open: the ready ones, and those saved in this session."""

from __future__ import annotations

import streamlit as st

from components.kit import caching, link
from components.kit.choice import COLLECTION, choose_collection, mine, owned
from components.kit.words import escape
from embeddings.errors import EmbeddingError
from embeddings.samples import SAMPLES

CARDS_IN_A_ROW = 3


def ready_collections() -> None:
    """A card for each ready collection, three in a row."""
    cards = list(SAMPLES.items())
    for start in range(0, len(cards), CARDS_IN_A_ROW):
        for column, (key, sample) in zip(
            st.columns(CARDS_IN_A_ROW), cards[start : start + CARDS_IN_A_ROW], strict=False
        ):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{sample.title}**")
                st.caption(sample.summary)
                if st.button("Open", key=f"open_{key}", icon=":material/scatter_plot:"):
                    choose_collection(key)
                    link.go_to(link.MAP)


def saved_collections() -> None:
    """Links to what this session saved, and the way to delete it."""
    if not mine():
        return
    st.markdown("**Your collections**")
    st.caption("Only who has the link can open one; nothing here is listed for others. Links work until you delete.")
    for id, name in list(mine().items()):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.text(name, width="stretch")
            st.code(_address(id), language=None, wrap_lines=True)
            if st.button("Open", key=f"open_{id}", icon=":material/scatter_plot:"):
                choose_collection(id)
                link.go_to(link.MAP)
            owner = owned().get(id)
            if owner and st.button("Delete", key=f"delete_{id}", icon=":material/delete:"):
                _delete(id, owner)


def _delete(id: str, owner: str) -> None:
    try:
        caching.store().delete(id, owner)
        caching.forget_collections()
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return
    name = mine().pop(id, "")
    owned().pop(id, None)
    if link.read("collection") == id:
        choose_collection(COLLECTION)
    st.toast(escape(f"Deleted “{name}”"))
    st.rerun()


def _address(id: str) -> str:
    base = str(st.context.url or "").split("?")[0].rstrip("/").removesuffix("/data")
    return f"{base}/?collection={id}"
