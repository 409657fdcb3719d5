"""Which column says the group of each item."""

from __future__ import annotations

import streamlit as st

from components.kit.labels import NO_LABELS, label_columns
from components.kit.widgets import pick_from_list
from embeddings.bias.groups import MOST_GROUPS
from embeddings.collection import Collection
from embeddings.labelled import label_counts

GROUP = "skew_groups"
NO_GROUPS = (
    "No column of this collection says which group an item belongs to, so there is nothing to compare. Bring a table "
    "with such a column (gender, region, topic …), or pictures in folders that name their group."
)


def group_columns(collection: Collection) -> list[str]:
    """All columns, those first that hold from 2 to 50 groups; the others are answered with the reason."""
    usable = [name for name in label_columns(collection) if len(label_counts(collection, name)) <= MOST_GROUPS]
    others = [name for name in collection.columns if name not in usable]
    return usable + sorted(others, key=lambda name: name in NO_LABELS)


def group_picker(collection: Collection) -> str:
    """The chosen column; empty, with the reason in its place, where there is none."""
    columns = group_columns(collection)
    if not columns:
        st.info(NO_GROUPS, icon=":material/label_off:")
        return ""
    return pick_from_list(
        "Groups are in the column",
        columns,
        key=GROUP,
        help="Items without a value in it are left out. It is taken as right.",
    )
