"""The scores of random axes, with that of this one marked."""

from __future__ import annotations

import plotly.graph_objects as go

from components.kit import charts as nulls
from components.kit.colours import Colours
from embeddings.axes import AxisCheck

DRAWN = nulls.NullChart(
    "random axes", "this axis", "random axes", "AUC on seeds left out", bins=20, reach=(0, 1), digits=2, height=180
)


def null_chart(check: AxisCheck, *, colours: Colours) -> go.Figure:
    """Histogram of the AUC of random axes; the line is the axis itself."""
    return nulls.null_chart(check.random_aucs, check.held_out.auc, DRAWN, colours=colours)
