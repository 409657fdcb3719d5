"""The Compare page put together: which encoders, and one of six views of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from components.compare.agreement import agreement_view
from components.compare.choosing import choosing_view
from components.compare.encoders import Chosen, encoder_choice
from components.compare.geometry import geometry_view
from components.compare.maps import maps_view
from components.compare.perturb import perturb_view
from components.compare.smaller import smaller_view
from components.kit.choice import chosen_collection, chosen_encoder
from components.kit.widgets import pick

KEY = "compare"


class View(NamedTuple):
    """One view: its name, the question it answers, and what draws it."""

    name: str
    question: str
    draw: Callable[[Chosen], None]


VIEWS = {
    "maps": View("Maps", "Where does the other encoder put the same items?", maps_view),
    "agreement": View("Agreement", "Do they have the same neighbours, before any map is drawn?", agreement_view),
    "choose": View("Which one?", "Which should I take for these items, and what does it cost?", choosing_view),
    "geometry": View("Geometry", "What is each space like as a cloud of points?", geometry_view),
    "smaller": View("Smaller", "How small can the vectors be before neighbours are lost?", smaller_view),
    "perturb": View("Perturb", "How far does an item move when it is changed a little?", perturb_view),
}


def compare_page() -> None:
    """Everything of the page beside its heading."""
    collection, _ = chosen_collection()
    first = chosen_encoder()
    chosen = encoder_choice(collection, first)
    name = pick("View", {name: view.name for name, view in VIEWS.items()}, key=KEY, hide_label=True)
    view = VIEWS[name]
    st.caption(view.question)
    view.draw(chosen)
