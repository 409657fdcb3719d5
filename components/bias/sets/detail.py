"""One measure looked into: its definition and caveat, its words drawn, what chance gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.bias.sets.charts import detail_chart, random_chart
from components.bias.sets.conventions import MEASURES, told
from components.bias.sets.tables import Found, detail_table
from components.bias.sets.words import against_chance, larger_means, number, says
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.bias.probes import PROBES
from embeddings.errors import EmbeddingError

LOOKED_INTO = "measure"
READS = {
    "RND": "A bar to the right is a word nearer to the second group.",
    "RNSB": "Beyond the dashed line, a word gets more than an equal share of the negative probability.",
    "MAC": "On the dashed line a word is as near to both groups.",
    "ECT": "Where both groups see the words in the same order, the dots rise from left to right without exception.",
}


def detail_panel(
    found: Found, conventions: dict[str, str], groups: tuple[str, str], settings: Mapping[str, Setting]
) -> None:
    """The measure that the reader looks into."""
    measure = pick("Look into", MEASURES, key=LOOKED_INTO)
    result = dict(found)[measure]
    if isinstance(result, EmbeddingError):
        st.info(escape(str(result)), icon=":material/block:")
        return
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        show_chart(
            detail_chart(measure, result, groups, colours=page_colours()),
            key=f"detail_{measure}",
            alt=f"The words behind {measure}",
        )
        st.caption(READS[measure])
    with right:
        _about(measure, result, conventions, groups)
    _twin(measure, result, groups, settings)


def _about(measure: str, result: Any, conventions: dict[str, str], groups: tuple[str, str]) -> None:
    spec = PROBES[measure]
    st.metric(measure, number(getattr(result, spec.value)))
    st.caption(f"**{escape(spec.question)}** {escape(says(measure, result, groups))}")
    st.caption(escape(f"Definition: {spec.summary} {spec.reference}. Here: {told(measure, conventions)}."))
    st.caption(escape(f"Larger means: {larger_means(measure, conventions, spec.larger)}"))
    st.caption(escape(f"Caveat: {spec.caveat}"))
    random: Any = getattr(result, "random", ())
    if len(random):
        show_chart(
            random_chart(random, getattr(result, spec.value), title=measure, colours=page_colours()),
            key=f"random_{measure}",
            alt=f"{measure} of random items, with that of these words as a line",
        )
    st.caption(escape(f"By chance: {against_chance(measure, result)}."))


def _twin(measure: str, result: Any, groups: tuple[str, str], settings: Mapping[str, Setting]) -> None:
    twin = table_twin("Word by word, as a table", key="detail_twin")
    if not twin.open:
        return
    table = detail_table(measure, result, groups)
    with twin:
        st.dataframe(
            table,
            hide_index=True,
            height=min(460, 35 * (table.num_rows + 1) + 3),
            column_config={
                name: st.column_config.NumberColumn(name, format="%.4f")
                for name in table.column_names[1:]
                if name != "nearer to"
            },
            alt=f"The words behind {measure} as a table",
        )
        csv_button(f"{measure} word by word (CSV)", lambda: table, f"{measure.lower()}_words.csv", settings)
