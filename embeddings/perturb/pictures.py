"""Small changes of RGB pictures, as Pillow has them."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter, ImageOps
from PIL.Image import Image as Picture

KEPT = 0.8
BLUR = 0.02
TURN = (10, 20)


def crop(picture: Picture, rng: np.random.Generator) -> Picture:
    """The middle four fifths of each side."""
    width, height = (max(1, round(KEPT * side)) for side in picture.size)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def flip(picture: Picture, rng: np.random.Generator) -> Picture:
    """Left and right exchanged."""
    return ImageOps.mirror(picture)


def grey(picture: Picture, rng: np.random.Generator) -> Picture:
    """Brightness only."""
    return ImageOps.grayscale(picture).convert("RGB")


def blur(picture: Picture, rng: np.random.Generator) -> Picture:
    """Gaussian blur with a radius of 2 % of the shorter side, at least one pixel."""
    return picture.filter(ImageFilter.GaussianBlur(max(1.0, BLUR * min(picture.size))))


def rotate(picture: Picture, rng: np.random.Generator) -> Picture:
    """Turned by 10 to 20 degrees to either side; the corners take the mean colour."""
    angle = rng.uniform(*TURN) * rng.choice([-1, 1])
    mean = tuple(int(value) for value in np.asarray(picture).reshape(-1, 3).mean(axis=0))
    return picture.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=mean)
