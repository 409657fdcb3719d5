"""What the pictures were named: how right that is, which names are mixed up, and the pictures behind each number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit.evidence import Table, items_of, show_table, show_twin
from components.kit.link import select
from components.kit.pictures import gallery, picture_column
from components.kit.widgets import pick
from components.views.confusion import ALL, MISTAKES, PICKED, names_given, picked_points, settings_of_answers
from components.views.zero_shot import Answers
from embeddings.joint import Rows
from embeddings.zero_shot import UNKNOWN, ZeroShotReport, mistakes

IN_COLUMNS = 30
SHOWN = 1_000
CAPTIONED, GALLERY = 60, 24
# Confidence and accuracy nearer than this are about the same.
CLOSE = 0.05


def named_pictures(
    given: Answers, middle: DeltaGenerator, right: DeltaGenerator, on_pick: Callable[[int], None] = select
) -> None:
    """The confusion matrix in the middle, the evidence beside it, pictures and their table below.

    Args:
        given: the answers.
        middle: the place of the matrix.
        right: that of the evidence.
        on_pick: takes the row of a clicked picture.
    """
    with middle:
        names_given(given)
    with right:
        _evidence(given)
    _behind(given, on_pick)
    show_twin("Every picture with its probabilities", lambda: every_picture(given), key="every")


def _evidence(given: Answers) -> None:
    """Accuracy with its interval and baselines, calibration, and every label's recall and precision."""
    report = given.report
    if given.result.needed is not None:
        st.caption(none_sentence(given))
    with st.container(border=True):
        if report is None:
            st.metric("Mean confidence", f"{100 * float(given.result.confidence.mean()):.0f} %")
            st.caption("Nothing says what these pictures truly are, so nobody knows how right the names are.")
            return
        st.metric("Accuracy", f"{100 * report.accuracy.share:.1f} %", help="Share of pictures named rightly.")
        st.caption(accuracy_sentence(report, held_out=given.question.counted is not None))
        st.caption(calibration_sentence(report, given.result.scale))
    show_table(per_label(given, report))


def none_sentence(given: Answers) -> str:
    """How many pictures are none of the labels, and what a name needs."""
    count, needed = int((given.result.predicted == len(given.question.labels)).sum()), given.result.needed
    return (
        f"{count:,} of {len(given.pictures):,} pictures are none of these: their best cosine is below {needed:.3f}. "
        "They count as mistakes if their true label is in your list."
    )


def accuracy_sentence(report: ZeroShotReport, *, held_out: bool = False) -> str:
    """The accuracy with its interval, what it is compared with, and what was not counted."""
    why = "were seen in training or have another truth" if held_out else "have another truth"
    left_out = f" {report.unknown:,} pictures {why} and are not counted." if report.unknown else ""
    low, high = 100 * report.accuracy.low, 100 * report.accuracy.high
    return (
        f"Of {report.known:,} pictures; 95 % interval {low:.1f} to {high:.1f} % (Wilson). Guessing reaches "
        f"{100 * report.chance:.1f} %, always naming the most frequent label {100 * report.majority:.1f} %.{left_out}"
    )


def calibration_sentence(report: ZeroShotReport, scale: float) -> str:
    """Whether the encoder is as sure as it is right."""
    off = report.confidence - report.accuracy.share
    how = "about as sure as it is right" if abs(off) < CLOSE else "surer than it is right" if off > 0 else "too modest"
    return (
        f"Its mean confidence is {100 * report.confidence:.0f} %: {how}. Confidence depends on the logit scale "
        f"({scale:g}) and on which labels are offered: it is not a probability of being right."
    )


def per_label(given: Answers, report: ZeroShotReport) -> Table:
    """Each label with how many pictures have it and get it, its recall and its precision."""
    labels = list(given.question.labels)
    counts = {"pictures": report.confusion.sum(axis=1), "named so": report.confusion.sum(axis=0)[: len(labels)]}
    shares = {
        name: pa.array(each, mask=np.isnan(each))
        for name, each in (("recall", report.recall), ("precision", report.precision))
    }
    columns = {
        **{name: st.column_config.NumberColumn(width=62) for name in counts},
        **{name: st.column_config.NumberColumn(format="%.2f", width=62) for name in shares},
    }
    lines = pa.table({"label": labels, **counts, **shares})
    return Table(lines, "Recall and precision of every label", columns, height=420)


def _behind(given: Answers, on_pick: Callable[[int], None]) -> None:
    """The pictures behind the numbers: mistakes, or those of a cell."""
    ways = [MISTAKES, PICKED] if given.report is not None else [ALL, PICKED]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The pictures behind it**", width="content")
        way = pick("Show", ways, key="behind", hide_label=True, linked=False, kept=False)
    if way == PICKED:
        rows, none = _picked_cell(given), "No picture is in this cell."
    elif way == MISTAKES:
        rows, none = mistakes(given.result, given.true), "No picture is named wrongly."
    else:
        rows, none = np.argsort(-given.result.confidence, kind="stable"), ""
    if not len(rows):
        st.caption(none)
        return
    st.caption(f"{len(rows):,} pictures, the surest first. Click one to make it the selected item.")
    captions = verdicts(given, rows[:CAPTIONED])
    gallery(
        given.pictures.collection, rows.tolist(), key="behind_gallery", captions=captions, most=GALLERY, on_pick=on_pick
    )


def _picked_cell(given: Answers) -> Rows:
    """The pictures of the cell or bar that was clicked, which the reader may change by its names."""
    points = picked_points()
    named, true = (points[0].get("x"), points[0].get("y")) if points else (None, None)
    if given.report is None:
        named, true = true, None  # a bar stands at its label's height
    with st.container(horizontal=True):
        if given.report is not None:
            true = _one_of("True", given.question.labels, true)
        return rows_in_cell(given, true, _one_of("Named", given.names, named))


def _one_of(label: str, names: Sequence[str], place: Any) -> int:
    first = int(place) if place is not None and 0 <= int(place) < len(names) else 0
    return int(st.selectbox(label, range(len(names)), first, format_func=names.__getitem__, width=220))


def rows_in_cell(given: Answers, true: int | None, named: int) -> Rows:
    """Pictures of a true label that got a name, the surest first; without a true label, all of that name."""
    chosen = given.result.predicted == named
    if true is not None:
        chosen &= given.true == true
    rows = np.flatnonzero(chosen)
    return rows[np.argsort(-given.result.confidence[rows], kind="stable")]


def verdicts(given: Answers, rows: Rows) -> list[str]:
    """What was said of some pictures, shortly: “three 84 %”, or “eight → three 84 %” where eight is true."""
    said = []
    for named, true, sure in zip(
        given.result.predicted[rows], given.true[rows], given.result.confidence[rows], strict=True
    ):
        wrong = f"{given.names[true]} → " if true not in (UNKNOWN, named) else ""
        certain = f" {100 * sure:.0f} %" if named < len(given.question.labels) else ""
        said.append(f"{wrong}{given.names[named]}{certain}")
    return said


def every_picture(given: Answers) -> Table:
    """Each picture with its name and its probabilities; the file holds all."""
    rows, count = np.arange(min(SHOWN, len(given.pictures))), len(given.pictures)
    lines = per_picture(given, rows, most=IN_COLUMNS)
    lines = lines.add_column(0, "picture", picture_column(given.pictures.collection, rows))
    columns = {
        "confidence": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f"),
        **{name: "%.3f" for name in lines.column_names if name.startswith("p(")},
    }
    return Table(
        lines,
        "Every picture with its name and the probability of every label",
        columns,
        caption=f"The first {SHOWN:,} of {count:,} pictures; the file holds all." if count > SHOWN else "",
        label="Every picture (CSV)",
        file="zero_shot.csv",
        whole=lambda: per_picture(given, np.arange(count)),
        settings=settings_of_answers(given),
    )


def per_picture(given: Answers, rows: Rows, *, most: int | None = None) -> pa.Table:
    """Each picture with its name, how sure, the truth, and the probability of every label.

    Of more than `most` labels only the second and the third choice are told.
    """
    labels, result = given.question.labels, given.result
    named = result.predicted[rows]
    columns: dict[str, object] = {
        "named": [given.names[place] for place in named],
        "confidence": pa.array(result.confidence[rows], mask=named == len(labels)),
    }
    if given.report is not None:
        columns["true"] = [None if place == UNKNOWN else labels[place] for place in given.true[rows]]
    if most is None or len(labels) <= most:
        columns |= {f"p({label})": result.probabilities[rows, place] for place, label in enumerate(labels)}
    else:
        order = np.argsort(-result.cosines[rows], axis=1, kind="stable")
        for place, title in ((1, "second choice"), (2, "third choice")):
            columns[title] = [labels[label] for label in order[:, place]]
    numbers = {"row": rows + 1}
    return items_of(given.pictures.collection, rows, first=numbers, then=columns, cut=most and 200, numbered=False)
