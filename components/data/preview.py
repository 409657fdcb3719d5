"""What was understood of a collection, before it is used."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.data.picture_preview import picture_preview
from components.kit.ask import Pending
from components.kit.caveats import collection_sentence
from components.kit.choice import encoder_for, usable
from components.kit.spaces import token_request
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.space import Space

ROWS = 100


def preview(collection: Collection, space: Space | None, pending: Pending) -> None:
    """Counts, notes, lengths, first rows, and how much the chosen encoder would cut off; pictures as such."""
    if collection.kind == "image":
        picture_preview(collection)
        return
    counts = Counter(collection.items)
    again = len(collection) - len(counts)
    with st.container(horizontal=True, gap="large"):
        st.metric("items", f"{len(collection):,}", width="content")
        st.metric("label columns", f"{len(collection.columns)}", width="content")
        st.metric("occur again", f"{again:,}", width="content", help="Items equal to an earlier one. They are kept.")
        if space is not None:
            st.metric("numbers in a vector", f"{space.dimension:,}", width="content")
    for note in collection.notes:
        st.caption(f":material/info: {escape(note)}")
    left, right = st.columns([0.62, 0.38])
    with left:
        st.dataframe(first_rows(collection), hide_index=True, height=260, alt="The first rows as they were understood")
    with right:
        st.caption("Length of the items, in characters")
        st.bar_chart(length_histogram(collection), x="characters", y="items", height=220, alt="Histogram of lengths")
    encoder = encoder_for(collection)
    if space is None and usable(encoder, collection.kind) and not find_spec(encoder).fits:
        counted = pending.ask(token_request(collection, encoder))
        if counted is not None:
            st.caption(truncation_sentence(encoder, counted.lengths, counted.limit))
            unread = collection_sentence(collection, encoder, counted)
            if unread:
                st.warning(escape(unread), icon=":material/translate:")


def first_rows(collection: Collection) -> pa.Table:
    """The first items with their metadata, cut for display."""
    count = min(ROWS, len(collection))
    columns: dict[str, object] = {"item": [shorten(collection.text(row), 200) for row in range(count)]}
    for name in collection.columns:
        columns[name if name != "item" else "item (metadata)"] = collection.column(name).slice(0, count)
    return pa.table(columns)


def length_histogram(collection: Collection) -> pd.DataFrame:
    """How many texts have how many characters, in at most 24 classes."""
    lengths = np.array([len(item) for item in collection.items if isinstance(item, str)])
    edges = np.unique(np.linspace(lengths.min(), lengths.max() + 1, 25).astype(int))
    counts, _ = np.histogram(lengths, bins=edges)
    return pd.DataFrame({"characters": edges[:-1], "items": counts})


def truncation_sentence(encoder: str, counts: NDArray[np.int64], limit: int | None) -> str:
    """How many items are longer than the encoder can read; `counts` are their numbers of tokens, shape (n,)."""
    if limit is None:
        return f"{escape(encoder)} reads items of any length; the longest here has {counts.max():,} tokens."
    over = int((counts > limit).sum())
    if not over:
        return (
            f"{escape(encoder)} reads up to {limit} tokens; the longest item has {counts.max():,}: nothing is cut off."
        )
    return (
        f"{escape(encoder)} reads up to {limit} tokens: **{over:,} of {len(counts):,} items are longer** "
        f"(the longest has {counts.max():,}), and it will never see the rest of them."
    )
