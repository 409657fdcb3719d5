"""Which items are truly nearest."""

from components import frame
from components.neighbours_page import neighbours_page

space = frame.page("Neighbours", "Which items are truly nearest in the original space, and how much is that worth?")
neighbours_page(space)
