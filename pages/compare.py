"""Two or more encoders on the same collection."""

from components.app import frame
from components.kit.widgets import pick
from components.views.agreement import agreement
from components.views.choosing import choosing
from components.views.compared_encoders import compared_encoders
from components.views.geometry import geometry
from components.views.perturb import perturb
from components.views.side_by_side_maps import side_by_side_maps
from components.views.smaller import smaller

frame.heading("Compare", "Do two encoders agree on what is near what, and which one should I take?")
chosen = compared_encoders()
views = {
    "Maps": side_by_side_maps,
    "Agreement": agreement,
    "Which one?": choosing,
    "Geometry": geometry,
    "Smaller": smaller,
    "Perturb": perturb,
}
views[pick("View", list(views), key="compare", hide_label=True)](chosen)
