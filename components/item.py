"""The item that is looked at: it stands in the link and is shared by the pages."""

from __future__ import annotations

from components import link
from embeddings.space import Space


def selected_row(space: Space) -> int | None:
    """The row that the link names, if this collection has it."""
    text = link.read("item")
    row = int(text) - 1 if text.isascii() and text.isdigit() else -1
    return row if 0 <= row < len(space) else None


def select(row: int | None) -> None:
    """Make a row the selected item."""
    link.write("item", "" if row is None else str(int(row) + 1))
