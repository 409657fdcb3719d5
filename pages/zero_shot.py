"""Naming pictures by typed labels."""

from components.app import frame
from components.zero_shot.page import zero_shot_page

frame.heading("Zero-shot", "Can it name what it has never been taught?")
zero_shot_page()
