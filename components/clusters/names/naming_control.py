"""How clusters shall be named: the control of it."""

from __future__ import annotations

import streamlit as st

from components.clusters.names.ways import LABELS, WAYS, Naming, ways_of
from components.kit.labels import label_columns, usual_labels, values_of
from components.kit.widgets import pick_from_list
from embeddings.collection import Collection
from embeddings.space import Space

WAY, TYPED, ABOUT = "names", "cluster_labels", "cluster_labels_about"
EXAMPLES = ("a photograph", "a drawing", "a number")


def naming_control(space: Space) -> Naming:
    """The way of naming, and the labels where they are typed; both stand in the link."""
    ways = ways_of(space)
    told = "\n".join(f"- **{each}**: {WAYS[each]}" for each in ways)
    way = pick_from_list("Names from", ways, key=WAY, help=told, width=170)
    return Naming(way, _typed(space.collection) if way == LABELS else ())


def first_labels(collection: Collection) -> tuple[str, ...]:
    """The labels offered before anybody types: the values of a column that can be labels."""
    columns = label_columns(collection)
    return tuple(usual_labels(values_of(collection, columns[0]))) if columns else EXAMPLES


def _typed(collection: Collection) -> tuple[str, ...]:
    changed = st.session_state.get(ABOUT, collection.fingerprint) != collection.fingerprint
    st.session_state[ABOUT] = collection.fingerprint
    if changed or (TYPED not in st.session_state and TYPED not in st.query_params):
        st.session_state[TYPED] = ", ".join(first_labels(collection))
    typed = st.text_input(
        "Labels, separated by commas", key=TYPED, bind="query-params", persist_state="session", width=260
    )
    return tuple(label.strip() for label in typed.split(",") if label.strip())
