"""What was understood of pictures: how many, of which labels, which could not be read, and some of them."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.pictures import gallery
from components.kit.words import escape, to_csv
from embeddings.collection import Collection, LeftOut
from embeddings.labelled import label_counts
from embeddings.reading.wording import listed, megabytes, several

SHOWN = 40
MOST_LABELS = 200


def picture_preview(collection: Collection) -> None:
    """Counts, some of the pictures, their labels, the files that could not be read, and notes."""
    labels = label_table(collection)
    again = len(collection) - len(set(collection.items))
    with st.container(horizontal=True, gap="large"):
        st.metric("pictures", f"{len(collection):,}", width="content")
        st.metric("labels", f"{labels.num_rows:,}" if labels else "none", width="content", help="Names of the folders.")
        st.metric("occur again", f"{again:,}", width="content", help="Equal to an earlier picture. They are kept.")
        if collection.left_out:
            st.metric("could not be read", f"{len(collection.left_out):,}", width="content")
    st.caption(escape(about(collection)))
    left, right = st.columns([0.7, 0.3]) if labels else (st.container(), None)
    with left:
        gallery(collection, spread(len(collection), SHOWN), key="upload_strip", on_pick=lambda row: None)
    if right is not None and labels is not None:
        right.dataframe(
            labels.slice(0, MOST_LABELS), hide_index=True, height=320, alt="How many pictures have which label"
        )
    for note in collection.notes:
        st.caption(f":material/info: {escape(note)}")
    _left_out(collection.left_out)


def label_table(collection: Collection) -> pa.Table | None:
    """How many pictures have which label, most first; None where there are no labels."""
    if "label" not in collection.columns:
        return None
    counts = label_counts(collection, "label")
    none = len(collection) - counts.total()
    ranked = sorted([*counts.items(), *([("", none)] if none else [])], key=lambda pair: (-pair[1], pair[0]))
    return pa.table({"label": [label or "(none)" for label, _ in ranked], "pictures": [count for _, count in ranked]})


def about(collection: Collection) -> str:
    """One line on formats, sizes and the memory they take."""
    kinds = Counter(PurePosixPath(str(file)).suffix.lower() or "no ending" for file in _values(collection, "file"))
    formats = listed([f"{count:,} {kind}" for kind, count in kinds.most_common()])
    sizes = sorted(
        zip(_values(collection, "width"), _values(collection, "height"), strict=True),
        key=lambda size: size[0] * size[1],
    )
    parts = [formats] if kinds else []
    if sizes:
        smallest, largest = ("{:,} × {:,}".format(*size) for size in (sizes[0], sizes[-1]))
        parts.append(f"{smallest} pixels" if smallest == largest else f"from {smallest} to {largest} pixels")
    kept = sum(len(item) for item in collection.items if isinstance(item, bytes))
    return " · ".join([*parts, f"kept in {megabytes(kept)}"])


def spread(n: int, most: int) -> list[int]:
    """Rows from the whole of a collection, at even distances."""
    return list(range(n)) if n <= most else np.linspace(0, n - 1, most).round().astype(int).tolist()


def _values(collection: Collection, column: str) -> list[int]:
    values: list[int] = collection.column(column).to_pylist() if column in collection.columns else []
    return values


def _left_out(files: tuple[LeftOut, ...]) -> None:
    if not files:
        return
    with st.expander(f"{several(len(files), 'file')} could not be read", icon=":material/broken_image:"):
        table = pa.table({"file": [file for file, _ in files], "why: it …": [reason for _, reason in files]})
        st.dataframe(table, hide_index=True, height=min(300, 38 * (len(files) + 1)), alt="Files that could not be read")
        st.download_button(
            "Table (CSV)",
            lambda: to_csv(["file", "reason"], files),
            "not-read.csv",
            "text/csv",
            key="left_out_csv",
            icon=":material/download:",
            on_click="ignore",
        )
