"""The view “Smaller”: bytes against neighbours found, and what one item loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.ask import ask, asking
from components.kit.charts import figure, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, settings_of, show_table
from components.kit.link import selected_row
from components.kit.spaces import space_of
from components.kit.texts import how
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten
from components.views.compared_encoders import Chosen, usual_k
from embeddings.collection import Collection
from embeddings.compression import (
    COMPRESSIONS,
    LostNeighbours,
    Smaller,
    lost_neighbours,
    trained_for_truncation,
)
from embeddings.compression import (
    Setting as Way,
)
from embeddings.space import Space

ENCODER, METHOD, TIMES, CUT = "smaller_encoder", "smaller_by", "times", "dimensions"
RESCORED, FIRST = "binary, rescored", "first components"
MOST_TIMES = 50
SYMBOLS = ("circle", "diamond", "square", "cross", "triangle-up", "star", "hexagon")
LENGTH = 90


def smaller(chosen: Chosen) -> None:
    """What each way of making vectors smaller costs, one way tried, and what it does to one item."""
    space = _space(chosen)
    k = usual_k(len(space))
    if k < 1 or (space.vectors == space.vectors[0]).all():
        reason = "All vectors of this space are equal" if k else "There is only one item"
        st.info(f"{reason}, so there are no neighbours to lose.", icon=":material/info:")
        return
    rows: tuple[Smaller, ...] = ask(asking("smaller", space, None, k=k))
    left, right = st.columns(2, gap="medium")
    with right:
        way = _way(space)
        now = next((row for row in rows if row.setting == way), None) or ask(asking("smaller", space, (way,), k=k))[0]
        _one_item(space, way, now, k)
    with left:
        show_chart(
            recall_chart([*rows, *([] if now in rows else [now])], now, page_colours()),
            key="recall_chart",
            alt="Bytes an item against the share of true neighbours found",
        )
        _trained(space)
    show_table(recalls(rows, k, settings_of(space, k=k)))
    how("smaller")


def _space(chosen: Chosen) -> Space:
    encoder = chosen.encoders[0]
    if len(chosen.encoders) > 1:
        names = {each: encoder_name(each) for each in chosen.encoders}
        with chosen.settings():
            encoder = pick_from_list("Make the vectors of this encoder smaller", names, key=ENCODER)
    return space_of(chosen.collection, encoder)


def _trained(space: Space) -> None:
    name = escape(encoder_name(space.encoder))
    if trained_for_truncation(space.encoder):
        st.badge("Matryoshka", icon=":material/filter_none:", color="green")
        st.caption(f"{name} was trained so that its first dimensions stand alone (Kusupati et al. 2022).")
    else:
        st.caption(
            f"{name} is not known to be trained for truncation (Matryoshka; Kusupati et al. 2022): expect “first "
            "components” to lose more than “principal components”."
        )


def _way(space: Space) -> Way:
    """One way of making the vectors smaller, as the reader tries it."""
    methods = [name for name in COMPRESSIONS if name != "float32"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        method = pick_from_list("Try", methods, key=METHOD, default=FIRST, width=220, kept=False)
        if method == RESCORED:
            label = "Candidates looked at again (times k)"
            return Way(method, int(st.slider(label, 2, MOST_TIMES, 4, key=TIMES, bind="query-params", width=320)))
        if not COMPRESSIONS[method].amount:
            return Way(method)
        most = space.dimension if method == FIRST else min(space.dimension, len(space))
        if most < 2:
            return Way(method, 1)
        if not 1 <= int(st.session_state.get(CUT) or 1) <= most:
            st.session_state[CUT] = most
        cut = st.slider("Dimensions kept", 1, most, max(1, most // 4), key=CUT, bind="query-params", width=320)
        return Way(method, int(cut))


def way_name(way: Way) -> str:
    """A way as readers call it: “binary, rescored × 10”, “first components: 96”."""
    if not way.amount:
        return way.method
    return f"{way.method}{' ×' if way.method == RESCORED else ':'} {way.amount}"


def recalls(rows: Sequence[Smaller], k: int, settings: Mapping[str, Setting]) -> Table:
    """One row a way: bytes and the share of neighbours found."""
    lines = pa.table(
        {
            "vectors": [way_name(row.setting) for row in rows],
            "bytes an item": [row.bytes_per_item for row in rows],
            f"of {k} found": [k * row.recall for row in rows],
            "times smaller": [rows[0].bytes_per_item / row.bytes_per_item for row in rows],
            "kept beside": [row.bytes_kept for row in rows],
            "recall": [row.recall for row in rows],
            "in plain words": [COMPRESSIONS[row.setting.method].summary for row in rows],
        }
    )
    number = st.column_config.NumberColumn
    columns = {
        "vectors": 165,
        "kept beside": number(help="Bytes of the float32 vector that rescoring reads."),
        "bytes an item": "localized",
        "times smaller": "%.1f",
        f"of {k} found": number(format="%.2f", help="True neighbours, on average."),
        "recall": None,
    }
    return Table(
        lines,
        "Bytes and neighbours found by each way of making vectors smaller",
        columns,
        height=360,
        label="This table (CSV)",
        file="smaller.csv",
        settings=settings,
    )


def recall_chart(rows: Sequence[Smaller], now: Smaller, colours: Colours) -> go.Figure:
    """Bytes (log) against recall, a colour and a shape for each method; the one of the sliders is ringed."""
    lines = []
    for method, colour, symbol in zip(COMPRESSIONS, colours.categorical, SYMBOLS, strict=False):
        own = sorted((row for row in rows if row.setting.method == method), key=lambda row: row.bytes_per_item)
        if own:
            lines.append(_method(method, own, colour, symbol))
    ring = go.Scatter(
        x=[now.bytes_per_item],
        y=[now.recall],
        mode="markers",
        marker={"size": 20, "color": "rgba(0,0,0,0)", "line": {"width": 2, "color": colours.ink}},
        hovertemplate=f"{way_name(now.setting)}: %{{y:.3f}}<extra>chosen here</extra>",
        name="chosen here",
    )
    ticks = [4**power for power in range(1, 8)]
    return figure(
        *lines,
        ring,
        height=360,
        x={"type": "log", "title": "bytes an item", "tickvals": ticks, "ticktext": [f"{tick:,}" for tick in ticks]},
        y={"title": "share of neighbours found", "range": [0, 1.05]},
    )


def _method(method: str, rows: Sequence[Smaller], colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=[row.bytes_per_item for row in rows],
        y=[row.recall for row in rows],
        mode="lines+markers" if rows[0].bytes_per_item != rows[-1].bytes_per_item else "markers",
        line={"color": colour, "width": 1.5},
        marker={"color": colour, "size": 11, "symbol": symbol},
        customdata=[way_name(row.setting) for row in rows],
        hovertemplate="%{customdata}: %{x:,} bytes, recall %{y:.3f}<extra></extra>",
        name=method,
    )


def _one_item(space: Space, way: Way, now: Smaller, k: int) -> None:
    selected = selected_row(space)
    row = int(now.asked[now.item_recall.argmin()]) if selected is None else selected
    found = lost_neighbours(space, ask(asking("compressed", space, way)), row, k=k)
    st.markdown(
        f"With **{escape(way_name(way))}** ({now.bytes_per_item:,} bytes instead of {4 * space.dimension:,}), "
        f"**{k * now.recall:.1f} of {k}** neighbours are found on average; “"
        f"{escape(shorten(space.collection.text(row), 80))}” loses **{len(found.lost)}**:"
    )
    show_table(
        Table(
            lost_table(space.collection, found),
            "The neighbours of one item before and after",
            {"#": 40, "by float32": 200, "by the smaller vectors": 200},
        )
    )
    if selected is None:
        st.caption("The item that loses most. Click another on the Maps or under Agreement to look at it here.")


def lost_table(collection: Collection, found: LostNeighbours) -> pa.Table:
    """The neighbours of one item before and after, with what became of each."""

    def marked(rows: Sequence[int], those: Sequence[int], mark: str) -> list[str]:
        return [(mark if row in those else "") + shorten(collection.text(row), LENGTH) for row in rows]

    return pa.table(
        {
            "#": np.arange(1, len(found.true) + 1),
            "by float32": marked(found.true.tolist(), found.lost.tolist(), "× lost: "),
            "by the smaller vectors": marked(found.found.tolist(), found.wrong.tolist(), "● new: "),
        }
    )
