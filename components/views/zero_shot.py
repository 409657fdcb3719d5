"""The view “Zero-shot”: labels, the sentences they are put into, the truth, and what every picture is named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from components.kit import caching
from components.kit.ask import ask
from components.kit.joint import text_space, told_apart
from components.kit.labels import (
    called,
    cut_sentence,
    held_out,
    label_columns,
    match_labels,
    same_sentence,
    usual_labels,
    values_of,
)
from components.kit.spaces import token_request
from components.kit.widgets import begin_with, pick_from_list, template_picker
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.joint import Rows
from embeddings.kinds import JOINT
from embeddings.space import Space
from embeddings.zero_shot import (
    LOGIT_SCALE,
    SLOT,
    UNKNOWN,
    ZeroShot,
    ZeroShotReport,
    check_labels,
    check_templates,
    label_prompts,
    label_vectors,
    logit_bias,
    logit_scale,
    none_of_these,
    truth,
    zero_shot_report,
)

NOTHING = "not known"
NONE = "none of these"
EXAMPLES = ("a red circle", "a blue square", "a photograph of an animal")
LABELS, FORMS, SCALE = "labels", "templates", "scale"


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


class Answers(NamedTuple):
    """The answers to a question about pictures.

    Attributes:
        pictures: their space.
        question: what they were asked.
        result: the names and how sure they are.
        true: place of each picture's true label, −1 where it is not known.
        report: how right the names are; None where nothing is known.
    """

    pictures: Space
    question: Question
    result: ZeroShot
    true: Rows
    report: ZeroShotReport | None

    @property
    def names(self) -> tuple[str, ...]:
        """What a picture can be named: the labels and, where that is allowed, none of these."""
        return (*self.question.labels, *([] if self.result.needed is None else [NONE]))


def zero_shot(pictures: Space, place: DeltaGenerator, middle: DeltaGenerator) -> Answers | None:
    """Ask in a place what each picture is; None, with the reason where the answer would stand, where it has none."""
    with place:
        question = _question(pictures)
        scale = _scale(pictures)
        allowed = _none_allowed(pictures)
    if question is None:
        return None
    with middle:
        try:
            return _answers(pictures, question, scale, none_allowed=allowed)
        except EmbeddingError as error:
            st.error(escape(str(error)))
            return None


def _answers(pictures: Space, question: Question, scale: float, *, none_allowed: bool) -> Answers | None:
    labels, encoder = question.labels, pictures.encoder
    texts = text_space(label_prompts(labels, question.templates), encoder)
    if not told_apart(labels, label_vectors(texts.vectors, len(labels)), encoder, "label"):
        return None
    result = caching.named_pictures(pictures, texts, len(labels), scale)
    if none_allowed:
        result = none_of_these(result, scale=logit_scale(pictures.params), bias=logit_bias(pictures.params))
    counts = ask(token_request(texts.collection, encoder))
    longest, limit = counts.lengths.reshape(len(labels), -1).max(axis=1), counts.limit or np.inf
    cut = [label for label, length in zip(labels, longest, strict=True) if length > limit]
    for said in (same_sentence(labels, result.same, encoder), cut_sentence(cut, counts.limit or 0)):
        if said:
            st.warning(escape(said), icon=":material/warning:")
    return answers(pictures, question, result)


def answers(pictures: Space, question: Question, result: ZeroShot) -> Answers:
    """Put the truth beside the result, where there is one.

    Raises:
        EmbeddingError: the column is known, but no picture that counts has a value that a label means.
    """
    if not question.column:
        return Answers(pictures, question, result, np.full(len(pictures), UNKNOWN), None)
    true = truth(pictures.collection.column(question.column).to_pylist(), question.names, question.labels)
    if question.counted is not None:
        true = np.where(question.counted, true, UNKNOWN)
    return Answers(pictures, question, result, true, zero_shot_report(result, true))


def _question(pictures: Space) -> Question | None:
    """The labels, templates and truth; None, with the reason beside them, while they are unusable."""
    collection = pictures.collection
    column = _truth_picker(collection)
    values = values_of(collection, column) if column else []
    # Another collection or column brings its own labels and template, another encoder its own scale.
    words = {LABELS: "\n".join(usual_labels(values) or EXAMPLES), FORMS: [_usual_template(values, pictures.encoder)]}
    begin_with(words, f"{collection.fingerprint}|{column}", key="words_about")
    begin_with({SCALE: _offered(logit_scale(pictures.params))}, pictures.encoder, key="scale_about")
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


def _truth_picker(collection: Collection) -> str:
    columns = label_columns(collection)
    if not columns:
        st.caption("No column of this collection can be the truth, so answers are shown but not counted.")
        return ""
    chosen = pick_from_list("Correct labels are in", [*columns, NOTHING], key="truth", kept=False)
    return "" if chosen == NOTHING else chosen


def _usual_template(values: Sequence[str], encoder: str) -> str:
    if values and all(value.isdecimal() and len(value) == 1 for value in values):
        return "a handwritten {}"
    if not values:
        return SLOT
    return "a {}" if encoder == JOINT else "a photo of a {}"


def _names(question: Question, values: Sequence[str]) -> dict[str, str]:
    """Which label means which value: found by itself, and the reader may correct it."""
    found = match_labels(values, question.labels)
    content = repr((question.column, question.labels, values)).encode()
    with st.popover("Rename labels", icon=":material/translate:"):
        edited = st.data_editor(
            pa.table({"value": values, "is called": [found.get(value) for value in values]}),
            disabled=["value"],
            hide_index=True,
            column_config={"is called": st.column_config.SelectboxColumn(options=list(question.labels))},
            key=f"names_{hashlib.blake2b(content, digest_size=6).hexdigest()}",
            alt="The label that means each value of the column",
        )
    pairs = zip(edited["value"].to_pylist(), edited["is called"].to_pylist(), strict=True)
    names = {value: label for value, label in pairs if label}
    if missing := called(names, values):
        st.caption(escape(missing))
    return names


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


def _scale(pictures: Space) -> float:
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
    if own and abs(scale - _offered(own)) < 1e-6:
        st.caption("Default of this encoder.")
    else:
        st.caption(
            f"The default of this encoder is {own:.1f}." if own else "This encoder has no default; 100 is CLIP’s."
        )
    return scale


def _offered(own: float | None) -> float:
    return min(1000.0, max(1.0, round(own or LOGIT_SCALE, 1)))


def _none_allowed(pictures: Space) -> bool:
    """Whether a picture may be none of the labels."""
    how = (
        "a picture is none of them where the encoder’s own sigmoid gives its best label less than one half."
        if logit_bias(pictures.params) is not None
        else "this encoder sets no limit, so a label must score higher than 95 % of the scores of labels that did not "
        "come first."
    )
    help = f"Off, each picture gets one of the labels. On, {how}"
    return st.toggle("Allow “none of these”", key="none", bind="query-params", help=help)
