"""Items placed along an axis: the strip, its two ends, and all of them as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.axes.asked import Answered, Asked
from components.axes.definition import Seeds
from components.axes.dots import drawn_rows
from components.axes.strip import Marks, Strip, strip_chart
from components.axes.tables import ALONG, FROM_MIDDLE, end_table, ends, whole_table
from components.kit.charts import table_twin
from components.kit.colours import page_colours
from components.kit.kinds import counted, several
from components.kit.link import select, selected_row
from components.kit.map import PLAIN_COLOURING, Colouring
from components.kit.map.colouring import colour_by_column
from components.kit.pictures import gallery
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten, table_csv
from embeddings.axes import Axis
from embeddings.space import Space

STRIP = "axis_strip"
COLOUR, PLACE = "dots", "place along the axis"
SHOWN = 1_000


def dot_colours(space: Space) -> Colouring:
    """What the dots are coloured by, with the choice of it."""
    options = [PLACE, *space.collection.columns]
    column = pick_from_list("Colour of the dots", options, key=COLOUR, width=220, kept=False)
    return PLAIN_COLOURING if column == PLACE else colour_by_column(space, column)


def strip_panel(
    space: Space, seeds: Seeds, axis: Axis, asked: Asked, answered: Answered, *, colouring: Colouring
) -> None:
    """The strip of all items with the words that were asked for above it."""
    row = selected_row(space)
    rows = drawn_rows([axis])
    marks = _marks(asked, answered)
    strip = Strip(space.collection, axis, seeds.ends, rows, colouring, marks, row)
    st.plotly_chart(
        strip_chart(strip, colours=page_colours()),
        config={"displayModeBar": False},
        key=STRIP,
        on_select=picked_dot(STRIP),
        selection_mode="points",
        alt=f"{counted(space.collection)} along the axis from {seeds.ends[0]} to {seeds.ends[1]}",
    )
    drawn = "" if len(rows) == len(space) else f" Drawn are {len(rows):,} of them: both ends, and a random part."
    st.caption(
        f"Each dot is one of {escape(counted(space.collection))}; it stands at the cosine of its vector with the axis. "
        f"0 is not neutral: the dashed line is half-way between the seeds.{drawn}"
    )
    if row is not None:
        share = float((axis.projections < axis.projections[row]).mean())
        st.caption(
            f"**{escape(shorten(space.collection.text(row), 80))}** stands at {axis.projections[row]:.3f}, further to "
            f"{escape(seeds.ends[1])} than {100 * share:.0f} % of the {several(space.collection)}."
        )


def ends_panel(space: Space, seeds: Seeds, axis: Axis) -> None:
    """The items furthest out, side by side; a click selects one."""
    furthest = float(np.abs(axis.projections - np.float32(axis.middle)).max())
    for column, side, name, rows in zip(
        st.columns(2, gap="large"), ("low", "high"), seeds.ends, ends(axis), strict=True
    ):
        key = f"end_{side}_{space.fingerprint[:8]}"
        with column:
            st.markdown(f"**Furthest to {escape(name)}**")
            if space.collection.kind != "text":
                said = [f"{place:.2f}" for place in axis.projections[rows]]
                gallery(space.collection, rows.tolist(), key=key, captions=said)
                continue
            st.dataframe(
                end_table(space.collection, axis, rows),
                hide_index=True,
                height=35 * (len(rows) + 1) + 2,
                row_height=35,
                column_config=_bars(furthest),
                on_select=_picked_cell(key, rows.tolist()),
                selection_mode="single-cell",
                key=key,
                alt=f"The items furthest to {name}",
            )


def whole_panel(space: Space, axes: list[tuple[str, Axis]]) -> None:
    """All items with their places, as a table and as a file."""
    twin = table_twin("All items as a table", key="axis_twin")
    if not twin.open:
        return
    table = whole_table(space.collection, axes, longest=200)
    twin.dataframe(table.slice(0, SHOWN), hide_index=True, alt="All items with their places along the axis")
    if len(space) > SHOWN:
        twin.caption(f"The first {SHOWN:,} of {len(space):,} {several(space.collection)}; the file holds all.")
    twin.download_button(
        "All places (CSV)",
        lambda: table_csv(whole_table(space.collection, axes)),
        "axis.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def picked_dot(key: str) -> Callable[[], None]:
    """What a click on a dot of a chart does: its item becomes the selected one."""

    def pick() -> None:
        chosen: Any = st.session_state.get(key) or {}
        points = chosen.get("selection", {}).get("points", [])
        rows = [_row(point.get("customdata")) for point in points]
        if rows and rows[0] is not None:
            select(rows[0])

    return pick


def _row(custom: Any) -> int | None:
    value = custom[0] if isinstance(custom, list | tuple) and custom else custom
    return int(value) if isinstance(value, int | float) else None


def _picked_cell(key: str, rows: list[int]) -> Callable[[], None]:
    def pick() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells:
            select(rows[cells[0][0]])

    return pick


def _marks(asked: Asked, answered: Answered) -> list[Marks]:
    marks = []
    if answered.held_out is not None:
        marks.append(Marks("held out, expected low", asked.low, answered.held_out.low, "low"))
        marks.append(Marks("held out, expected high", asked.high, answered.held_out.high, "high"))
    if len(answered.places):
        marks.append(Marks("your words", asked.placed, answered.places))
    return marks


def _bars(furthest: float) -> dict[str, ColumnConfig]:
    return {
        "item": st.column_config.TextColumn("item"),
        ALONG: st.column_config.NumberColumn(ALONG, format="%.3f", width=80),
        FROM_MIDDLE: st.column_config.ProgressColumn(
            FROM_MIDDLE, format="%.2f", min_value=0, max_value=furthest or 1.0, width=140
        ),
    }
