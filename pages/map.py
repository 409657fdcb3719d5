"""The space as a map."""

from components.app import frame
from components.views.map import space_map

space_map(frame.page("Map", frame.map_question()))
