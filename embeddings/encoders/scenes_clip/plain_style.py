"""The third style of drawing, for evaluation only: bare Pillow, pure colours, no smooth edges, one thing or two."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

PURE = {
    "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "orange": (255, 165, 0),
    "purple": (128, 0, 128), "pink": (255, 192, 203), "brown": (139, 69, 19), "black": (0, 0, 0),
    "white": (255, 255, 255), "grey": (128, 128, 128), "cyan": (0, 255, 255),
}  # fmt: skip


def plain_sheet(size: int, background: str = "white") -> Image.Image:
    """An empty picture."""
    return Image.new("RGB", (size, size), PURE[background])


def plain_shape(sheet: Image.Image, shape: str, colour: str, place: tuple[float, float, float]) -> None:
    """Draw into the sheet; `place` is x, y and half of the width in pixels.

    Raises:
        KeyError: a shape that this style does not have.
    """
    x, y, half = place
    pen, fill = ImageDraw.Draw(sheet), PURE[colour]
    box = (x - half, y - half, x + half, y + half)
    if shape == "circle":
        pen.ellipse(box, fill=fill)
    elif shape == "square":
        pen.rectangle(box, fill=fill)
    elif shape == "ring":
        pen.ellipse(box, outline=fill, width=max(int(half * 0.35), 2))
    else:
        pen.polygon([(x + half * across, y + half * down) for across, down in _CORNERS[shape]], fill=fill)


def _star() -> list[tuple[float, float]]:
    turns = [(math.pi * corner / 5 - math.pi / 2, 1.0 if corner % 2 == 0 else 0.4) for corner in range(10)]
    return [(share * math.cos(angle), share * math.sin(angle)) for angle, share in turns]


_CORNERS = {
    "triangle": [(0.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
    "star": _star(),
    "diamond": [(0.0, -1.0), (0.8, 0.0), (0.0, 1.0), (-0.8, 0.0)],
    "hexagon": [(math.cos(math.pi * k / 3), math.sin(math.pi * k / 3)) for k in range(6)],
    "rectangle": [(-1.0, -0.5), (1.0, -0.5), (1.0, 0.5), (-1.0, 0.5)],
}
