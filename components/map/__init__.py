"""The map: thousands of points in 2D or 3D that can be clicked, lassoed and recoloured without losing the view."""

from components.map.colouring import PLAIN_COLOURING, Colouring, by_category, by_number
from components.map.component import clear_selection, read_event, vector_map
from components.map.events import MapEvent, Selection
from components.map.layers import MapName, Outline, Signs
from components.map.membership import Polygon, box, inside
from components.map.scene import ExtraPoint, Highlights, MapScene, Pictures

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
