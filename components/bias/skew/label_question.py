"""Which names are on offer, and what they begin with."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.bias.skew.groups import group_columns, group_picker
from components.kit.kinds import drawn
from components.kit.labels import usual_labels, values_of
from components.kit.widgets import template_picker
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.zero_shot import SLOT, check_labels, check_templates

LABELS, FORMS = "skew_labels", "skew_templates"
ABOUT = "skew_labels_about"
OF_TEXTS = ("a woman", "a man")
MOST_USUAL = 30


class Names(NamedTuple):
    """What items may be named, and how the names are put.

    Attributes:
        labels: the names.
        templates: the sentences they are put into.
        column: of the groups.
    """

    labels: tuple[str, ...]
    templates: tuple[str, ...]
    column: str


def label_controls(collection: Collection) -> Names | None:
    """The names and the groups; None, with the reason beside them, while they are unusable."""
    column = group_picker(collection)
    if not column:
        return None
    _begin(collection, column)
    typed = st.text_area("Names on offer, one a line", key=LABELS, bind="query-params", height=180)
    templates = template_picker(FORMS, noun="name")
    try:
        return Names(check_labels(str(typed).splitlines()), check_templates(templates), column)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def usual_names(collection: Collection, column: str) -> tuple[str, ...]:
    """What is offered first: for pictures what another column tells apart, else whom a text may be about."""
    if not drawn(collection):
        return OF_TEXTS
    for other in group_columns(collection):
        if other != column and 2 <= len(values_of(collection, other)) <= MOST_USUAL:
            return tuple(usual_labels(values_of(collection, other)))
    return tuple(usual_labels(values_of(collection, column)))[:MOST_USUAL]


def _begin(collection: Collection, column: str) -> None:
    """What stands in the fields before anybody writes; words of a link stay, another collection brings its own."""
    about = collection.fingerprint
    changed = st.session_state.get(ABOUT, about) != about
    st.session_state[ABOUT] = about
    usual = {
        LABELS: "\n".join(usual_names(collection, column)),
        FORMS: [SLOT if not drawn(collection) else "a {}"],
    }
    for key, value in usual.items():
        if changed or (key not in st.session_state and key not in st.query_params):
            st.session_state[key] = value
