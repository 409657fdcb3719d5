"""The results of a test set: the headline and what it is worth, every category, and the wrong answers."""

from __future__ import annotations

import streamlit as st

from components.analogy_test.charts import MOST, accuracy_chart
from components.analogy_test.sentences import gensim_sentence, guess_sentence, inputs_sentence, interval_sentence
from components.analogy_test.tables import BEST, category_numbers, category_table, inputs_named, summary
from components.analogy_test.wrong import wrong_panel
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.words import table_csv
from embeddings.analogies.questions import Questions
from embeddings.analogies.runs import AnalogyRuns
from embeddings.collection import Collection

INPUTS_IN = "with_inputs"


def results(runs: AnalogyRuns, questions: Questions, collection: Collection) -> None:
    """Everything below the controls."""
    left, right = st.columns([0.44, 0.56], gap="large")
    with left:
        _headline(runs, questions, collection)
    with right:
        _whole(runs)
    exclude = not st.toggle(
        "Let inputs be answers in the chart and the list below",
        key=INPUTS_IN,
        bind="query-params",
        help="Off, as in all published numbers: a, b and c may not be answers.",
    )
    left, right = st.columns([0.58, 0.42], gap="large")
    with left:
        _by_category(runs, exclude_inputs=exclude)
    with right:
        wrong_panel(runs, questions, collection, exclude_inputs=exclude)
    _category_twin(runs)


def _headline(runs: AnalogyRuns, questions: Questions, collection: Collection) -> None:
    report = runs.report(BEST, exclude_inputs=True)
    st.metric(
        f"{BEST}, inputs left out",
        f"{100 * report.total.accuracy.share:.1f} %",
        help="Share of the covered questions whose best answer is the expected one.",
    )
    st.caption(interval_sentence(report.total))
    st.markdown(guess_sentence(report.total))
    named = inputs_named(runs.report(BEST, exclude_inputs=False), questions, collection)
    st.markdown(inputs_sentence(runs, named))
    st.caption(gensim_sentence(report))


def _whole(runs: AnalogyRuns) -> None:
    st.markdown("**All covered questions**")
    table = summary(runs)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        alt="Accuracy of every method and guess over all covered questions",
    )
    st.caption(
        "Below the methods the guesses, among the same candidates: three without arithmetic, and 3CosAdd with other "
        "words of the category in place of a, b and c (random triples). In brackets 95 % intervals."
    )


def _by_category(runs: AnalogyRuns, *, exclude_inputs: bool) -> None:
    st.markdown("**Which relations does it answer?**")
    show_chart(
        accuracy_chart(runs, exclude_inputs=exclude_inputs, colours=page_colours()),
        key="accuracy_chart",
        alt="Accuracy by category: methods with 95 % intervals, guesses in grey",
    )
    covered = sum(tally.covered > 0 for tally in runs.reports[0].categories)
    if covered > MOST:
        st.caption(f"The first {MOST} of {covered} covered categories are drawn; the table below holds all.")


def _category_twin(runs: AnalogyRuns) -> None:
    twin = table_twin("Every category as a table", key="category_twin")
    if not twin.open:
        return
    table = category_table(runs)
    twin.dataframe(
        table,
        hide_index=True,
        height=min(600, 35 * (table.num_rows + 1) + 3),
        column_config={"category": st.column_config.TextColumn("category", pinned=True)},
        alt="Coverage and accuracy of every category by every method and guess",
    )
    twin.caption("“—”: no question of the category has all four words among the candidates.")
    twin.download_button(
        "Every category (CSV)",
        lambda: table_csv(category_numbers(runs)),
        "analogy_accuracy.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
