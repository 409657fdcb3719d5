"""Associations in vectors, tested."""

from components.app import frame
from components.bias.direction.panel import direction_view
from components.bias.sets.panel import sets_view
from components.bias.skew.panel import skew_view
from components.kit.widgets import pick
from components.views.association import association

VIEWS = {
    "Association": association,
    "Direction and debiasing": direction_view,
    "Sets": sets_view,
    "Search skew": skew_view,
}

corner = frame.heading("Bias probes", "Is this association real, how large is it, and what must not be concluded?")
with corner.container(horizontal_alignment="right"):
    view = pick("Probe", list(VIEWS), key="probe", hide_label=True)
VIEWS[view]()
