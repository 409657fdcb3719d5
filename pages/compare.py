"""Two encoders on the same collection."""

from components.app import frame
from components.compare.page import compare_page

frame.heading("Compare", "Do two encoders agree on what is near what, and which one should I take?")
compare_page()
