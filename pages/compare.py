"""Two or more encoders on the same collection."""

import streamlit as st

from components.app import frame
from components.kit.widgets import pick
from components.views.agreement import agreement
from components.views.choosing import choosing
from components.views.compared_encoders import compared_encoders, say_left_out
from components.views.geometry import geometry
from components.views.perturb import perturb
from components.views.side_by_side_maps import side_by_side_maps
from components.views.smaller import smaller

with frame.heading("Compare", "Do two encoders agree on what is near what, and which one should I take?"):
    chosen = compared_encoders()
views = {
    "Maps": side_by_side_maps,
    "Agreement": agreement,
    "Which one?": choosing,
    "Geometry": geometry,
    "Smaller": smaller,
    "Perturb": perturb,
}
say_left_out(chosen)
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="one_row_compare"):
    view = pick("View", list(views), key="compare", hide_label=True)
    place = st.container(width="content")
with frame.in_place_of(views, view):
    views[view](chosen._replace(controls=place))
