"""The item that is looked at: it stands in the link and is shared by the pages."""

from __future__ import annotations

from components import link
from embeddings.space import Space


def selected_row(space: Space) -> int | None:
    """The row that the link names, if this collection has it."""
    return link.row("item", len(space))


def select(row: int | None) -> None:
    """Make a row the selected item."""
    link.write_row("item", row)
