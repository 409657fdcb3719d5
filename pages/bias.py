"""Associations in vectors, tested."""

from functools import partial

from components.app import frame
from components.kit.widgets import pick
from components.views.association import association
from components.views.bias_direction import direction_and_debiasing
from components.views.bias_probe import further_probes, probe_view
from components.views.bias_sets import sets_view
from components.views.search_skew import skew

NAMES = {"association": "Association", "direction": "Direction and debiasing", "sets": "Sets", "skew": "Search skew"}
VIEWS = {"association": association, "direction": direction_and_debiasing, "sets": sets_view, "skew": skew}

corner = frame.heading("Bias probes", "Is this association real, how large is it, and what must not be concluded?")
with corner.container(horizontal_alignment="right"):
    view = pick("Probe", {**NAMES, **{name: name for name in further_probes()}}, key="probe", hide_label=True)
with frame.in_place_of([*NAMES, *further_probes()], view):
    VIEWS.get(view, partial(probe_view, view))()
