"""Arithmetic on meaning."""

from components.analogies.page import analogies_page
from components.app import frame

analogies_page(frame.heading("Analogies", "Does arithmetic on meaning work here, and does it beat guessing?"))
