"""The map: thousands of points in 2D or 3D that can be clicked, lassoed and recoloured without losing the view."""

from components.kit.map.colouring import PLAIN_COLOURING, Colouring, by_category, by_number
from components.kit.map.component import (
    MapEvent,
    Polygon,
    Selection,
    box,
    clear_selection,
    inside,
    read_event,
    vector_map,
)
from components.kit.map.scene import ExtraPoint, Highlights, MapName, MapScene, Outline, Pictures, Signs

__all__ = [
    "PLAIN_COLOURING",
    "Colouring",
    "ExtraPoint",
    "Highlights",
    "MapEvent",
    "MapName",
    "MapScene",
    "Outline",
    "Pictures",
    "Polygon",
    "Selection",
    "Signs",
    "box",
    "by_category",
    "by_number",
    "clear_selection",
    "inside",
    "read_event",
    "vector_map",
]
