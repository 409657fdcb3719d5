"""The space as a map."""

from components import explore, frame

space = frame.page("Map", frame.map_question())
explore.explore(space)
