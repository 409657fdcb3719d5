"""What is asked: the labels, the sentences they are put into, the truth to compare with, how sharp the answers are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.choice import SUITABLE
from components.kit.labels import called, held_out, label_columns, match_labels, usual_labels, values_of
from components.kit.widgets import pick_from_list, template_picker
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.zero_shot import LOGIT_SCALE, SLOT, check_labels, check_templates, logit_bias, logit_scale

NOTHING = "not known"
EXAMPLES = ("a red circle", "a blue square", "a photograph of an animal")
LABELS = "labels"
FORMS = "templates"
SCALE = "scale"


class Question(NamedTuple):
    """What each picture is asked.

    Attributes:
        labels: the names on offer.
        templates: the sentences they are put into.
        column: the column that holds the truth; empty for none.
        names: the label that means each value of the column.
        counted: the pictures that count, shape (n,); None for all.
    """

    labels: tuple[str, ...]
    templates: tuple[str, ...]
    column: str = ""
    names: Mapping[str, str] = {}
    counted: NDArray[np.bool_] | None = None


def question_controls(pictures: Space) -> Question | None:
    """The labels, templates and truth; None, with the reason beside them, while they are unusable."""
    collection = pictures.collection
    column = _truth_picker(collection)
    values = values_of(collection, column) if column else []
    _begin(pictures, column, values)
    typed = st.text_area("Labels, one a line", key=LABELS, bind="query-params", height=210)
    templates = template_picker(FORMS, noun="label")
    try:
        question = Question(check_labels(typed.splitlines()), check_templates(templates), column)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    if not column:
        return question
    return question._replace(names=_names(question, values), counted=_counted(pictures))


def _counted(pictures: Space) -> NDArray[np.bool_] | None:
    unseen = held_out(pictures.collection, pictures.encoder)
    if unseen is None:
        return None
    only = st.checkbox(
        f"Count held-out pictures only ({unseen.sum():,})",
        value=True,
        key="held_out",
        bind="query-params",
        help=f"The training of {pictures.encoder} saw the others with captions: they say little about what it can do.",
    )
    return unseen if only else None


def scale_control(pictures: Space) -> float:
    """The factor before the softmax."""
    own = logit_scale(pictures.params)
    scale = float(
        st.number_input(
            "Logit scale",
            1.0,
            1000.0,
            key=SCALE,
            format="%.1f",
            bind="query-params",
            help="Cosines are multiplied by it before the softmax. It changes how sure the answers look, never which "
            "comes first.",
        )
    )
    st.caption("The encoder’s own." if own and abs(scale - _offered(own)) < 1e-6 else _not_its_own(own))
    return scale


def none_control(pictures: Space) -> bool:
    """Whether a picture may be none of the labels."""
    how = (
        "a picture is none of them where the encoder’s own sigmoid gives its best label less than one half."
        if logit_bias(pictures.params) is not None
        else "this encoder sets no limit, so a label must score higher than 95 % of the scores of labels that did not "
        "come first."
    )
    return st.toggle(
        "Allow “none of these”",
        key="none",
        bind="query-params",
        help=f"Off, each picture gets one of the labels. On, {how}",
    )


def _offered(own: float | None) -> float:
    return min(1000.0, max(1.0, round(own or LOGIT_SCALE, 1)))


def _not_its_own(own: float | None) -> str:
    return f"The encoder’s own is {own:.1f}." if own else "The encoder does not tell its own; 100 is CLIP’s."


def _truth_picker(collection: Collection) -> str:
    columns = label_columns(collection)
    if not columns:
        st.caption("No column of this collection can be the truth, so answers are shown but not counted.")
        return ""
    chosen = pick_from_list("The truth is in", [*columns, NOTHING], key="truth", kept=False)
    return "" if chosen == NOTHING else chosen


def _begin(pictures: Space, column: str, values: Sequence[str]) -> None:
    """What stands in the fields before anybody writes; words of a link stay.

    Another collection or column brings its own labels and template, another encoder its own scale.
    """
    words = {LABELS: "\n".join(usual_labels(values) or EXAMPLES), FORMS: [_usual_template(values, pictures.encoder)]}
    _fill(words, "words_about", f"{pictures.collection.fingerprint}|{column}")
    _fill({SCALE: _offered(logit_scale(pictures.params))}, "scale_about", pictures.encoder)


def _fill(usual: Mapping[str, Any], remembered: str, about: str) -> None:
    changed = st.session_state.get(remembered, about) != about
    st.session_state[remembered] = about
    for key, value in usual.items():
        if changed or (key not in st.session_state and key not in st.query_params):
            st.session_state[key] = value


def _usual_template(values: Sequence[str], encoder: str) -> str:
    if values and all(value.isdecimal() and len(value) == 1 for value in values):
        return "a handwritten {}"
    if not values:
        return SLOT
    return "a {}" if encoder == SUITABLE["mixed"] else "a photo of a {}"


def _names(question: Question, values: Sequence[str]) -> dict[str, str]:
    """Which label means which value: found by itself, and the reader may correct it."""
    found = match_labels(values, question.labels)
    content = repr((question.column, question.labels, values)).encode()
    with st.popover("What each value is called", icon=":material/translate:"):
        edited = st.data_editor(
            pa.table({"value": values, "is called": [found.get(value) for value in values]}),
            disabled=["value"],
            hide_index=True,
            column_config={"is called": st.column_config.SelectboxColumn(options=list(question.labels))},
            key=f"names_{hashlib.blake2b(content, digest_size=6).hexdigest()}",
            alt="The label that means each value of the column",
        )
    names = dict(zip(edited["value"].to_pylist(), edited["is called"].to_pylist(), strict=True))
    names = {value: label for value, label in names.items() if label}
    missing = called(names, values)
    if missing:
        st.caption(escape(missing))
    return names
