"""Items along a direction of meaning."""

from components.app import frame
from components.views.axes import axes_page

page = frame.page("Axes", "Is this direction a meaning, and what lies along it?")
axes_page(page.space)
