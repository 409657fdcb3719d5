"""Results to take away: every row of a file says what it was computed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import streamlit as st

from components.kit.choice import encoder_name
from components.kit.words import table_csv
from embeddings.space import Space

Setting = str | int | float | bool


def settings_of(space: Space, **settings: Setting) -> dict[str, Setting]:
    """The settings of a result, those of its space first; underscores in names become spaces."""
    named = {name.replace("_", " "): value for name, value in settings.items()}
    return {"collection": space.collection.name, "encoder": encoder_name(space.encoder), **named}


def with_settings(table: pa.Table, settings: Mapping[str, Setting]) -> pa.Table:
    """A table with its settings as further columns, the same in every row; a name that is taken is left as it is."""
    for name, value in settings.items():
        if name not in table.column_names:
            table = table.append_column(name, pa.array([value] * table.num_rows))
    return table


def csv_button(label: str, table: Callable[[], pa.Table], file: str, settings: Mapping[str, Setting]) -> None:
    """A button that gives a table with its settings as a file."""
    st.download_button(
        label,
        lambda: table_csv(with_settings(table(), settings)),
        file,
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"csv_{file}",
    )
