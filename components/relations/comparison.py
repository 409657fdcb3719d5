"""All ready relations side by side: which of them are one direction here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.kit.ask import Pending, asking
from components.kit.words import table_csv
from components.relations.choice import choose_relation, ready_relations
from components.relations.tables import comparison_table
from embeddings.space import Space

KEY = "compared"


def comparison(space: Space, chosen: str) -> None:
    """The table of ready relations; a click on a row chooses that relation."""
    st.markdown("**Which relations are one direction here?**")
    pending = Pending()
    compared = pending.ask(asking("relations", space, ready_relations()))
    if compared is None:
        pending.show()
        return
    names = [each.name for each in compared]
    table = comparison_table(compared)
    selected = [names.index(chosen)] if chosen in names else []
    key = f"{KEY}_{selected[0] if selected else 'own'}"
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (len(names) + 1) + 3,
        column_config={
            "relation": st.column_config.TextColumn("relation", width=165),
            "mean": st.column_config.ProgressColumn("mean", format="%.2f", min_value=0, max_value=1, width=80),
            "shuffled": st.column_config.NumberColumn("shuffled", format="%.2f", width=70),
            "pairs": st.column_config.TextColumn("pairs", width=60),
        },
        placeholder="—",
        on_select=lambda: _follow(key, names),
        selection_mode="single-row",
        selection_default={"selection": {"rows": selected}},
        key=key,
        alt="Mean cosine of the differences of every ready relation",
    )
    st.caption("Mean cosine of two differences, with the true pairs and shuffled. Select a row to see its pairs.")
    st.download_button(
        "These relations (CSV)",
        lambda: table_csv(table),
        "relations.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _follow(key: str, names: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        choose_relation(names[rows[0]])
