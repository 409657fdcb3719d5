"""The pixels themselves, nothing learned: which pictures have the same colours in the same places."""

from __future__ import annotations

import numpy as np
from PIL.Image import Image as Picture

from embeddings.encoders.base import ImageEncoder, Vectors
from embeddings.encoders.inspection import View
from embeddings.encoders.views import Seen, squashed, view_of
from embeddings.images import map_pictures, open_kept


class Pixels(ImageEncoder):
    """All of a picture squashed to a small square; red, green and blue of each pixel from 0 to 1, row by row.

    Squashed and not padded, because bars would be what most pictures have in common.
    """

    batch_size = 256

    def __init__(self, name: str, *, side: int = 32) -> None:
        self.name = name
        self._side = side

    def _encode(self, items: list[bytes]) -> Vectors:
        return np.stack(map_pictures(items, self._numbers, at_least=self._side))

    def _numbers(self, picture: Picture) -> Vectors:
        return np.asarray(squashed(picture, self._side), dtype=np.float32).reshape(-1) / np.float32(255)

    def view(self, item: bytes) -> View:
        """The small square."""
        picture = open_kept(item, at_least=self._side)
        return view_of(Seen(squashed(picture, self._side)), picture.size)

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """Pixels a side."""
        return {"side": self._side, "colours": "red, green, blue"}
