"""The Bias page: which kind of question is asked."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from components.bias.association.panel import association_view
from components.kit.widgets import pick
from components.views.bias_direction import direction_and_debiasing
from components.views.bias_sets import sets_view
from components.views.search_skew import skew

VIEWS = {"association": "Association", "direction": "Direction and debiasing", "sets": "Sets", "skew": "Search skew"}


def bias_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    with corner.container(horizontal_alignment="right"):
        view = pick("Probe", VIEWS, key="probe", hide_label=True)
    views = {"association": association_view, "direction": direction_and_debiasing, "sets": sets_view, "skew": skew}
    views[view]()
