"""The questions that were not answered as expected."""

from __future__ import annotations

import streamlit as st

from components.analogy_test.tables import BEST, category_name, wrong_answers
from components.kit.widgets import pick_from_list
from components.kit.words import table_csv
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import AnalogyRuns
from embeddings.collection import Collection

CATEGORY, METHOD = "category", "wrong_by"
ALL = "all categories"
SHOWN = 1_000


def wrong_panel(runs: AnalogyRuns, questions: Questions, collection: Collection, *, exclude_inputs: bool) -> None:
    """Wrong answers of a category by a method."""
    st.markdown("**What it gets wrong**")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        category = _category_picker(questions)
        method = st.selectbox("Answered by", list(METHODS), key=METHOD, width=150)
    report = runs.report(str(method or BEST), exclude_inputs=exclude_inputs)
    table = wrong_answers(report, questions, collection, category)
    tallies = [each for each in report.categories if category in (None, each.name)]
    covered = sum(each.covered for each in tallies)
    if not covered:
        st.caption("No question of this category has all four words among the candidates.")
        return
    if not table.num_rows:
        st.caption(f"Nothing: all {covered:,} covered questions are answered as expected.")
        return
    shown = table.slice(0, SHOWN)
    st.dataframe(
        shown if category is None else shown.drop_columns(["category"]),
        hide_index=True,
        height=min(560, 35 * (shown.num_rows + 1) + 3),
        column_config={
            "question": st.column_config.TextColumn("question", width=205),
            "expected": st.column_config.TextColumn("expected", width=80),
            "answered": st.column_config.TextColumn("answered", width=80),
        },
        alt="Questions answered otherwise than expected",
    )
    part = f"; the first {SHOWN:,} are shown, the file holds all" if table.num_rows > SHOWN else ""
    st.caption(f"{table.num_rows:,} of {covered:,} covered questions{part}.")
    st.download_button(
        "These answers (CSV)",
        lambda: table_csv(table),
        "wrong_answers.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _category_picker(questions: Questions) -> str | None:
    """A category of the set, by its plain name; None for all."""
    named: dict[str, str | None] = {ALL: None} | {category_name(each): each for each in questions.categories}
    return named[pick_from_list("Category", list(named), key=CATEGORY, width=240, kept=False)]
