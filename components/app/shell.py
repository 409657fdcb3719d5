"""The script that the web application runs for every visitor: look, navigation, sidebar, then the page."""

from __future__ import annotations

import streamlit as st

from components.app.frame import LOGO, apply_look, sidebar
from components.kit import ask, choice, link

SIDEBAR = 230

st.set_page_config(page_icon=str(LOGO), layout="wide", initial_sidebar_state=SIDEBAR)
apply_look()
page = st.navigation(
    {
        "Explore": [
            st.Page(
                link.DATA,
                title="Data",
                icon=":material/table:",
                help="Ready collections, and your own text, tables or vectors.",
            ),
            st.Page(
                link.MAP,
                title="Map",
                icon=":material/scatter_plot:",
                default=True,
                help="The space drawn in 2D or 3D: click a point, search, colour, select.",
            ),
            st.Page(
                link.NEIGHBOURS,
                title="Neighbours",
                icon=":material/share:",
                help="Which items are truly nearest, by which measure, and how far to trust it.",
            ),
            st.Page(
                link.CLUSTERS,
                title="Clusters",
                icon=":material/bubble_chart:",
                help="Groups in the space, how many, how real, and what to call them.",
            ),
            st.Page(
                link.OUTLIERS,
                title="Outliers",
                icon=":material/person_search:",
                help="Lonely items, possible wrong labels, and near-duplicates.",
            ),
            st.Page(
                link.JOINT,
                title="Text and images",
                icon=":material/join_inner:",
                help="Pictures and texts on one map, the gap between them, and what closing it does.",
            ),
            st.Page(
                link.ZERO_SHOT,
                title="Zero-shot",
                icon=":material/sell:",
                help="Name pictures by typed labels that the encoder was never taught.",
            ),
        ],
        "Trust": [
            st.Page(
                link.TRUST,
                title="Trust",
                icon=":material/verified:",
                help="True, false and missing neighbours on the map, seeds, and methods side by side.",
            ),
            st.Page(
                link.COMPARE,
                title="Compare",
                icon=":material/compare:",
                help="Two or more encoders on one collection: agreement, geometry, size, robustness.",
            ),
        ],
        "Reason": [
            st.Page(
                link.ANALOGIES,
                title="Analogies",
                icon=":material/calculate:",
                help="King − man + woman: sums of words and pictures, whole relations, and test sets.",
            ),
            st.Page(
                link.AXES,
                title="Axes",
                icon=":material/straighten:",
                help="Items along a direction of meaning such as small ↔ large, and how far to trust it.",
            ),
            st.Page(
                link.BIAS,
                title="Bias probes",
                icon=":material/balance:",
                help="Associations in vectors with effect sizes, p-values and intervals, and what they cannot say.",
            ),
        ],
    }
)
st.set_page_config(page_title=f"{page.title} · Vectorscope")
with ask.one_run():
    link.go_on()
    link.check()
    sidebar()
    link.show(choice.LINKED)
    page.run()
