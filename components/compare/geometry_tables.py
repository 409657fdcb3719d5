"""Geometry cards as tables and figures: the pure part."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf, isnan

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.colours import Colours
from components.kit.words import chart_text, shorten
from embeddings.collection import Collection
from embeddings.geometry import Geometry, facts

COUNTS = {"items nobody lists", "copies"}
LENGTH = 80
BINS = 50


def fact_table(cards: Sequence[Geometry], names: Sequence[str]) -> pa.Table:
    """One row a number: its name and term, the value of each encoder, what it means, and the reference."""
    lines = list(zip(*(facts(card) for card in cards), strict=True))
    columns: dict[str, object] = {"what": [f"{line[0].name} · {line[0].term}" for line in lines]}
    for place, name in enumerate(distinct(names)):
        columns[name] = [shown(line[place].name, line[place].value) for line in lines]
    columns["how to read it"] = [_meaning([fact.meaning for fact in line], cards) for line in lines]
    columns["reference"] = [line[0].reference for line in lines]
    return pa.table(columns)


def number_table(cards: Sequence[Geometry], names: Sequence[str]) -> pa.Table:
    """The same as plain numbers, with items and dimension."""
    lines = list(zip(*(facts(card) for card in cards), strict=True))
    columns: dict[str, object] = {"measure": [line[0].term for line in lines] + ["items", "dimension"]}
    for place, name in enumerate(distinct(names)):
        values = [_known(line[place].value) for line in lines]
        columns[name] = [*values, float(cards[place].items), float(cards[place].components)]
    return pa.table(columns)


def shown(name: str, value: float) -> str:
    """A number of the card as a reader wants it."""
    if isnan(value):
        return "—"
    if isinf(value):
        return "∞"
    return (
        f"{value:,.0f}"
        if name in COUNTS or abs(value) >= 100
        else f"{value:.2f}"
        if abs(value) < 10
        else f"{value:.1f}"
    )


def distinct(names: Sequence[str]) -> list[str]:
    """Names as columns: one that stood before gets its number."""
    return [name if name not in names[:place] else f"{name} ({place + 1})" for place, name in enumerate(names)]


def hub_table(collection: Collection, card: Geometry) -> pa.Table:
    """The items that stand in most lists."""
    rows = card.hubness.hubs
    return pa.table(
        {
            "item": [shorten(collection.text(int(row)), LENGTH) for row in rows],
            "in lists": card.hubness.counts[rows],
            "row": rows + 1,
        }
    )


def pairs_chart(samples: Sequence[NDArray[np.float32]], names: Sequence[str], *, colours: Colours) -> go.Figure:
    """Cosines of random pairs, one line an encoder."""
    known = [sample for sample in samples if len(sample)]
    low, high = min(float(each.min()) for each in known), max(float(each.max()) for each in known)
    edges = np.linspace(low, max(high, low + 1e-6), BINS + 1)
    counts = [np.histogram(sample, bins=edges)[0] for sample in samples]
    return _lines(counts, [edges] * len(counts), names, ("cosine of two random items", "% of pairs"), colours=colours)


def norms_chart(cards: Sequence[Geometry], names: Sequence[str], *, colours: Colours) -> go.Figure:
    """Lengths of the vectors, one line an encoder."""
    counts = [card.norms.counts for card in cards]
    edges = [card.norms.edges for card in cards]
    return _lines(counts, edges, names, ("length of a vector", "% of items"), colours=colours)


def _lines(
    counts: Sequence[NDArray[np.int64]],
    edges: Sequence[NDArray[np.float64]],
    names: Sequence[str],
    titles: tuple[str, str],
    *,
    colours: Colours,
) -> go.Figure:
    figure = go.Figure()
    palette = colours.categorical
    for place, name in enumerate(names):
        share = 100 * counts[place] / max(1, counts[place].sum())
        x, y = _outline(share, edges[place])
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={
                    "color": palette[place],
                    "width": 2,
                    "dash": ("solid", "dash", "dot", "dashdot", "longdash")[place],
                },
                fill="tozeroy" if len(share) > 1 else None,
                fillcolor=f"{palette[place]}22",
                hovertemplate="%{x:.2f}: %{y:.1f} %<extra>" + chart_text(name, 30) + "</extra>",
                name=chart_text(name, 30),
            )
        )
    figure.update_layout(
        height=270,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": titles[0]},
        yaxis={"title": titles[1], "rangemode": "tozero"},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        showlegend=True,
        dragmode=False,
    )
    return figure


def _outline(share: NDArray[np.float64], edges: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """The steps of a histogram; one bin, where all values are the same, is a spike."""
    if len(share) == 1:
        middle = float(edges.mean())
        return [middle, middle], [0.0, float(share[0])]
    return np.repeat(edges, 2)[1:-1].tolist(), np.repeat(share, 2).tolist()


def _meaning(meanings: Sequence[str], cards: Sequence[Geometry]) -> str:
    """One line for all; the dimension that it names is each encoder's own."""
    if len(set(meanings)) == 1:
        return meanings[0]
    return meanings[0].replace(f"the {cards[0].components} dimensions", "the dimensions")


def _known(value: float) -> float | None:
    return None if isnan(value) else value
