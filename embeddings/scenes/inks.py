"""The shades that Pillow draws a named colour in."""

from __future__ import annotations

from random import Random

RGB = tuple[int, int, int]

INKS: dict[str, tuple[RGB, ...]] = {
    "red": ((226, 34, 38), (204, 22, 30), (240, 48, 44)),
    "green": ((40, 150, 60), (30, 120, 50), (70, 180, 70)),
    "blue": ((40, 76, 200), (28, 60, 170), (50, 100, 225)),
    "yellow": ((250, 222, 50), (245, 210, 30), (252, 236, 80)),
    "orange": ((246, 140, 30), (238, 124, 20), (250, 152, 50)),
    "purple": ((128, 50, 160), (110, 40, 140), (140, 70, 180)),
    "pink": ((246, 150, 190), (240, 130, 175), (250, 175, 205)),
    "brown": ((126, 78, 42), (112, 66, 34), (138, 88, 54)),
    "black": ((14, 14, 16), (24, 24, 26), (0, 0, 0)),
    "white": ((252, 252, 252), (246, 246, 246), (255, 255, 255)),
    "grey": ((130, 132, 134), (148, 148, 150), (116, 116, 118)),
    "cyan": ((50, 205, 220), (30, 190, 205), (80, 220, 230)),
}


def ink(colour: str, rng: Random) -> RGB:
    """One of the shades of a colour."""
    return rng.choice(INKS[colour])


def tint(colour: RGB, share: float) -> RGB:
    """The colour with a share of white."""
    red, green, blue = (round(part + (255 - part) * share) for part in colour)
    return red, green, blue


def contrast(colour: RGB) -> RGB:
    """What stands out as the pattern of a thing: a pale tint on dark colours, a darker shade on light ones."""
    red, green, blue = colour
    if 0.3 * red + 0.59 * green + 0.11 * blue < 150:
        return tint(colour, 0.68)
    return red // 3, green // 3, blue // 3
