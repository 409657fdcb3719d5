"""Painting one shape into a picture by its signed distance, compiled."""

from __future__ import annotations

import math
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.scenes_clip.training.outlines import CRESCENT, ELLIPSE, RING, Outline

PLAIN, STRIPED, DOTTED, CHECKED, OUTLINED = range(5)
Canvas = NDArray[np.float32]


class Look(NamedTuple):
    """How a shape is filled; lengths in pixels.

    Attributes:
        colour: red, green and blue, 0 to 255.
        second: the other colour of a texture, or that of a contour.
        texture: one of the constants above.
        cells: stripes, dots or squares across the shape.
        slant: turn of the texture in radians.
        stroke: width of an outline or contour; 0 for no contour.
        soft: width over which an edge fades.
        shade: how much darker or lighter the shape becomes downwards.
    """

    colour: NDArray[np.float32]
    second: NDArray[np.float32]
    texture: int = PLAIN
    cells: float = 6.0
    slant: float = 0.0
    stroke: float = 0.0
    soft: float = 1.0
    shade: float = 0.0


def paint(canvas: Canvas, outline: Outline, place: tuple[float, float, float, float], look: Look) -> None:
    """Paint a shape over what is there; `place` is x, y and radius in pixels, and the turn in radians."""
    x, y, radius, angle = place
    numbers = (look.cells, look.slant, look.stroke, max(look.soft, 1e-3), look.shade)
    where = (x, y, radius, angle + outline.angle, angle)
    _paint(canvas, outline.kind, outline.corners, (outline.a, outline.b), where, look.colour, look.second,
           look.texture, numbers)  # fmt: skip


@numba.njit(cache=True, fastmath=True)
def _polygon(corners, u, v):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Signed distance to a polygon, negative inside."""
    count = len(corners)
    best, sign = 1e9, 1.0
    last = count - 1
    for this in range(count):
        ex, ey = corners[last, 0] - corners[this, 0], corners[last, 1] - corners[this, 1]
        wx, wy = u - corners[this, 0], v - corners[this, 1]
        along = min(max((wx * ex + wy * ey) / (ex * ex + ey * ey), 0.0), 1.0)
        dx, dy = wx - ex * along, wy - ey * along
        best = min(best, dx * dx + dy * dy)
        above, below, left = v >= corners[this, 1], v < corners[last, 1], ex * wy > ey * wx
        if (above and below and left) or not (above or below or left):
            sign = -sign
        last = this
    return sign * math.sqrt(best)


@numba.njit(cache=True, fastmath=True)
def _distance(kind, corners, form, u, v):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    a, b = form
    if kind == ELLIPSE:
        scaled = math.sqrt((u / a) ** 2 + (v / b) ** 2)
        slope = math.sqrt((u / (a * a)) ** 2 + (v / (b * b)) ** 2)
        return scaled * (scaled - 1.0) / slope if slope > 1e-6 else -min(a, b)
    if kind == RING:
        middle = math.sqrt(u * u + v * v)
        return max(middle - 1.0, a - middle)
    if kind == CRESCENT:
        return max(math.sqrt(u * u + v * v) - 1.0, a - math.sqrt((u - b) ** 2 + v * v))
    return _polygon(corners, u, v)


@numba.njit(cache=True, fastmath=True)
def _is_second(texture, u, v, cells):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    s, t = u * cells / 2, v * cells / 2
    if texture == STRIPED:
        return math.floor(s) % 2 == 0
    if texture == CHECKED:
        return (math.floor(s) + math.floor(t)) % 2 == 0
    ds, dt = s - math.floor(s) - 0.5, t - math.floor(t) - 0.5
    return ds * ds + dt * dt < 0.09


@numba.njit(cache=True, fastmath=True)
def _paint(canvas, kind, corners, form, where, colour, second, texture, numbers):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    x, y, radius, angle, tilt = where
    cells, slant, stroke, soft, shade = numbers
    height, width = canvas.shape[:2]
    reach = radius + soft + 1
    cos, sin = math.cos(angle), math.sin(angle)
    cos_texture, sin_texture = math.cos(tilt + slant), math.sin(tilt + slant)
    for row in range(max(int(y - reach), 0), min(int(y + reach) + 1, height)):
        for column in range(max(int(x - reach), 0), min(int(x + reach) + 1, width)):
            dx, dy = (column + 0.5 - x) / radius, (row + 0.5 - y) / radius
            away = _distance(kind, corners, form, dx * cos + dy * sin, dy * cos - dx * sin) * radius
            if texture == OUTLINED:
                away = abs(away + stroke / 2) - stroke / 2
            cover = min(max(0.5 - away / soft, 0.0), 1.0)
            if cover <= 0.0:
                continue
            other = texture == PLAIN and stroke > 0.0 and away > -stroke
            if texture != PLAIN and texture != OUTLINED:
                u, v = dx * cos_texture + dy * sin_texture, dy * cos_texture - dx * sin_texture
                other = _is_second(texture, u + 0.25 / cells, v + 0.25 / cells, cells)
            for channel in range(3):
                value = second[channel] if other else colour[channel] * (1.0 + shade * dy)
                canvas[row, column, channel] += cover * (value - canvas[row, column, channel])
