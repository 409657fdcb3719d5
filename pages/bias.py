"""Associations in vectors, tested."""

from components.app import frame
from components.bias.page import bias_page

bias_page(frame.heading("Bias probes", "Is this association real, how large is it, and what must not be concluded?"))
