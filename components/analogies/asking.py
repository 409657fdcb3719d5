"""What is asked: the sum, what may answer, and the answer that is expected."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.analogies.example_buttons import PLACEHOLDER, example_popover
from components.kit.candidates import Candidates, candidate_controls
from components.kit.choice import chosen_collection

SUM, EXPECTED, INPUTS, ANSWERS = "sum", "expected", "inputs", "answers"
MOST = 50
USUAL = 10


class Asked(NamedTuple):
    """A question.

    Attributes:
        text: the sum as typed.
        expected: the expected answer as typed; empty for none.
        candidates: what answers come from.
        inputs_in: whether inputs may be answers.
        k: how many answers are listed.
    """

    text: str
    expected: str
    candidates: Candidates
    inputs_in: bool
    k: int


def sum_controls() -> Asked:
    """The controls above the answers."""
    words = chosen_collection()[0].kind == "text"
    left, right = st.columns([0.72, 0.28], vertical_alignment="bottom")
    text = left.text_input(
        "A sum of words, phrases in quotes, or items such as #12",
        key=SUM,
        bind="query-params",
        persist_state="session",
        placeholder=PLACEHOLDER if words else "#4 - arrow + heart",
        icon=":material/calculate:",
    )
    expected = right.text_input(
        "Expected answer, if you have one",
        key=EXPECTED,
        bind="query-params",
        persist_state="session",
        placeholder="queen" if words else "#12",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        candidates = candidate_controls()
        k = st.number_input("Answers listed", 1, MOST, USUAL, key=ANSWERS, bind="query-params", width=130)
        inputs_in = st.toggle(
            "Inputs may be answers",
            key=INPUTS,
            bind="query-params",
            persist_state="session",
            help="Off, as is usual, every item that stands in the sum is left out, in any case of its letters. "
            "On, one sees how often an input itself is nearest to the sum.",
        )
        if text:
            example_popover(candidates)
    return Asked((text or "").strip(), (expected or "").strip(), candidates, inputs_in, int(k or USUAL))
