"""The chosen map as the views of the Trust page draw it, and the item that is looked at on it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.kit.link import select
from components.kit.map import Colouring, MapScene, read_event
from components.kit.map.colouring import PLAIN
from components.kit.maps import scene_of
from components.trust.colours import DISTANCE, SHADE
from embeddings.projections import Layout
from embeddings.space import Space


def scene_in(space: Space, layout: Layout, colouring: Colouring) -> MapScene:
    """The points of a map in colours of this page."""
    return replace(scene_of(space, layout, PLAIN, PLAIN, None), colouring=colouring)


def follow_click(key: str, scene: MapScene) -> None:
    """Look at the point that was clicked; for callbacks."""
    clicked = read_event(key, scene).clicked
    if clicked is not None:
        look_at(clicked)


def look_at(row: int) -> None:
    """Make a row the selected item, and colour the map by the true distance to it."""
    select(row)
    st.session_state[SHADE] = DISTANCE
