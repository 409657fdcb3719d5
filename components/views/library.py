"""What there is to look at: ready collections, those saved in this session, and the encoders."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from components.kit import caching, link
from components.kit.choice import COLLECTION, choose_collection, mine, owned
from components.kit.words import escape
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.jobs.client import remedy
from embeddings.samples import SAMPLES

CARDS_IN_A_ROW = 3


def ready_collections() -> None:
    """A card for each ready collection, three in a row."""
    cards = list(SAMPLES.items())
    for start in range(0, len(cards), CARDS_IN_A_ROW):
        row = cards[start : start + CARDS_IN_A_ROW]
        for column, (key, sample) in zip(st.columns(CARDS_IN_A_ROW), row, strict=False):
            with column, st.container(border=True, height="stretch", key=f"ready_{key}"):
                st.markdown(f"**{sample.title}**")
                st.caption(sample.summary)
                _open_button(key)


def saved_collections() -> None:
    """Links to what this session saved, and the way to delete it."""
    if not mine():
        return
    st.markdown("**Your collections**")
    st.caption("Only who has the link can open one; nothing here is listed for others. Links work until you delete.")
    base = str(st.context.url or "").split("?")[0].rstrip("/").removesuffix("/data")
    for id, name in list(mine().items()):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.text(name, width="stretch")
            st.code(f"{base}/?collection={id}", language=None, wrap_lines=True)
            _open_button(id)
            owner = owned().get(id)
            if owner and st.button("Delete", key=f"delete_{id}", icon=":material/delete:"):
                _delete(id, owner)


def _open_button(id: str) -> None:
    if st.button("Open", key=f"open_{id}", icon=":material/scatter_plot:"):
        choose_collection(id)
        link.go_to(link.MAP)


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


def encoder_table() -> None:
    """All encoders; those that cannot run here stay, with what to do about it."""
    remedies = {name: remedy(name) for name in ENCODERS}
    table = pa.table(
        {
            "encoder": list(ENCODERS),
            "runs here": [remedies[name] is None for name in ENCODERS],
            "in plain words": [spec.summary for spec in ENCODERS.values()],
            "numbers": [spec.dimension for spec in ENCODERS.values()],
            "MB": [spec.megabytes or None for spec in ENCODERS.values()],
            "licence": [spec.licence for spec in ENCODERS.values()],
            "learns from your data": [spec.fits for spec in ENCODERS.values()],
            "to use it": [remedies[name] or "" for name in ENCODERS],
        }
    )
    st.dataframe(table, hide_index=True, alt="The encoders")
