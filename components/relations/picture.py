"""One relation drawn: its verdict, the arrows, the cosines, each with its table."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.words import table_csv
from components.relations.charts import DRAWN, cosines_chart, offsets_chart
from components.relations.tables import cosine_table, pair_table
from components.relations.words import plane_sentence, verdict
from embeddings.analogies.offsets import Offsets
from embeddings.analogies.relations import Pair

DIGITS = ("mean cosine with the others", "x", "y", "length", "share in the plane")


def relation_picture(found: Offsets, pairs: tuple[Pair, ...]) -> None:
    """The answer in words, then the pictures that show it."""
    st.markdown(verdict(found))
    show_chart(
        offsets_chart(found, pairs, colours=page_colours()),
        key="offsets_chart",
        alt="The differences of the pairs as arrows from one origin, with their mean",
    )
    st.caption(plane_sentence(found, len(pairs)))
    _twin("Every pair as a table", "offsets", pair_table(found, pairs), dict.fromkeys(DIGITS, "%.3f"))
    st.markdown("**Which pairs agree?**")
    show_chart(
        cosines_chart(found, pairs, colours=page_colours()),
        key="offset_cosines",
        alt="Cosines between the differences of every two pairs",
    )
    drawn = f" Of {len(pairs)} pairs the first {DRAWN} are drawn." if len(pairs) > DRAWN else ""
    st.caption(
        "Cosine between the differences of two pairs: 1 is the same direction, 0 none in common. "
        f"Those that agree most with all others stand first; columns have the same order.{drawn}"
    )
    table = cosine_table(found, pairs)
    _twin("Every cosine as a table", "cosines", table, dict.fromkeys(table.column_names[1:], "%.2f"))


def _twin(title: str, name: str, table: pa.Table, formats: Mapping[str, str]) -> None:
    twin = table_twin(title, key=f"{name}_twin")
    if not twin.open:
        return
    twin.dataframe(
        table,
        hide_index=True,
        height=min(460, 35 * (table.num_rows + 1) + 3),
        column_config={column: st.column_config.NumberColumn(column, format=each) for column, each in formats.items()},
        alt=title,
    )
    twin.download_button(
        f"{title.split(' as ')[0]} (CSV)",
        lambda: table_csv(table),
        f"relation_{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
