"""What came out: the result for every picture, and its parts as tables and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.words import shorten
from components.zero_shot.controls import Question
from embeddings.collection import Collection
from embeddings.zero_shot import UNKNOWN, ZeroShot, ZeroShotReport, truth, zero_shot_report

SHOWN = 1_000
NONE = "none of these"
Rows = NDArray[np.intp]


class Answers(NamedTuple):
    """The answers to a question about pictures.

    Attributes:
        pictures: the pictures.
        question: what they were asked.
        result: the names and how sure they are.
        true: place of each picture's true label, −1 where it is not known.
        report: how right the names are; None where nothing is known.
    """

    pictures: Collection
    question: Question
    result: ZeroShot
    true: Rows
    report: ZeroShotReport | None

    @property
    def names(self) -> tuple[str, ...]:
        """What a picture can be named: the labels and, where that is allowed, none of these."""
        return (*self.question.labels, *([] if self.result.needed is None else [NONE]))


def answers(pictures: Collection, question: Question, result: ZeroShot) -> Answers:
    """Put the truth beside the result, where there is one.

    Raises:
        EmbeddingError: the column is known, but no picture that counts has a value that a label means.
    """
    if not question.column:
        return Answers(pictures, question, result, np.full(len(pictures), UNKNOWN), None)
    true = truth(pictures.column(question.column).to_pylist(), question.names, question.labels)
    if question.counted is not None:
        true = np.where(question.counted, true, UNKNOWN)
    return Answers(pictures, question, result, true, zero_shot_report(result, true))


def rows_in_cell(given: Answers, true: int | None, named: int) -> Rows:
    """Pictures of a true label that got a name, the surest first; without a true label, all of that name."""
    chosen = given.result.predicted == named
    if true is not None:
        chosen &= given.true == true
    rows = np.flatnonzero(chosen)
    return rows[np.argsort(-given.result.confidence[rows], kind="stable")]


def verdicts(given: Answers, rows: Sequence[int]) -> list[str]:
    """What was said of some pictures, shortly: “three 84 %”, or “eight → three 84 %” where eight is true."""
    names, sure = given.names, given.result.confidence
    said = []
    for row in rows:
        named, true = int(given.result.predicted[row]), int(given.true[row])
        wrong = f"{names[true]} → " if true not in (UNKNOWN, named) else ""
        said.append(
            f"{wrong}{names[named]}" + (f" {100 * sure[row]:.0f} %" if named < len(given.question.labels) else "")
        )
    return said


def per_picture(given: Answers, rows: Sequence[int], *, most: int | None = None) -> pa.Table:
    """Each picture with its name, how sure, the truth, and the probability of every label.

    Of more than `most` labels only the second and the third choice are told.
    """
    labels, result = given.question.labels, given.result
    picked = np.asarray(rows, dtype=np.intp)
    columns: dict[str, object] = {
        "row": picked + 1,
        "item": [shorten(given.pictures.text(int(row)), 200) for row in picked],
        "named": [given.names[place] for place in result.predicted[picked]],
        "confidence": pa.array(result.confidence[picked], mask=result.predicted[picked] == len(labels)),
    }
    if given.report is not None:
        columns["true"] = [None if place == UNKNOWN else labels[place] for place in given.true[picked]]
    if most is None or len(labels) <= most:
        return pa.table(
            columns | {f"p({label})": result.probabilities[picked, place] for place, label in enumerate(labels)}
        )
    order = np.argsort(-result.cosines[picked], axis=1, kind="stable")
    for place, name in ((1, "second choice"), (2, "third choice")):
        columns[name] = [labels[label] for label in order[:, place]]
    return pa.table(columns)


def most_confused(given: Answers, report: ZeroShotReport, *, most: int = 50) -> pa.Table:
    """The most frequent mistakes: true label, name, and how many pictures."""
    wrong = report.confusion.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    true, named = np.unravel_index(order[wrong.ravel()[order] > 0], wrong.shape)
    names = given.names
    return pa.table(
        {
            "true": [names[place] for place in true],
            "named": [names[place] for place in named],
            "pictures": wrong[true, named],
        }
    )


def per_label(given: Answers, report: ZeroShotReport) -> pa.Table:
    """Each label with how many pictures have it and get it, its recall and its precision."""
    return pa.table(
        {
            "label": list(given.question.labels),
            "pictures": report.confusion.sum(axis=1),
            "named so": report.confusion.sum(axis=0)[: len(given.question.labels)],
            "recall": [None if np.isnan(share) else float(share) for share in report.recall],
            "precision": [None if np.isnan(share) else float(share) for share in report.precision],
        }
    )


def confusion_table(given: Answers, report: ZeroShotReport) -> pa.Table:
    """The confusion matrix with true labels in rows and names in columns."""
    counts = {f"named {name}": report.confusion[:, place] for place, name in enumerate(given.names)}
    return pa.table({"true": list(given.question.labels), **counts})
