"""Arithmetic on meaning."""

from components.app import frame
from components.kit.widgets import pick
from components.views.analogy_test import analogy_test
from components.views.one_relation import one_relation
from components.views.one_sum import one_sum

corner = frame.heading("Analogies", "Does arithmetic on meaning work here, and does it beat guessing?")
views = {"One sum": one_sum, "One relation": one_relation, "Test set": analogy_test}
with corner.container(horizontal=True, horizontal_alignment="right"):
    view = pick("View", list(views), key="view", hide_label=True)
with frame.in_place_of(views, view):
    views[view]()
