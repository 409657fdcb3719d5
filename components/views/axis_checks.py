"""How far to trust an axis: random axes beside it, and words that it was not made from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit import axes
from components.kit.charts import NullChart, null_chart, show_chart, table_twin
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, show_table
from components.kit.kinds import drawn
from components.kit.seeds import is_number
from components.kit.strip import ALONG
from components.kit.words import escape
from embeddings.axes import Axis, AxisCheck, Separation
from embeddings.space import Space

RANDOM = NullChart(
    "random axes", "this axis", "random axes", "AUC on seeds left out", bins=20, reach=(0, 1), digits=2, height=180
)


def check_panel(
    space: Space, axis: Axis, words: tuple[Sequence[str], Sequence[str]], held_out: Separation | None
) -> None:
    """Random axes as a histogram, and the held-out words: those expected low, those expected high."""
    left, right = st.columns([0.5, 0.5], gap="large")
    with left:
        st.markdown("**Would a random direction do as well?**")
        if len(axis.check.random_aucs):
            show_chart(
                random_axes(axis.check, page_colours()),
                key="null_chart",
                alt="Histogram of the AUC of random axes, with that of this axis as a line",
            )
        else:
            st.caption("There are too few items for random axes of the same size.")
    with right:
        st.markdown("**Does it order words that it was not made from?**")
        if held_out is None:
            st.caption("Type held-out words beside this: some that you expect low, some high.")
        else:
            st.metric("AUC of the held-out words", f"{held_out.auc:.2f}")
            st.caption(escape(axes.held_out_sentence(held_out)))
    if drawn(space.collection) and not all(map(is_number, axis.low + axis.high)):
        st.caption(
            "Both figures are about the seeds and the held-out words, not about the pictures: whether pictures follow "
            "is seen at the ends. Words and pictures lie apart in such a space, so the middle of the seeds need not be "
            "the middle of the pictures."
        )
    twin = table_twin("The check as tables", key="check_twin")
    if not twin.open:
        return
    tables = [Table(seed_table(axis), "Each seed on the axis made without it", height=300)]
    if held_out is not None:
        words = held_out_table(*words, held_out)
        tables.append(Table(words, "Held-out words along the axis", height=300))
    tables.append(Table(random_table(axis), "Scores of the random axes", height=300))
    for column, table in zip(twin.columns(3), tables, strict=False):
        with column:
            show_table(table)


def random_axes(check: AxisCheck, colours: Colours) -> go.Figure:
    """Histogram of the AUC of random axes; the line is the axis itself."""
    return null_chart(check.random_aucs, check.held_out.auc, RANDOM, colours)


def seed_table(axis: Axis) -> pa.Table:
    """Each seed with its side and its place on the axis made without it."""
    held_out = axis.check.held_out
    return pa.table(
        {
            "seed": [*axis.low, *axis.high],
            "side": ["low"] * len(axis.low) + ["high"] * len(axis.high),
            "on the axis made without it": np.concatenate([held_out.low, held_out.high]),
        }
    )


def held_out_table(low: Sequence[str], high: Sequence[str], found: Separation) -> pa.Table:
    """Held-out words along the axis, lowest first."""
    places = np.concatenate([found.low, found.high])
    order = np.argsort(places, kind="stable")
    words, sides = [*low, *high], ["low"] * len(low) + ["high"] * len(high)
    return pa.table({"word": [words[n] for n in order], "expected": [sides[n] for n in order], ALONG: places[order]})


def random_table(axis: Axis) -> pa.Table:
    """The random axes with their scores."""
    aucs, accuracies = axis.check.random_aucs, axis.check.random_accuracies
    return pa.table({"random axis": np.arange(1, len(aucs) + 1), "AUC": aucs, "accuracy": accuracies})
