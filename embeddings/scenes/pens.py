"""The outlines that Pillow fills: masks of single shapes, larger than needed and scaled down for smooth edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]


def mask(shape: str, size: int, at: Point, radius: float, rng: Random) -> Image.Image:
    """White where the shape is: a square grey picture of `size` pixels a side, centre and radius in pixels."""
    sheet = Image.new("L", (size, size))
    _DRAWN[shape](ImageDraw.Draw(sheet), at, radius, rng)
    if shape in _CUT_OUT:
        sheet = ImageChops.subtract(sheet, _CUT_OUT[shape](size, at, radius))
    return sheet


def _spread(at: Point, radius: float, corners: list[Point]) -> list[Point]:
    return [(at[0] + radius * x, at[1] + radius * y) for x, y in corners]


def _round(pen: ImageDraw.ImageDraw, at: Point, wide: float, high: float) -> None:
    pen.ellipse((at[0] - wide, at[1] - high, at[0] + wide, at[1] + high), fill=255)


def _circle(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    _round(pen, at, radius, radius)


def _oval(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    wide, high = rng.choice(((1.0, 0.58), (0.58, 1.0), (1.0, 0.66)))
    _round(pen, at, radius * wide, radius * high)


def _box(pen: ImageDraw.ImageDraw, at: Point, wide: float, high: float, lean: float = 0.0) -> None:
    cos, sin = math.cos(lean), math.sin(lean)
    corners = [(-wide, -high), (wide, -high), (wide, high), (-wide, high)]
    pen.polygon([(at[0] + x * cos - y * sin, at[1] + x * sin + y * cos) for x, y in corners], fill=255)


def _square(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    _box(pen, at, 0.71 * radius, 0.71 * radius, rng.choice((0.0, 0.0, 0.07, -0.07)))


def _rectangle(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    wide, high = rng.choice(((0.88, 0.46), (0.86, 0.5), (0.48, 0.87)))
    _box(pen, at, wide * radius, high * radius, rng.choice((0.0, 0.0, 0.06, -0.06)))


def _regular(sides: int) -> Callable[[ImageDraw.ImageDraw, Point, float, Random], None]:
    def draw(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
        pen.regular_polygon((*at, radius), sides, fill=255)

    return draw


def _triangle(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    pen.polygon(_spread(at, radius, [(0, -0.95), (0.86, 0.6), (-0.86, 0.6)]), fill=255)


def _diamond(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    wide = rng.choice((0.62, 0.72, 0.85))
    pen.polygon(_spread(at, radius, [(0, -1), (wide, 0), (0, 1), (-wide, 0)]), fill=255)


def _star(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    corners = []
    for tip in range(5):
        for share, turn in ((1.0, 0), (0.41, 36)):
            angle = math.radians(72 * tip + turn - 90)
            corners.append((share * math.cos(angle), share * math.sin(angle)))
    pen.polygon(_spread(at, radius, corners), fill=255)


def _cross(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    arm = rng.choice((0.26, 0.31))
    _box(pen, at, 0.93 * radius, arm * radius)
    _box(pen, at, arm * radius, 0.93 * radius)


def _heart(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    for side in (-1, 1):
        _round(pen, (at[0] + side * 0.44 * radius, at[1] - 0.3 * radius), 0.5 * radius, 0.5 * radius)
    pen.polygon(_spread(at, radius, [(-0.87, -0.05), (0.87, -0.05), (0, 0.93)]), fill=255)


def _arrow(pen: ImageDraw.ImageDraw, at: Point, radius: float, rng: Random) -> None:
    corners: list[Point] = [(-1, -0.2), (0.1, -0.2), (0.1, -0.6), (1, 0), (0.1, 0.6), (0.1, 0.2), (-1, 0.2)]
    for _ in range(rng.randrange(4)):
        corners = [(-y, x) for x, y in corners]
    pen.polygon(_spread(at, radius, corners), fill=255)


def _hole(size: int, at: Point, radius: float) -> Image.Image:
    sheet = Image.new("L", (size, size))
    _round(ImageDraw.Draw(sheet), at, 0.6 * radius, 0.6 * radius)
    return sheet


def _bite(size: int, at: Point, radius: float) -> Image.Image:
    sheet = Image.new("L", (size, size))
    _round(ImageDraw.Draw(sheet), (at[0] + 0.45 * radius, at[1] - 0.08 * radius), 0.85 * radius, 0.85 * radius)
    return sheet


_DRAWN: dict[str, Callable[[ImageDraw.ImageDraw, Point, float, Random], None]] = {
    "circle": _circle,
    "ring": _circle,
    "crescent": _circle,
    "oval": _oval,
    "square": _square,
    "rectangle": _rectangle,
    "triangle": _triangle,
    "pentagon": _regular(5),
    "hexagon": _regular(6),
    "diamond": _diamond,
    "star": _star,
    "cross": _cross,
    "heart": _heart,
    "arrow": _arrow,
}
_CUT_OUT: dict[str, Callable[[int, Point, float], Image.Image]] = {"ring": _hole, "crescent": _bite}
