"""Beside the confusion matrix: how right the names are, against what guessing would reach, and how sure they look."""

from __future__ import annotations

import streamlit as st

from components.zero_shot.answers import Answers, per_label
from embeddings.zero_shot import ZeroShotReport

CLOSE = 0.05


def evidence_panel(given: Answers) -> None:
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
    st.dataframe(
        per_label(given, report),
        hide_index=True,
        height=min(420, 36 * (len(given.question.labels) + 1)),
        column_config={
            name: st.column_config.NumberColumn(name, format="%.2f" if number > 1 else None, width=62)
            for number, name in enumerate(("pictures", "named so", "recall", "precision"))
        },
        alt="Recall and precision of every label",
    )


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
