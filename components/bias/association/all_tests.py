"""The ten published tests at once: the more one looks, the more one finds by chance."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.bias.association.asking import Waiting, ask_all
from components.bias.association.encoders import place_of
from components.bias.association.forest_chart import Line, forest_chart
from components.bias.association.request import Measured, Question, associations_request
from components.bias.association.settings import Settings, stated
from components.bias.association.tables import adjusted, results_numbers, results_table
from components.bias.association.verdict import LEVEL
from components.kit.charts import show_chart
from components.kit.choice import encoder_name
from components.kit.colours import page_colours
from components.kit.evidence import csv_button
from embeddings.bias.ready import ready_tests
from embeddings.bias.sentences import Wording
from embeddings.collection import Collection

ENDS = ("against", "the published direction", "with")


def all_tests(own: Collection, encoders: Sequence[str], how: Settings, form: Wording | None) -> Waiting | None:
    """A forest of all published tests, p-values corrected for their number."""
    questions = [
        Question(name, place_of(own, encoder, how.pool), encoder, test.sets, form, how.match, how.seed)
        for name, test in ready_tests().items()
        for encoder in encoders
    ]
    found, waiting = ask_all([associations_request(questions)], "Run all ten tests")
    if found[0] is None:
        st.caption(
            f"{len(questions)} tests: ten for each encoder. Some of the lists set groups of people beside words of "
            "praise, blame or illness; the words themselves are not shown here."
        )
        return waiting
    answers: Sequence[Measured] = found[0]
    lines = [
        Line(
            f"{question.name} · {ready_tests()[question.name].title}",
            encoder_name(question.encoder),
            found,
            ready_tests()[question.name].published if form is None else None,
        )
        for question, found in zip(questions, answers, strict=True)
    ]
    for sentence in summary(lines):
        st.markdown(sentence)
    show_chart(
        forest_chart(lines, ENDS, colours=page_colours()),
        key="forest_of_all",
        alt="Effect sizes of the ten published tests by each encoder, over what random sets give",
    )
    table = results_table(lines, several=True)
    st.dataframe(
        table,
        hide_index=True,
        height=min(740, 35 * (table.num_rows + 1) + 3),
        column_config={"test": st.column_config.TextColumn("test", pinned=True, width=230)},
        alt="Effect size, interval, corrected p-values and random sets of every test and encoder",
    )
    csv_button("All tests (CSV)", lambda: results_numbers(lines), "association_tests.csv", stated(how, form))
    return None


def summary(lines: Sequence[Line]) -> list[str]:
    """For each encoder, how many tests stand after correction, and how many beyond random sets too."""
    _, two = adjusted(lines)
    said = []
    for encoder in dict.fromkeys(line.encoder for line in lines):
        mine = [(line, two[n]) for n, line in enumerate(lines) if line.encoder == encoder]
        ran = [(line, p) for line, p in mine if line.measured.test is not None]
        found = [line for line, p in ran if p <= LEVEL]
        beyond = [line for line in found if line.measured.null is not None and line.measured.null.p_value <= LEVEL]
        refused = f"; {len(mine) - len(ran)} could not run" if len(ran) < len(mine) else ""
        said.append(
            f"**{encoder}**: {len(found)} of {len(ran)} effects are told from chance after Holm’s correction "
            f"(two-sided p ≤ {LEVEL}), and {len(beyond)} of these are larger than 95 % of random sets give{refused}."
        )
    return said
