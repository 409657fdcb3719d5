"""Below the map: are the clusters real, how many should there be, and the tree they come from."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.real import real_panel
from components.clusters.how_many.counting import how_many_panel
from components.clusters.how_many.tree_panel import tree_panel
from components.clusters.looked import MAP, Looked
from components.kit.ask import Pending
from components.kit.widgets import pick

REAL, COUNTS, TREE = "Are they real?", "How many?", "Tree"
VIEWS = (REAL, COUNTS, TREE)
VIEW = "cluster_view"


def views(looked: Looked, pending: Pending) -> None:
    """The chosen one of three panels."""
    st.divider()
    view = pick("Look closer", VIEWS, key=VIEW, default=REAL, hide_label=True)
    if view == COUNTS:
        how_many_panel(looked, pending)
    elif view == TREE:
        tree_panel(looked)
    else:
        real_panel(
            looked.space,
            looked.clustering,
            looked.numbered,
            layout=looked.layout,
            of_map=looked.settings.of == MAP,
            pending=pending,
        )
