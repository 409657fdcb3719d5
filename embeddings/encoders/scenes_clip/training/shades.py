"""The shades that the training paints a named colour in."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

Shade = NDArray[np.float32]

_SHADES: dict[str, tuple[tuple[int, int, int], ...]] = {
    "red": ((255, 0, 0), (255, 0, 0), (220, 20, 30), (180, 10, 20), (230, 60, 50), (214, 39, 40)),
    "green": ((0, 128, 0), (0, 255, 0), (44, 160, 44), (20, 90, 30), (90, 200, 90), (120, 220, 80)),
    "blue": ((0, 0, 255), (0, 0, 255), (31, 119, 180), (20, 40, 160), (60, 100, 230), (0, 0, 128), (90, 140, 235)),
    "yellow": ((255, 255, 0), (250, 220, 30), (255, 235, 90), (230, 200, 0), (255, 215, 0)),
    "orange": ((255, 165, 0), (255, 127, 14), (240, 110, 0), (250, 140, 50), (255, 140, 0)),
    "purple": ((128, 0, 128), (148, 103, 189), (100, 30, 160), (160, 60, 210), (75, 0, 130), (128, 0, 255)),
    "pink": ((255, 192, 203), (255, 105, 180), (227, 119, 194), (255, 150, 180), (255, 20, 147)),
    "brown": ((139, 69, 19), (140, 86, 75), (110, 60, 20), (160, 95, 50), (101, 67, 33), (150, 75, 0)),
    "black": ((0, 0, 0), (0, 0, 0), (20, 20, 20), (35, 32, 36)),
    "white": ((255, 255, 255), (255, 255, 255), (245, 245, 245), (238, 236, 232)),
    "grey": ((128, 128, 128), (100, 100, 105), (160, 160, 160), (192, 192, 190)),
    "cyan": ((0, 255, 255), (23, 190, 207), (0, 200, 210), (90, 230, 240), (64, 224, 208)),
}
# Two colours nearer than this are hard to tell apart.
_APART = 75.0


def shade(colour: str, rng: Random) -> Shade:
    """Between two of the known shades of a colour, now and then exactly one of them."""
    one, other = rng.choice(_SHADES[colour]), rng.choice(_SHADES[colour])
    share = rng.choice((0.0, rng.random()))
    mixed = np.array(one, np.float32) * (1 - share) + np.array(other, np.float32) * share
    if share:
        mixed += np.array([rng.gauss(0, 4) for _ in range(3)], np.float32)
    return mixed.clip(0, 255)


def shade_apart(colour: str, from_: Shade, rng: Random) -> Shade:
    """A shade that stands out from another colour."""
    found = shade(colour, rng)
    for _ in range(12):
        if np.linalg.norm(found - from_) > _APART:
            break
        found = shade(colour, rng)
    return found


def second_shade(first: Shade, rng: Random) -> Shade:
    """The other colour of a texture: white, black or a clearly lighter or darker shade of the first."""
    candidates = [np.full(3, 255, np.float32), np.zeros(3, np.float32), first * 0.5, first * 0.45 + 140]
    apart = [candidate for candidate in candidates if np.linalg.norm(candidate - first) > 90]
    return rng.choice(apart or candidates[:2])
