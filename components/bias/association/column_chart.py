"""Associations beside a column of numbers: a scatter, a table, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from components.bias.association.column_request import Found
from components.bias.association.measures import one_p, signed, text_of
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.word_by_word import WordByWord
from embeddings.collection import Collection

NAMED = 8


def column_chart(
    found: WordByWord, collection: Collection, column: str, names: Sequence[str], *, colours: Colours
) -> go.Figure:
    """Each dot is an item; the line is the best straight one. The items farthest out are named."""
    texts = [chart_text(text_of(name, collection), 40) for name in found.words]
    colour = colours.categorical[0]
    ends = np.array([found.values.min(), found.values.max()])
    slope, offset = np.polyfit(found.values, found.associations, 1)
    figure = go.Figure(
        go.Scatter(
            x=found.values,
            y=found.associations,
            mode="markers+text",
            marker={"size": 6, "color": colour, "opacity": 0.55},
            text=_labels(found, texts),
            textposition="top center",
            textfont={"size": 11},
            hovertext=texts,
            hovertemplate="%{hovertext}<br>%{x:.3g}: %{y:.2f}<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=ends,
            y=offset + slope * ends,
            mode="lines",
            line={"color": colours.categorical[1], "width": 2.5},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    a, b = (chart_text(name, 24) for name in names)
    figure.update_layout(
        height=430,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        hovermode="closest",
        xaxis={"title": chart_text(column, 40), "zeroline": False},
        yaxis={"title": f"← {b}\u2003association\u2003{a} →", "zeroline": True, "zerolinecolor": colours.line},
    )
    return figure


def correlations_chart(
    found: Mapping[str, WordByWord], column: str, names: Sequence[str], *, colours: Colours
) -> go.Figure:
    """Correlation with the column and its 95 % interval, a row for each encoder."""
    r = np.array([each.r for each in found.values()])
    low, high = np.array([each.interval for each in found.values()]).T
    colour = colours.accent
    figure = go.Figure(
        go.Scatter(
            x=r,
            y=list(range(len(r))),
            mode="markers",
            marker={"color": colour, "size": 11},
            error_x={
                "type": "data",
                "array": high - r,
                "arrayminus": r - low,
                "color": colour,
                "thickness": 2,
                "width": 5,
            },
            customdata=np.column_stack([low, high]),
            hovertemplate="r = %{x:.2f} [%{customdata[0]:.2f}, %{customdata[1]:.2f}]<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_vline(x=0, line={"color": colours.line, "width": 1.5})
    a, b = (chart_text(name, 24) for name in names)
    more = chart_text(column, 30)
    figure.update_layout(
        height=100 + 40 * len(r),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        xaxis={
            "title": f"correlation r with “{more}”<br>← {b}\u2003\u2003{a} →",
            "range": [-1.02, 1.02],
            "zeroline": False,
        },
        yaxis={
            "tickvals": list(range(len(r))),
            "ticktext": [chart_text(encoder) for encoder in found],
            "range": [len(r) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
    )
    return figure


def column_table(encoders: Sequence[str], answers: Sequence[Found]) -> pa.Table:
    """A row for each encoder."""
    rows = [
        [encoder, "–", "–", "–", "–", "–", found]
        if isinstance(found, str)
        else [
            encoder,
            signed(found.r),
            f"{signed(found.interval.low)} to {signed(found.interval.high)}",
            one_p(found.p_value),
            signed(found.rho),
            f"{len(found.words):,}",
            "",
        ]
        for encoder, found in zip(encoders, answers, strict=True)
    ]
    names = ["encoder", "r", "95 % interval", "p two-sided", "rank correlation", "items", "note"]
    table = pa.table({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})
    return table if any(table["note"].to_pylist()) else table.drop_columns("note")


def items_table(found: WordByWord, collection: Collection, column: str) -> pa.Table:
    """Every item with its number and its association."""
    return pa.table(
        {
            "item": [text_of(name, collection) for name in found.words],
            column if column not in ("item", "association") else f"{column} (column)": found.values,
            "association": found.associations,
        }
    )


def column_sentence(found: WordByWord, column: str, names: Sequence[str]) -> str:
    """What the correlation says, in plain words."""
    low, high = found.interval
    figures = (
        f"r = {signed(found.r)}, 95 % interval {signed(low)} to {signed(high)}, p = {one_p(found.p_value)} two-sided"
    )
    if low <= 0 <= high:
        return f"No straight relation with “{column}” can be told from chance ({figures})."
    toward = names[0] if found.r > 0 else names[1]
    share = 100 * found.r**2
    return f"Items with a larger “{column}” are nearer to {toward}: {figures}; that is {share:.0f} % of the variance."


def _labels(found: WordByWord, texts: Sequence[str]) -> list[str]:
    """The names of the items farthest out in either number."""
    x, y = ((each - each.mean()) / each.std() for each in (found.values, found.associations))
    shown = set(np.argsort(-(x**2 + y**2), kind="stable")[:NAMED].tolist())
    return [text if place in shown else "" for place, text in enumerate(texts)]
