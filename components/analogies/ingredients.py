"""What went into a sum: its inputs, their lengths and weights, and how alike they are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.analogies.sum_tables import MOST_COSINES, ingredients
from components.analogies.understanding import Understood
from components.kit.words import table_csv

LINE = 35


def ingredients_panel(understood: Understood) -> None:
    """The table of inputs and the sum in its agreed form."""
    with st.expander("What went into it", icon=":material/list:"):
        st.caption("The sum as it was read")
        st.code(str(understood.expression), language=None, wrap_lines=True)
        table = ingredients(understood)
        st.dataframe(
            table,
            hide_index=True,
            height=min(400, LINE * (table.num_rows + 1) + 2),
            column_config={
                name: st.column_config.NumberColumn(format="%.3f")
                for name in table.column_names
                if name == "length" or name.startswith("cosine")
            },
            alt="The inputs of the sum",
        )
        total = float(np.linalg.norm(understood.inputs.total))
        left_out = f" Cosines are shown with the first {MOST_COSINES}." if table.num_rows > MOST_COSINES else ""
        st.caption(
            f"Each vector is scaled to length 1 before it is weighted and added; “length” is what it had before. The "
            f"sum of these has length {total:.2f}.{left_out}"
        )
        st.download_button(
            "The inputs (CSV)",
            lambda: table_csv(table),
            "inputs.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
