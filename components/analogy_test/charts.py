"""Accuracy by category as dots with intervals, the methods side by side and the guesses faint behind them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from components.analogy_test.tables import BEST, GUESSES, category_name
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.analogies.accuracy import Tally
from embeddings.analogies.methods import METHODS
from embeddings.analogies.runs import AnalogyRuns
from embeddings.intervals import Interval

MOST = 40
APART = 0.24
SHAPES = ("circle", "diamond", "square")
FAINT = ("triangle-right", "triangle-left", "x-thin", "line-ns")


def accuracy_chart(runs: AnalogyRuns, *, exclude_inputs: bool, colours: Colours) -> go.Figure:
    """All questions on top, then each category that is covered, at most 40."""
    report = runs.report(BEST, exclude_inputs=exclude_inputs)
    covered = [place for place, tally in enumerate(report.categories) if tally.covered]
    shown = covered[:MOST] if len(report.categories) > 1 else []
    names = ["all questions", *(category_name(report.categories[place].name) for place in shown)]
    figure = go.Figure()
    grey = colours.other
    for number, guess in enumerate(GUESSES):
        shares = [tally.baseline(guess) for tally in _rows(report.total, report.categories, shown)]
        figure.add_trace(_guess(guess, shares, names, grey, FAINT[number]))
    for number, method in enumerate(METHODS):
        own = runs.report(method, exclude_inputs=exclude_inputs)
        shares = [tally.accuracy for tally in _rows(own.total, own.categories, shown)]
        colour = colours.categorical[number]
        figure.add_trace(_method(method, shares, names, colour, number))
    if shown:
        figure.add_hline(y=0.5, line={"color": grey, "width": 1, "dash": "dot"})
    figure.update_layout(
        height=120 + 38 * len(names),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": "% answered as expected", "rangemode": "tozero", "zeroline": False},
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": [chart_text(name, 34) for name in names],
            "range": [len(names) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hovermode="closest",
        dragmode=False,
    )
    return figure


def _rows(total: Tally, categories: Sequence[Tally], shown: Sequence[int]) -> list[Tally]:
    return [total, *(categories[place] for place in shown)]


def _method(name: str, shares: Sequence[Interval], rows: Sequence[str], colour: str, number: int) -> go.Scatter:
    values = 100 * np.array(shares)
    return go.Scatter(
        x=values[:, 0],
        y=np.arange(len(rows)) + (number - 1) * APART,
        mode="markers",
        marker={"color": colour, "size": 9, "symbol": SHAPES[number]},
        error_x={
            "type": "data",
            "array": values[:, 2] - values[:, 0],
            "arrayminus": values[:, 0] - values[:, 1],
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        customdata=[[row, low, high] for row, (_, low, high) in zip(rows, values.tolist(), strict=True)],
        hovertemplate="%{customdata[0]}: %{x:.1f} % [%{customdata[1]:.1f}, %{customdata[2]:.1f}]"
        f"<extra>{name}</extra>",
        name=name,
        legendrank=number,
    )


def _guess(name: str, shares: Sequence[Interval], rows: Sequence[str], colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=[100 * each.share for each in shares],
        y=np.arange(len(rows)),
        mode="markers",
        marker={"color": colour, "size": 8, "symbol": symbol, "opacity": 0.7, "line": {"width": 1.5, "color": colour}},
        customdata=[chart_text(row, 34) for row in rows],
        hovertemplate="%{customdata}: %{x:.1f} %<extra>" + name + "</extra>",
        name=name,
    )
