"""What was understood of a collection, texts or pictures, before it is used."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending
from components.kit.caveats import collection_sentence
from components.kit.choice import encoder_for, usable
from components.kit.evidence import Table, items_of, note, show_table
from components.kit.kinds import written
from components.kit.pictures import gallery
from components.kit.spaces import token_request
from components.kit.words import escape
from embeddings.collection import Collection, LeftOut
from embeddings.encoders import find_spec
from embeddings.labelled import label_counts
from embeddings.reading.wording import listed, megabytes, several
from embeddings.space import Space

ROWS = 100
PICTURES = 40
MOST_LABELS = 200


def preview(collection: Collection, space: Space | None, pending: Pending) -> None:
    """Counts, notes, lengths, first rows, and how much the chosen encoder would cut off; pictures as such."""
    if written(collection):
        _texts(collection, space, pending)
    else:
        _pictures(collection)


def _texts(collection: Collection, space: Space | None, pending: Pending) -> None:
    with st.container(horizontal=True, gap="large"):
        st.metric("items", f"{len(collection):,}", width="content")
        st.metric("label columns", f"{len(collection.columns)}", width="content")
        _again(collection, "Items equal to an earlier one. They are kept.")
        if space is not None:
            st.metric("numbers in a vector", f"{space.dimension:,}", width="content")
    note(*collection.notes)
    left, right = st.columns([0.62, 0.38])
    with left:
        show_table(Table(first_rows(collection), "The first rows as they were understood", height=260))
    with right:
        st.caption("Length of the items, in characters")
        st.bar_chart(length_histogram(collection), x="characters", y="items", height=220, alt="Histogram of lengths")
    encoder = encoder_for(collection)
    if space is None and usable(encoder, collection.kinds) and not find_spec(encoder).fits:
        counted = pending.ask(token_request(collection, encoder))
        if counted is not None:
            st.caption(truncation_sentence(encoder, counted.lengths, counted.limit))
            unread = collection_sentence(collection, encoder, counted)
            if unread:
                st.warning(escape(unread), icon=":material/translate:")


def _again(collection: Collection, help: str) -> None:
    again = len(collection) - len(set(collection.items))
    st.metric("duplicates", f"{again:,}", width="content", help=help)


def first_rows(collection: Collection) -> pa.Table:
    """The first items with their metadata, cut for display."""
    count = min(ROWS, len(collection))
    known = {
        name if name != "item" else "item (metadata)": collection.column(name).slice(0, count)
        for name in collection.columns
    }
    return items_of(collection, range(count), then=known, cut=200, numbered=False)


def length_histogram(collection: Collection) -> pd.DataFrame:
    """How many texts have how many characters, in at most 24 classes."""
    lengths = np.array([len(item) for item in collection.items if isinstance(item, str)])
    edges = np.unique(np.linspace(lengths.min(), lengths.max() + 1, 25).astype(int))
    counts, _ = np.histogram(lengths, bins=edges)
    return pd.DataFrame({"characters": edges[:-1], "items": counts})


def truncation_sentence(encoder: str, counts: NDArray[np.int64], limit: int | None) -> str:
    """How many items are longer than the encoder can read; `counts` are their numbers of tokens, shape (n,)."""
    name, longest = escape(encoder), f"{counts.max():,}"
    if limit is None:
        return f"{name} reads items of any length; the longest here has {longest} tokens."
    over = int((counts > limit).sum())
    if not over:
        return f"{name} reads up to {limit} tokens; the longest item has {longest}: nothing is cut off."
    return (
        f"{name} reads up to {limit} tokens: **{over:,} of {len(counts):,} items are longer** (the longest has "
        f"{longest}), and it will never see the rest of them."
    )


def _pictures(collection: Collection) -> None:
    labels = label_table(collection)
    with st.container(horizontal=True, gap="large"):
        st.metric("pictures", f"{len(collection):,}", width="content")
        st.metric("labels", f"{labels.num_rows:,}" if labels else "none", width="content", help="Names of the folders.")
        _again(collection, "Equal to an earlier picture. They are kept.")
        if collection.left_out:
            st.metric("could not be read", f"{len(collection.left_out):,}", width="content")
    st.caption(escape(about(collection)))
    left, right = st.columns([0.7, 0.3]) if labels else (st.container(), None)
    with left:
        gallery(collection, spread(len(collection), PICTURES), key="upload_strip", on_pick=lambda row: None)
    if right is not None and labels is not None:
        with right:
            show_table(Table(labels.slice(0, MOST_LABELS), "How many pictures have which label", height=320))
    note(*collection.notes)
    if collection.left_out:
        count = several(len(collection.left_out), "file")
        with st.expander(f"{count} could not be read", icon=":material/broken_image:"):
            show_table(unread_files(collection.left_out))


def label_table(collection: Collection) -> pa.Table | None:
    """How many pictures have which label, most first; None where there are no labels."""
    if "label" not in collection.columns:
        return None
    counts = label_counts(collection, "label")
    none = len(collection) - counts.total()
    ranked = sorted([*counts.items(), *([("", none)] if none else [])], key=lambda pair: (-pair[1], pair[0]))
    return pa.table({"label": [label or "(none)" for label, _ in ranked], "pictures": [count for _, count in ranked]})


def unread_files(files: tuple[LeftOut, ...]) -> Table:
    """The files that could not be read, and why."""
    names, reasons = zip(*files, strict=True)
    return Table(
        pa.table({"file": names, "why: it …": reasons}),
        "Files that could not be read",
        height=300,
        label="Table (CSV)",
        file="not-read.csv",
        whole=lambda: pa.table({"file": names, "reason": reasons}),
    )


def about(collection: Collection) -> str:
    """One line on formats, sizes and the memory they take."""
    kinds = Counter(PurePosixPath(str(file)).suffix.lower() or "no ending" for file in _values(collection, "file"))
    parts = [listed([f"{count:,} {kind}" for kind, count in kinds.most_common()])] if kinds else []
    sizes = zip(_values(collection, "width"), _values(collection, "height"), strict=True)
    ordered = sorted(sizes, key=lambda size: size[0] * size[1])
    if ordered:
        smallest, largest = ("{:,} × {:,}".format(*size) for size in (ordered[0], ordered[-1]))
        parts.append(f"{smallest} pixels" if smallest == largest else f"from {smallest} to {largest} pixels")
    kept = sum(len(item) for item in collection.items if isinstance(item, bytes))
    return " · ".join([*parts, f"kept in {megabytes(kept)}"])


def spread(n: int, most: int) -> list[int]:
    """Rows from the whole of a collection, at even distances."""
    return list(range(n)) if n <= most else np.linspace(0, n - 1, most).round().astype(int).tolist()


def _values(collection: Collection, column: str) -> list[Any]:
    return collection.column(column).to_pylist() if column in collection.columns else []
