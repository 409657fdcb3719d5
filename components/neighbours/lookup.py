"""What is looked up: the one thing that the pickers give to the page."""

from __future__ import annotations

from typing import NamedTuple

from embeddings.collection import Item
from embeddings.space import Space, Vectors


class Query(NamedTuple):
    """What is looked up.

    Attributes:
        target: a row of the space, or a vector of shape (d,).
        item: the text or picture behind it; None for a sum and for a pasted vector.
    """

    target: int | Vectors
    item: Item | None = None

    def vector(self, space: Space) -> Vectors:
        """The vector that is looked up, shape (d,)."""
        return space.vectors[self.target] if isinstance(self.target, int) else self.target
