"""The script that the web application runs for every visitor: navigation, sidebar, then the page."""

import streamlit as st

from components import choice, link, pickers, places, work
from components.look import LOGO, apply_look

SIDEBAR = 230

st.set_page_config(page_icon=str(LOGO), layout="wide", initial_sidebar_state=SIDEBAR)
apply_look()
page = st.navigation(
    {
        "Explore": [
            st.Page(
                places.MAP,
                title="Map",
                icon=":material/scatter_plot:",
                default=True,
                help="The space drawn in 2D or 3D: click a point, search, colour, select.",
            ),
            st.Page(
                places.NEIGHBOURS,
                title="Neighbours",
                icon=":material/share:",
                help="Which items are truly nearest, by which measure, and how far to trust it.",
            ),
            st.Page(
                places.CLUSTERS,
                title="Clusters",
                icon=":material/bubble_chart:",
                help="Groups in the space, how many, how real, and what to call them.",
            ),
            st.Page(
                places.OUTLIERS,
                title="Outliers",
                icon=":material/person_search:",
                help="Lonely items, possible wrong labels, and near-duplicates.",
            ),
            st.Page(
                places.JOINT,
                title="Text and images",
                icon=":material/join_inner:",
                help="Pictures and texts on one map, the gap between them, and what closing it does.",
            ),
            st.Page(
                places.ZERO_SHOT,
                title="Zero-shot",
                icon=":material/sell:",
                help="Name pictures by typed labels that the encoder was never taught.",
            ),
            st.Page(
                places.DATA,
                title="Data",
                icon=":material/table:",
                help="Ready collections, and your own text, tables or vectors.",
            ),
        ],
        "Trust": [
            st.Page(
                places.TRUST,
                title="Trust",
                icon=":material/verified:",
                help="True, false and missing neighbours on the map, seeds, and methods side by side.",
            ),
            st.Page(
                places.COMPARE,
                title="Compare",
                icon=":material/compare:",
                help="Two or more encoders on one collection: agreement, geometry, size, robustness.",
            ),
        ],
        "Reason": [
            st.Page(
                places.ANALOGIES,
                title="Analogies",
                icon=":material/calculate:",
                help="King − man + woman: sums of words and pictures, whole relations, and test sets.",
            ),
            st.Page(
                places.AXES,
                title="Axes",
                icon=":material/straighten:",
                help="Items along a direction of meaning such as small ↔ large, and how far to trust it.",
            ),
            st.Page(
                places.BIAS,
                title="Bias probes",
                icon=":material/balance:",
                help="Associations in vectors with effect sizes, p-values and intervals, and what they cannot say.",
            ),
        ],
    }
)
st.set_page_config(page_title=f"{page.title} · Vectorscope")
with work.one_run():
    link.check()
    pickers.sidebar()
    link.show(choice.LINKED)
    page.run()
