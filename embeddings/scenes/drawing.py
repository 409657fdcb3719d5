"""Scenes drawn with Pillow, three times larger than asked for and scaled down."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from embeddings.scenes.backdrops import backdrop
from embeddings.scenes.inks import contrast, ink
from embeddings.scenes.pens import mask
from embeddings.scenes.placing import Placed, place
from embeddings.scenes.scene import Scene

_FINER = 3


def draw(scene: Scene, rng: Random, *, size: int = 160) -> Image.Image:
    """A scene as a picture of `size` pixels a side; places, shades and forms are left to chance."""
    large = size * _FINER
    sheet = backdrop(scene.background, large, rng)
    group = rng.random()
    for placed in place(scene, rng):
        # Things of a group are alike: the same shade and form.
        own = Random(group) if scene.count > 1 else rng
        _put(sheet, placed, own)
    return sheet.resize((size, size), Image.Resampling.BOX)


def png(image: Image.Image) -> bytes:
    """The picture as the bytes of a PNG file."""
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _put(sheet: Image.Image, placed: Placed, rng: Random) -> None:
    radius = placed.radius * sheet.width
    # Room around the shape for turning it.
    side = round(2.2 * radius) + 2
    stencil = mask(placed.thing.shape, side, (side / 2, side / 2), radius, rng)
    fill = Image.new("RGB", (side, side), ink(placed.thing.colour, rng))
    texture = placed.thing.texture
    if texture == "outlined":
        stencil = ImageChops.subtract(stencil, _shrunk(stencil, radius * 0.13))
    elif texture in _PATTERNS:
        pattern = Image.new("L", (side, side))
        _PATTERNS[texture](ImageDraw.Draw(pattern), side, radius * rng.uniform(0.3, 0.42), rng)
        red, green, blue = fill.getpixel((0, 0))  # type: ignore[misc]
        fill.paste(contrast((int(red), int(green), int(blue))), mask=pattern)
    corner = (round(placed.x * sheet.width - side / 2), round(placed.y * sheet.width - side / 2))
    sheet.paste(fill, corner, stencil)


def _shrunk(stencil: Image.Image, by: float) -> Image.Image:
    """The shape without its edge."""
    width = max(round(by), 3)
    blurred = stencil.filter(ImageFilter.GaussianBlur(width))
    return blurred.point(lambda value: 255 if value > 238 else 0)


def _stripes(pen: ImageDraw.ImageDraw, side: int, cell: float, rng: Random) -> None:
    across = rng.choice(("upright", "level", "slanting"))
    for line in range(-int(side / cell) - 1, int(2 * side / cell) + 1):
        start = line * cell
        slant = side if across == "slanting" else 0
        ends = (0.0, start, float(side), start) if across == "level" else (start, 0.0, start + slant, float(side))
        pen.line(ends, fill=255, width=round(cell * (0.5 if across != "slanting" else 0.35)))


def _dots(pen: ImageDraw.ImageDraw, side: int, cell: float, rng: Random) -> None:
    count, dot = int(side / cell) + 1, cell * 0.28
    for row in range(count):
        for column in range(count):
            x, y = (column + 0.5) * cell, (row + 0.5) * cell
            pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill=255)


def _checks(pen: ImageDraw.ImageDraw, side: int, cell: float, rng: Random) -> None:
    count, square = int(2 * side / cell) + 2, cell * 0.6
    for row in range(count):
        for column in range(row % 2, count, 2):
            x, y = column * square, row * square
            pen.rectangle((x, y, x + square - 1, y + square - 1), fill=255)


_PATTERNS = {"striped": _stripes, "dotted": _dots, "checked": _checks}
