"""Which items are truly nearest."""

from components.app import frame
from components.neighbours.page import neighbours_page

page = frame.page("Neighbours", "Which items are truly nearest in the original space, and what is that worth?")
neighbours_page(page.space)
