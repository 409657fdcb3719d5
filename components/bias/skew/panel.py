"""The view “Search skew”: whom a search shows first, and whether groups are named differently."""

from __future__ import annotations

from components.bias.skew.labels_panel import labels_part
from components.bias.skew.search_panel import search_part
from components.kit.widgets import pick

PART = "skew_part"
PARTS = {"search": "A search", "labels": "Names given (zero-shot)"}


def skew_view() -> None:
    """The view below the heading."""
    part = pick("What is asked", PARTS, key=PART, hide_label=True)
    (labels_part if part == "labels" else search_part)()
