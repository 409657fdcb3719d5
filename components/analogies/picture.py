"""The picture of a sum: the parallelogram in its own plane, with what the plane leaves out."""

from __future__ import annotations

import streamlit as st

from components.analogies.answered import Answered
from components.analogies.parallelogram_chart import ANSWER, SUM, B, corners_table, flat_chart, space_chart
from components.analogies.verdict import listed
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.widgets import pick
from components.kit.words import escape, shorten, table_csv
from embeddings.analogies.parallelogram import Parallelogram, parallelogram
from embeddings.errors import EmbeddingError

PICTURE = "picture"
FLAT, SPACE = "2D", "3D"
LENGTH = 26


def sum_picture(answered: Answered) -> None:
    """Draw the parallelogram, or say calmly why there is none."""
    places, row = answered.inputs.analogy, answered.drawn
    if places is None or row is None:
        st.caption(
            "No picture: a parallelogram belongs to a sum of the form b − a + c, such as king − man + woman. "
            "Other sums have no such figure in a plane."
        )
        return
    dims = _dimensions()
    units = answered.inputs.units
    a, b, c = places
    try:
        drawn = parallelogram(units[a], units[b], units[c], answered.space.vectors[row], dims=dims)
    except EmbeddingError as error:
        st.caption(f"No picture: {escape(str(error))}")
        return
    names = corner_names(answered, row)
    chart = flat_chart if dims == 2 else space_chart
    show_chart(
        chart(drawn, names, colours=page_colours()),
        key=f"parallelogram_{dims}",
        alt="The parallelogram of the sum: the same arrow drawn from a to b and from c, and the answer",
    )
    st.caption(escape(described(drawn, names, dims)))
    _twin(drawn, names)


def corner_names(answered: Answered, row: int) -> list[str]:
    """What stands beside the five points."""
    a, b, c = (shorten(answered.inputs.terms[place].name, LENGTH) for place in answered.inputs.analogy or (0, 0, 0))
    whole = f"{b} − {a} + {c}"
    return [a, b, c, whole if len(whole) <= LENGTH else "b − a + c", shorten(answered.short(row), LENGTH)]


def described(drawn: Parallelogram, names: list[str], dims: int) -> str:
    """What the picture shows of the vectors, in plain sentences."""
    answer, inputs = names[ANSWER], listed(names[:SUM])
    arrows = f"The two arrows are one difference, {names[B]} − {names[0]}, drawn twice."
    shares = (
        f"In the drawn directions lie {_percent(drawn.shares[0])} of the squared length of {inputs}, "
        f"{_percent(drawn.shares[SUM])} of that of the sum and {_percent(drawn.shares[ANSWER])} of that of {answer}."
    )
    if dims == 2:
        missed = (
            f"{answer} is drawn at its foot: it lies {drawn.height:.2f} above the plane, which shows "
            f"{_percent(drawn.answer_share)} of its squared distance from {names[0]}."
        )
    else:
        missed = f"The third direction leads from the plane up to {answer} ({drawn.height:.2f}), so nothing is lost."
    return f"{arrows} The true distance from the sum to {answer} (dashed) is {drawn.miss:.2f}. {missed} {shares}"


def _dimensions() -> int:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**The sum as a parallelogram**", width="content")
        chosen = pick("Picture", [FLAT, SPACE], key=PICTURE, hide_label=True, kept=False)
    return 3 if chosen == SPACE else 2


def _twin(drawn: Parallelogram, names: list[str]) -> None:
    with st.expander("Why this plane? And the picture as a table", icon=":material/table:"):
        st.caption(
            "It is the plane of the two differences that the sum is made of, so both arrows and the sides have their "
            "true lengths and angles. A PCA map of all words would show only a part of each, a different one each time."
        )
        table = corners_table(drawn, names)
        numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in table.column_names[2:]}
        st.dataframe(table, hide_index=True, column_config=numbers, alt="The corners of the parallelogram")
        st.download_button(
            "The corners (CSV)",
            lambda: table_csv(table),
            "parallelogram.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _percent(share: float) -> str:
    return f"{100 * float(share):.0f} %"
