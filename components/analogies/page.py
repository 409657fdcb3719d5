"""The Analogies page: one sum, one relation, or a whole test set."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from components.analogies.one_sum import one_sum
from components.analogy_test.panel import analogy_test
from components.kit.widgets import pick
from components.views.one_relation import one_relation

VIEWS = {"sum": "One sum", "relation": "One relation", "test": "Test set"}


def analogies_page(corner: DeltaGenerator) -> None:
    """Everything of the page beside its heading."""
    with corner.container(horizontal=True, horizontal_alignment="right"):
        view = pick("View", VIEWS, key="view", hide_label=True)
    {"sum": one_sum, "relation": one_relation, "test": analogy_test}[view]()
