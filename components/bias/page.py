"""The Bias page: which kind of question is asked."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from components.bias.association.panel import association_view
from components.bias.direction.panel import direction_view
from components.bias.sets.panel import sets_view
from components.bias.skew.panel import skew_view
from components.kit.widgets import pick

VIEWS = {"association": "Association", "direction": "Direction and debiasing", "sets": "Sets", "skew": "Search skew"}


def bias_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    with corner.container(horizontal_alignment="right"):
        view = pick("Probe", VIEWS, key="probe", hide_label=True)
    views = {"association": association_view, "direction": direction_view, "sets": sets_view, "skew": skew_view}
    views[view]()
