"""The Zero-shot page put together: the question, the confusion matrix, the evidence, pictures behind the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from components.joint.gate import joint_choice
from components.joint.joined import text_space
from components.kit import caching
from components.kit.ask import ask
from components.kit.caveats import all_same, vocabulary_sentence
from components.kit.charts import table_twin
from components.kit.colours import page_colours
from components.kit.labels import cut_sentence, same_sentence
from components.kit.pictures import gallery, publish_pictures, thumbnail_address
from components.kit.spaces import space_of, token_request
from components.kit.widgets import pick
from components.kit.words import escape, table_csv
from components.zero_shot.answers import (
    SHOWN,
    Answers,
    answers,
    confusion_table,
    most_confused,
    per_picture,
    rows_in_cell,
    verdicts,
)
from components.zero_shot.charts import confusion_chart, names_chart
from components.zero_shot.controls import Question, none_control, question_controls, scale_control
from components.zero_shot.evidence import evidence_panel
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.zero_shot import (
    ZeroShot,
    ZeroShotReport,
    label_prompts,
    label_vectors,
    logit_bias,
    logit_scale,
    mistakes,
    none_of_these,
)

CELL = "zero_shot_cell"
DRAWN = 60
IN_COLUMNS = 30
PROMISE = "how well a picture can be named by words alone"
MISTAKES, PICKED, ALL = "surest mistakes", "the picked cell", "surest of all"


def zero_shot_page() -> None:
    """Everything of the page below its heading."""
    choice = joint_choice(PROMISE)
    pictures = space_of(choice.pictures, choice.encoder)
    asked, middle, right = st.columns([0.24, 0.46, 0.3], gap="medium")
    with asked:
        question = question_controls(pictures)
        scale = scale_control(pictures)
        allowed = none_control(pictures)
    given = None if question is None else _ask(pictures, question, scale, none_allowed=allowed)
    if given is None:
        return
    with middle:
        _chart(given)
    with right:
        evidence_panel(given)
    _behind(given)
    _every_picture(given)
    _how_computed()


def _ask(pictures: Space, question: Question, scale: float, *, none_allowed: bool) -> Answers | None:
    """The answers; None, with the reason in their place, where the question has none."""
    labels = question.labels
    try:
        texts = text_space(label_prompts(labels, question.templates), pictures.encoder)
        counts = ask(token_request(Collection.from_texts(labels, name="labels"), pictures.encoder))
        same = all_same(label_vectors(texts.vectors, len(labels)))
        said = vocabulary_sentence(pictures.encoder, labels, counts, "label", same=same)
        if same:
            raise EmbeddingError(said)
        if said:
            st.warning(escape(said), icon=":material/translate:")
        result = caching.named_pictures(pictures, texts, len(labels), scale)
        if none_allowed:
            own = pictures.params
            result = none_of_these(result, scale=logit_scale(own), bias=logit_bias(own))
        _what_it_cannot_read(question, texts, result)
        return answers(pictures.collection, question, result)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def _what_it_cannot_read(question: Question, texts: Space, result: ZeroShot) -> None:
    """Labels that the encoder takes for one another, and labels that it does not read to the end."""
    for said in (same_sentence(question.labels, result.same, texts.encoder), _cuts(question, texts)):
        if said:
            st.warning(escape(said), icon=":material/warning:")


def _cuts(question: Question, texts: Space) -> str:
    counts = ask(token_request(texts.collection, texts.encoder))
    longest, limit = counts.lengths.reshape(len(question.labels), -1).max(axis=1), counts.limit
    return cut_sentence(
        [label for label, length in zip(question.labels, longest, strict=True) if length > (limit or length)],
        limit or 0,
    )


def _chart(given: Answers) -> None:
    labels, report = given.question.labels, given.report
    if len(labels) > DRAWN:
        _too_many(given)
        return
    if report is None:
        figure = names_chart(given.result.predicted, given.names, colours=page_colours())
    else:
        figure = confusion_chart(report, given.names, colours=page_colours())
    st.plotly_chart(
        figure,
        config={"displayModeBar": False},
        key=CELL,
        on_select=_cell_picked,
        selection_mode="points",
        alt="Confusion matrix: true labels by row, names by column" if report else "How many pictures got each name",
    )
    st.caption("Click a cell to see its pictures below." if report else "Click a bar to see its pictures below.")
    if report is not None:
        _confusion_twin(given, report)


def _too_many(given: Answers) -> None:
    st.caption(
        f"A matrix of {len(given.question.labels):,} labels would not be legible: it is drawn for up to {DRAWN}."
    )
    if given.report is not None:
        table = most_confused(given, given.report)
        st.dataframe(table, hide_index=True, height=520, alt="The most frequent mistakes")


def _confusion_twin(given: Answers, report: ZeroShotReport) -> None:
    twin = table_twin("The matrix as a table", key="confusion_twin")
    if twin.open:
        table = confusion_table(given, report)
        twin.dataframe(table, hide_index=True, alt="Confusion matrix as a table")
        twin.download_button(
            "The matrix (CSV)",
            lambda: table_csv(table),
            "confusion.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _cell_picked() -> None:
    points = _points(st.session_state.get(CELL))
    if points:
        st.session_state["behind"] = PICKED


def _points(state: Any) -> list[Any]:
    selection = state.get("selection") if hasattr(state, "get") else None
    return list(selection.get("points", [])) if selection else []


def _behind(given: Answers) -> None:
    """The pictures behind the numbers: mistakes, or those of a cell."""
    ways = [MISTAKES, PICKED] if given.report is not None else [ALL, PICKED]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The pictures behind it**", width="content")
        way = pick("Show", ways, key="behind", hide_label=True, linked=False, kept=False)
    if way == PICKED:
        _picked_cell(given)
    elif way == MISTAKES:
        rows = mistakes(given.result, given.true)
        _pictures(given, rows, "No picture is named wrongly.")
    else:
        _pictures(given, np.argsort(-given.result.confidence, kind="stable"), "")


def _picked_cell(given: Answers) -> None:
    labels = given.question.labels
    points = _points(st.session_state.get(CELL))
    named, true = (points[0].get("x"), points[0].get("y")) if points else (None, None)
    if given.report is None:
        named, true = true, None  # a bar stands at its label's height
    with st.container(horizontal=True):
        if given.report is not None:
            true = st.selectbox(
                "True", range(len(labels)), _within(true, labels), format_func=labels.__getitem__, width=220
            )
        names = given.names
        named = st.selectbox(
            "Named", range(len(names)), _within(named, names), format_func=names.__getitem__, width=220
        )
    rows = rows_in_cell(given, None if true is None else int(true), int(named or 0))
    _pictures(given, rows, "No picture is in this cell.")


def _within(place: Any, labels: tuple[str, ...]) -> int:
    return int(place) if place is not None and 0 <= int(place) < len(labels) else 0


def _pictures(given: Answers, rows: Any, none: str) -> None:
    if not len(rows):
        st.caption(none)
        return
    st.caption(f"{len(rows):,} pictures, the surest first. Click one to make it the selected item.")
    shown = [int(row) for row in rows]
    gallery(given.pictures, shown, key="behind_gallery", captions=verdicts(given, shown[:60]), most=24)


def _every_picture(given: Answers) -> None:
    every = table_twin("Every picture with its probabilities", key="every")
    if not every.open:
        return
    rows = range(min(SHOWN, len(given.pictures)))
    table = per_picture(given, rows, most=IN_COLUMNS)
    token = publish_pictures(given.pictures)
    table = table.add_column(0, "picture", [[thumbnail_address(token, row, 64) for row in rows]])
    every.dataframe(
        table,
        hide_index=True,
        row_height=44,
        column_config={
            "picture": st.column_config.ImageColumn("picture", width=60),
            "confidence": st.column_config.ProgressColumn("confidence", min_value=0, max_value=1, format="%.2f"),
            **{
                name: st.column_config.NumberColumn(name, format="%.3f")
                for name in table.column_names
                if name.startswith("p(")
            },
        },
        alt="Every picture with its name and the probability of every label",
    )
    if len(given.pictures) > SHOWN:
        every.caption(f"The first {SHOWN:,} of {len(given.pictures):,} pictures; the file holds all.")
    every.download_button(
        "Every picture (CSV)",
        lambda: table_csv(per_picture(given, range(len(given.pictures)))),
        "zero_shot.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Each label is put into each template and encoded as a text; a label’s vector is the mean of its texts’ "
            "unit vectors, scaled to length 1 (Radford et al. 2021). A picture gets the label whose vector has the "
            "highest cosine with its own. Probabilities are the softmax of the cosines times the logit scale: they "
            "depend on that scale and on the labels offered, and add up to 1 even where no label fits. “None of "
            "these” asks for more than the best place: of a model that learnt by sigmoids (SigLIP, Zhai et al. 2023) "
            "that its own sigmoid of the cosine is at least one half; of any other that the cosine is above 95 % of "
            "those of pictures with labels that are not their nearest. The encoder learnt from pairs of pictures and "
            "texts, not from these labels; which words it met there, its card says."
        )
