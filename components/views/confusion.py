"""Which names are mixed up: the confusion matrix, or how many pictures got each name; a cell can be picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.charts import figure, matrix, named_rows
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, settings_of, show_table, show_twin
from components.kit.words import shorten
from components.views.zero_shot import Answers
from embeddings.joint import Rows
from embeddings.zero_shot import ZeroShotReport

CELL = "zero_shot_cell"
MISTAKES, PICKED, ALL = "surest mistakes", "the picked cell", "surest of all"
# A matrix of more labels is not legible, with more than FEW its numbers are not.
DRAWN, FEW = 60, 25


def names_given(given: Answers) -> None:
    """The confusion matrix; without a truth, how many pictures got each name."""
    labels, report = given.question.labels, given.report
    if len(labels) > DRAWN:
        st.caption(f"A matrix of {len(labels):,} labels would not be legible: it is drawn for up to {DRAWN}.")
        if report is not None:
            show_table(Table(most_confused(given, report), "The most frequent mistakes", height=520))
        return
    if report is None:
        chart = names_chart(given.result.predicted, given.names, page_colours())
        alt, cell = "How many pictures got each name", "bar"
    else:
        chart = confusion_chart(report, given.names, page_colours())
        alt, cell = "Confusion matrix: true labels by row, names by column", "cell"
    st.plotly_chart(
        chart,
        config={"displayModeBar": False},
        key=CELL,
        on_select=_cell_picked,
        selection_mode="points",
        alt=alt,
    )
    st.caption(f"Click a {cell} to see its pictures below.")
    if report is not None:
        show_twin("The matrix as a table", lambda: confusion(given, report), key="confusion_twin")


def confusion_chart(report: ZeroShotReport, named: Sequence[str], colours: Colours) -> go.Figure:
    """True labels in rows, what they were named in columns; colours are shares of the row, numbers are counts.

    The first names are the labels, in their order.

    Over each cell lies an unseen marker, because cells themselves cannot be selected: x is the name, y the truth.
    """
    counts = report.confusion
    totals = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    labels = named[: len(counts)]
    drawn = matrix(
        shares,
        range(len(labels)),
        range(len(named)),
        colours.sequential,
        texts=np.where(counts > 0, counts.astype(str), "").tolist() if len(labels) <= FEW else None,
        title="share of row",
        height=min(760, 170 + 30 * len(labels)),
        xaxis={**named_rows(named, length=24), "range": [-0.5, len(named) - 0.5], "title": "named"},
        yaxis={**named_rows(labels, length=24), "title": "true"},
        showlegend=False,
        clickmode="event+select",
    )
    # Only a share of nothing has the colour of the page, so that a single mistake is seen.
    last = len(colours.sequential) - 1
    stops = [(0.02 + 0.98 * number / last, colour) for number, colour in enumerate(colours.sequential)]
    drawn.update_traces(
        colorscale=[(0, colours.surface), *stops], colorbar={"tickformat": ".0%"}, hoverinfo="skip", hovertemplate=None
    )
    return drawn.add_trace(_cells(counts, shares, [shorten(name, 24) for name in named]))


def _cells(counts: NDArray[np.int64], shares: NDArray[np.float64], names: Sequence[str]) -> go.Scatter:
    true, named = (each.ravel() for each in np.indices(counts.shape))
    said = [
        f"{names[t]}, named {names[n]}: {counts[t, n]:,} ({100 * shares[t, n]:.0f} % of {names[t]})"
        for t, n in zip(true.tolist(), named.tolist(), strict=True)
    ]
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=named,
        y=true,
        mode="markers",
        marker={"symbol": "square", "size": 24, "opacity": 0},
        selected=unseen,
        unselected=unseen,
        text=said,
        hovertemplate="%{text}<extra></extra>",
    )


def names_chart(predicted: Rows, named: Sequence[str], colours: Colours) -> go.Figure:
    """How many pictures got each name; bars can be picked."""
    counts = np.bincount(predicted, minlength=len(named))
    bars = go.Bar(
        x=counts,
        y=list(range(len(named))),
        orientation="h",
        marker={"color": colours.accent},
        text=counts,
        hovertemplate="%{x:,} pictures<extra></extra>",
    )
    height = min(900, 90 + 30 * len(named))
    return figure(bars, height=height, x="pictures", y=named_rows(named, length=40), clickmode="event+select")


def confusion(given: Answers, report: ZeroShotReport) -> Table:
    """The confusion matrix with true labels in rows and names in columns."""
    counts = {f"named {name}": report.confusion[:, place] for place, name in enumerate(given.names)}
    return Table(
        pa.table({"true": list(given.question.labels), **counts}),
        "Confusion matrix as a table",
        label="The matrix (CSV)",
        file="confusion.csv",
        settings=settings_of_answers(given),
    )


def settings_of_answers(given: Answers) -> dict[str, Any]:
    """What the answers rest on, for the lines of a file."""
    templates = " | ".join(given.question.templates)
    return settings_of(given.pictures, templates=templates, logit_scale=given.result.scale, truth=given.question.column)


def most_confused(given: Answers, report: ZeroShotReport, *, most: int = 50) -> pa.Table:
    """The most frequent mistakes: true label, name, and how many pictures."""
    wrong = report.confusion.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    true, named = np.unravel_index(order[wrong.ravel()[order] > 0], wrong.shape)
    said = {title: [given.names[place] for place in places] for title, places in (("true", true), ("named", named))}
    return pa.table({**said, "pictures": wrong[true, named]})


def _cell_picked() -> None:
    if picked_points():
        st.session_state["behind"] = PICKED


def picked_points() -> list[Any]:
    """The cell or bar that was clicked, as Plotly tells it; empty for none."""
    selection = st.session_state.get(CELL, {}).get("selection", {})
    return list(selection.get("points", []))
