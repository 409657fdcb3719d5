"""Smaller vectors and what they cost, as a table and a figure: the pure part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from components.kit.colours import Colours
from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.compression import COMPRESSIONS, LostNeighbours, Setting, Smaller

SYMBOLS = ("circle", "diamond", "square", "cross", "triangle-up", "star", "hexagon")
LENGTH = 90


def setting_name(setting: Setting) -> str:
    """A setting as readers call it: “binary, rescored × 10”, “first components: 96”."""
    if not setting.amount:
        return setting.method
    mark = " ×" if setting.method == "binary, rescored" else ":"
    return f"{setting.method}{mark} {setting.amount}"


def recall_table(rows: Sequence[Smaller], k: int) -> pa.Table:
    """One row a setting: bytes and the share of neighbours found."""
    return pa.table(
        {
            "vectors": [setting_name(row.setting) for row in rows],
            "bytes an item": [row.bytes_per_item for row in rows],
            f"of {k} found": [k * row.recall for row in rows],
            "times smaller": [rows[0].bytes_per_item / row.bytes_per_item for row in rows],
            "kept beside": [row.bytes_kept for row in rows],
            "recall": [row.recall for row in rows],
            "in plain words": [COMPRESSIONS[row.setting.method].summary for row in rows],
        }
    )


def recall_chart(rows: Sequence[Smaller], now: Smaller | None, *, colours: Colours) -> go.Figure:
    """Bytes (log) against recall, a colour and a shape for each method; the setting of the sliders is ringed."""
    figure = go.Figure()
    palette = colours.categorical
    for place, method in enumerate(COMPRESSIONS):
        own = sorted((row for row in rows if row.setting.method == method), key=lambda row: row.bytes_per_item)
        if own:
            figure.add_trace(_method(method, own, palette[place], SYMBOLS[place]))
    if now is not None:
        figure.add_trace(
            go.Scatter(
                x=[now.bytes_per_item],
                y=[now.recall],
                mode="markers",
                marker={
                    "size": 20,
                    "color": "rgba(0,0,0,0)",
                    "line": {"width": 2, "color": colours.ink},
                },
                hovertemplate=f"{setting_name(now.setting)}: %{{y:.3f}}<extra>chosen below</extra>",
                name="chosen below",
            )
        )
    ticks = [4**power for power in range(1, 8)]
    figure.update_layout(
        height=360,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"type": "log", "title": "bytes an item", "tickvals": ticks, "ticktext": [f"{tick:,}" for tick in ticks]},
        yaxis={"title": "share of neighbours found", "range": [0, 1.05]},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    return figure


def lost_table(collection: Collection, found: LostNeighbours) -> pa.Table:
    """The neighbours of one item before and after, with what became of each."""
    lost, wrong = set(found.lost.tolist()), set(found.wrong.tolist())
    return pa.table(
        {
            "#": np.arange(1, len(found.true) + 1),
            "by float32": [_marked(collection, row, "× lost: " if row in lost else "") for row in found.true.tolist()],
            "by the smaller vectors": [
                _marked(collection, row, "● new: " if row in wrong else "") for row in found.found.tolist()
            ],
        }
    )


def _marked(collection: Collection, row: int, mark: str) -> str:
    return mark + shorten(collection.text(row), LENGTH)


def _method(method: str, rows: Sequence[Smaller], colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=[row.bytes_per_item for row in rows],
        y=[row.recall for row in rows],
        mode="lines+markers" if len(rows) > 1 and rows[0].bytes_per_item != rows[-1].bytes_per_item else "markers",
        line={"color": colour, "width": 1.5},
        marker={"color": colour, "size": 11, "symbol": symbol},
        customdata=[setting_name(row.setting) for row in rows],
        hovertemplate="%{customdata}: %{x:,} bytes, recall %{y:.3f}<extra></extra>",
        name=method,
    )
