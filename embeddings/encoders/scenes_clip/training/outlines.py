"""The outlines of the shapes for the training's drawing: polygons and ellipses around (0, 0), y downwards."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

POLYGON, ELLIPSE, RING, CRESCENT = range(4)
_NO_CORNERS = np.zeros((1, 2), np.float32)


class Outline(NamedTuple):
    """A shape inside the unit circle.

    Attributes:
        kind: which distance function.
        corners: of a polygon.
        a: half width of an ellipse; share that the hole takes of a ring or crescent.
        b: half height of an ellipse; shift of the hole of a crescent.
        angle: turn in radians that belongs to the shape.
    """

    kind: int
    corners: NDArray[np.float32]
    a: float = 1.0
    b: float = 1.0
    angle: float = 0.0


def outline(shape: str, rng: Random) -> Outline:
    """One of the forms a shape can take."""
    if shape in _CORNERS:
        return Outline(POLYGON, np.array(_CORNERS[shape](rng), np.float32), angle=_own_turn(shape, rng))
    if shape == "ring":
        return Outline(RING, _NO_CORNERS, rng.uniform(0.45, 0.75))
    if shape == "crescent":
        turn = rng.choice((0.0, math.pi, rng.uniform(-0.6, 0.6), math.pi + rng.uniform(-0.6, 0.6)))
        return Outline(CRESCENT, _NO_CORNERS, rng.uniform(0.75, 1.0), rng.uniform(0.35, 0.55), turn)
    if shape == "oval":
        sides = (1.0, rng.uniform(0.48, 0.72))
        return Outline(ELLIPSE, _NO_CORNERS, *(sides if rng.random() < 0.6 else sides[::-1]))
    return Outline(ELLIPSE, _NO_CORNERS, 1.0, rng.choice((1.0, rng.uniform(0.94, 1.0))))


def _own_turn(shape: str, rng: Random) -> float:
    if shape == "arrow":
        return rng.choice((0.0, 0.5, 1.0, 1.5)) * math.pi
    if shape == "cross":
        return rng.choice((0.0, 0.0, 0.0, math.pi / 4))
    if shape in ("hexagon", "pentagon"):
        return rng.choice((0.0, 0.0, math.pi / 6, rng.uniform(0, math.pi)))
    return 0.0


def _regular(sides: int, start: float = -math.pi / 2) -> list[tuple[float, float]]:
    angles = [start + 2 * math.pi * corner / sides for corner in range(sides)]
    return [(math.cos(angle), math.sin(angle)) for angle in angles]


def _square(rng: Random) -> list[tuple[float, float]]:
    side = 0.5**0.5
    height = side * rng.choice((1.0, rng.uniform(0.92, 1.0)))
    return [(-side, -height), (side, -height), (side, height), (-side, height)]


def _rectangle(rng: Random) -> list[tuple[float, float]]:
    angle = math.atan(rng.uniform(0.36, 0.7))
    wide, high = math.cos(angle), math.sin(angle)
    if rng.random() < 0.4:
        wide, high = high, wide
    return [(-wide, -high), (wide, -high), (wide, high), (-wide, high)]


def _triangle(rng: Random) -> list[tuple[float, float]]:
    if rng.random() < 0.1:
        return [(-0.75, -0.75), (0.75, 0.75), (-0.75, 0.75)]
    half, top = rng.uniform(0.7, 0.95), rng.uniform(-1.0, -0.8)
    return [(0.0, top), (half, 0.6), (-half, 0.6)]


def _star(rng: Random) -> list[tuple[float, float]]:
    inner = rng.uniform(0.36, 0.52)
    points = _regular(10)
    return [(x, y) if corner % 2 == 0 else (inner * x, inner * y) for corner, (x, y) in enumerate(points)]


def _diamond(rng: Random) -> list[tuple[float, float]]:
    wide = rng.uniform(0.55, 1.0)
    return [(0.0, -1.0), (wide, 0.0), (0.0, 1.0), (-wide, 0.0)]


def _cross(rng: Random) -> list[tuple[float, float]]:
    arm, end = rng.uniform(0.2, 0.36), 0.92
    quarter = [(arm, -end), (arm, -arm), (end, -arm)]
    corners = []
    for _ in range(4):
        corners += quarter
        quarter = [(-y, x) for x, y in quarter]
    return corners


def _heart(rng: Random) -> list[tuple[float, float]]:
    angles = [2 * math.pi * step / 26 for step in range(26)]
    flat = rng.uniform(0.9, 1.05)
    return [
        (
            0.062 * 16 * math.sin(t) ** 3 * 0.95,
            -0.06 * flat * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) - 0.07,
        )
        for t in angles
    ]


def _arrow(rng: Random) -> list[tuple[float, float]]:
    shaft, head, neck = rng.uniform(0.13, 0.28), rng.uniform(0.5, 0.72), rng.uniform(-0.05, 0.3)
    return [(-1, -shaft), (neck, -shaft), (neck, -head), (1, 0), (neck, head), (neck, shaft), (-1, shaft)]


_CORNERS: dict[str, Callable[[Random], list[tuple[float, float]]]] = {
    "square": _square,
    "rectangle": _rectangle,
    "triangle": _triangle,
    "star": _star,
    "hexagon": lambda rng: _regular(6, rng.choice((0.0, -math.pi / 2))),
    "pentagon": lambda rng: _regular(5),
    "diamond": _diamond,
    "cross": _cross,
    "heart": _heart,
    "arrow": _arrow,
}
