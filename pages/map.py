"""The space as a map."""

from components.app import frame
from components.explore.page import explore

page = frame.page("Map", frame.map_question())
explore(page)
