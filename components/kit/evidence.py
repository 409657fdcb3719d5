"""What a view has found, as values: sentences, charts and tables with their files; and the one way to draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.charts import show_chart, table_twin
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.kinds import drawn
from components.kit.link import select
from components.kit.pictures import ROW_HEIGHT, as_picture, picture_column
from components.kit.texts import how
from components.kit.words import escape, shorten, table_csv
from embeddings.collection import Collection
from embeddings.space import Space

LINE = 35
Setting = str | int | float | bool


class Verdict(NamedTuple):
    """An answer in a few words, and the sentence with the figures.

    Attributes:
        standing: which of the possible answers it is.
        heading: in a few words.
        sentence: with the figures.
    """

    standing: str
    heading: str
    sentence: str


@dataclass(frozen=True)
class Chart:
    """A chart that is drawn in the colours of the page.

    Attributes:
        make: draws it in the colours of a theme.
        alt: what it shows, for those who cannot see it.
        key: of its element.
    """

    make: Callable[[Colours], go.Figure]
    alt: str
    key: str | None = None


@dataclass(frozen=True)
class Table:
    """A table on a page, and the file that holds all of it.

    Attributes:
        lines: what is shown.
        alt: what it shows, for those who cannot see it.
        columns: how columns are drawn where it is not as usual: a format, or one of `st.column_config`.
        key: of its element; needed where lines can be clicked.
        rows: the item of each line, or those of the lines of each column that has some; a click selects it.
        on_click: takes the number of a clicked line, in place of `rows`.
        height: at most, in pixels; it is as high as its lines need.
        row_height: of a line, in pixels.
        caption: stands below it.
        label: of the button for the file; without one there is none.
        file: its name.
        whole: makes what the file holds, where that is more than what is shown.
        settings: stand in every line of the file.
    """

    lines: pa.Table
    alt: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    rows: Sequence[int] | Mapping[str, Sequence[int]] | None = None
    on_click: Callable[[int], None] | None = None
    height: int = 460
    row_height: int | None = None
    caption: str = ""
    label: str = ""
    file: str = ""
    whole: Callable[[], pa.Table] | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """An answer with all that it rests on.

    Attributes:
        verdict: the answer in a sentence or two.
        notes: what limits it; empty ones are not drawn.
        charts: below it.
        tables: below these.
        twin: says what the charts say, in a part of the page that is closed at first.
        how: the text in `texts/how` that says how it is computed.
    """

    verdict: str = ""
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    twin: Table | None = None
    how: str = ""


def show(found: Evidence) -> None:
    """Draw what was found."""
    if found.verdict:
        st.markdown(escape(found.verdict))
    note(*found.notes)
    for chart in found.charts:
        show_chart(chart.make(page_colours()), alt=chart.alt, key=chart.key)
    if found.twin is not None:
        with st.popover("As a table", icon=":material/table:"):
            show_table(found.twin)
    for table in found.tables:
        show_table(table)
    if found.how:
        how(found.how)


def show_verdict(said: Verdict, looks: Mapping[str, tuple[Callable[..., Any], str]]) -> None:
    """Draw an answer in the box and with the icon of its standing."""
    box, icon = looks[said.standing]
    box(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=icon)


def show_twin(label: str, make: Callable[[], Table], *, key: str) -> None:
    """A table in a part of the page that is closed at first; it is made when that is opened."""
    twin = table_twin(label, key=key)
    if twin.open:
        with twin:
            show_table(make())


def note(*said: str) -> None:
    """Small lines with a mark, one for each sentence that is not empty."""
    for sentence in filter(None, said):
        st.caption(f":material/info: {escape(sentence)}")


def show_table(table: Table) -> None:
    """Draw a table and the button for its file."""
    clicked = select if table.rows is not None else table.on_click
    pictures = "picture" in table.lines.column_names
    row_height = table.row_height or (ROW_HEIGHT if pictures else LINE)
    options: dict[str, Any] = {}
    if clicked is not None:
        options = {
            "key": table.key,
            "selection_mode": "single-cell",
            "on_select": lambda: _follow(str(table.key), table.rows, clicked),
        }
    elif table.key:
        options = {"key": table.key}
    st.dataframe(
        table.lines,
        hide_index=True,
        height=min(table.height, row_height * table.lines.num_rows + LINE + 3),
        row_height=row_height,
        placeholder="—",
        column_config={
            **({"picture": as_picture()} if pictures else {}),
            **{name: _column(each) for name, each in table.columns.items()},
        },
        alt=table.alt,
        **options,
    )
    if table.caption:
        st.caption(escape(table.caption))
    if table.label:
        csv_button(table.label, table.whole or (lambda: table.lines), table.file, table.settings)


def csv_button(label: str, table: Callable[[], pa.Table], file: str, settings: Mapping[str, Setting]) -> None:
    """A button that gives a table with its settings as a file, made when it is asked for."""
    download(label, lambda: table_csv(with_settings(table(), settings)), file)


def download(label: str, make: Callable[[], bytes], file: str, *, icon: str = ":material/download:") -> None:
    """A button that gives a file, made when it is asked for."""
    name, _, suffix = file.rpartition(".")
    mime = {"csv": "text/csv", "json": "application/json"}.get(suffix, "application/zip")
    st.download_button(label, make, file, mime, key=f"{name}_{suffix}", icon=icon, on_click="ignore")


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


def items_of(
    collection: Collection,
    rows: Sequence[int] | NDArray[np.integer],
    *,
    first: Mapping[str, Any] | None = None,
    then: Mapping[str, Any] | None = None,
    cut: int | None = 120,
    pictures: bool = False,
    numbered: bool = True,
) -> pa.Table:
    """Items as lines of a table.

    Args:
        collection: whose items they are.
        rows: shape (m,).
        first: columns before the item, m values each.
        then: columns after it.
        cut: letters after which a text is shortened; None for whole texts, as in a file.
        pictures: whether what it shows stands beside its name.
        numbered: whether the number of its row, from 1, comes last.
    """
    texts = [collection.text(int(row)) for row in rows]
    names = texts if cut is None else [shorten(text, cut) for text in texts]
    shown = {"picture": picture_column(collection, rows)} if pictures and drawn(collection) else {}
    last = {"row": pa.array([int(row) + 1 for row in rows], pa.int64())} if numbered else {}
    return pa.table({**(first or {}), **shown, "item": pa.array(names, pa.string()), **(then or {}), **last})


def _column(given: Any) -> Any:
    if isinstance(given, str):
        return st.column_config.NumberColumn(format=given)
    return st.column_config.Column(width=given) if isinstance(given, int) else given


def _follow(key: str, rows: Sequence[int] | Mapping[str, Sequence[int]] | None, clicked: Callable[[int], None]) -> None:
    picked = st.session_state[key]["selection"]["cells"]
    if not picked:
        return
    line, column = picked[0]
    if rows is None:
        clicked(line)
        return
    named = rows.get(column, ()) if isinstance(rows, Mapping) else rows
    if line < len(named):
        clicked(int(named[line]))
