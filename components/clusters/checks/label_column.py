"""Columns of a collection that say which group each item belongs to."""

from __future__ import annotations

import pyarrow.types as types

from components.kit.widgets import pick_from_list
from components.zero_shot.labels import NO_LABELS, USUAL
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.labelled import label_counts


def group_columns(collection: Collection) -> list[str]:
    """Columns with at least 2 different values of which some repeat; the usual names first."""
    found = [name for name in collection.columns if _groups(collection, name)]
    return sorted(found, key=lambda name: USUAL.index(name.casefold()) if name.casefold() in USUAL else len(USUAL))


def group_picker(columns: list[str], *, key: str) -> str:
    """One of these columns; it stands in the link."""
    return pick_from_list("Labels", columns, key=key, width=240, kept=False)


def _groups(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or types.is_nested(values.type) or name in NO_LABELS or name in ENCODERS:
        return False
    counts = label_counts(collection, name)
    return 2 <= len(counts) < counts.total()
