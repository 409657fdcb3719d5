"""Arithmetic on meaning."""

from components import frame
from components.analogies.page import analogies_page

analogies_page(frame.heading("Analogies", "Does arithmetic on meaning work here, and does it beat guessing?"))
