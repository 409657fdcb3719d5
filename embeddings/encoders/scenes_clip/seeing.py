"""What the model sees of a picture: all of it in a square, padded with the colour of its own border."""

from __future__ import annotations

import numpy as np
from PIL import Image
from PIL.Image import Image as Picture

from embeddings.encoders.views import Seen


def seen(picture: Picture, side: int) -> Seen:
    """The whole picture padded to a square of `side` pixels; squashing would make ovals of circles."""
    scale = side / max(picture.size)
    width, height = (max(round(length * scale), 1) for length in picture.size)
    small = picture if picture.size == (width, height) else picture.resize((width, height), Image.Resampling.BICUBIC)
    if width == height:
        return Seen(small)
    sheet = Image.new("RGB", (side, side), _border(small))
    sheet.paste(small, ((side - width) // 2, (side - height) // 2))
    return Seen(sheet, padded=True)


def _border(picture: Picture) -> tuple[int, int, int]:
    """The median colour along the four sides."""
    pixels = np.asarray(picture)
    sides = np.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    red, green, blue = np.median(sides, axis=0).astype(int).tolist()
    return red, green, blue
