"""Colour, shape and texture measured by formulas: no learning, no download.

All of a picture is squashed to 128 × 128 pixels. Then three blocks, each of length 1 so that none drowns the others:

- shape, 324 numbers: histograms of oriented gradients (Dalal and Triggs 2005), 9 directions in 4 × 4 cells of 32
  pixels, normalised over 3 × 3 overlapping blocks of 2 × 2 cells;
- colour, 114 numbers: how many pixels have each of 12 hues × 3 saturations × 3 brightnesses, and for pixels without a
  hue each of 6 greys, from black to white;
- texture, 28 numbers: local binary patterns (Ojala et al. 2002), the uniform ones of 8 neighbours at distance 1 and of
  16 at distance 2.

Of the counts the square root is taken, so that a dot product compares two histograms by Hellinger's measure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image as Picture
from skimage.feature import hog, local_binary_pattern

from embeddings.encoders.base import ImageEncoder, Vectors
from embeddings.encoders.inspection import View
from embeddings.encoders.views import Seen, squashed, view_of
from embeddings.images import map_pictures, open_kept

SIDE = 128
_HUES, _SATURATIONS, _BRIGHTNESSES, _GREYS = 12, 3, 3, 6
# Below these, out of 255, a hue is noise.
_LEAST_SATURATION, _LEAST_BRIGHTNESS = 32, 32
_PATTERNS = ((8, 1), (16, 2))


class ColourTexture(ImageEncoder):
    """466 numbers in three blocks (see the module); a vector has length 1, less for a picture of one colour."""

    def __init__(self, name: str) -> None:
        self.name = name

    def _encode(self, items: list[bytes]) -> Vectors:
        return np.stack(map_pictures(items, _describe, at_least=SIDE))

    def view(self, item: bytes) -> View:
        """The square that is measured."""
        picture = open_kept(item, at_least=SIDE)
        return view_of(Seen(squashed(picture, SIDE)), picture.size)

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """The blocks and their sizes."""
        return {"shape": 324, "colour": _COLOURS, "texture": sum(points + 2 for points, _ in _PATTERNS), "side": SIDE}


_COLOURS = _HUES * _SATURATIONS * _BRIGHTNESSES + _GREYS


def _describe(picture: Picture) -> Vectors:
    square = squashed(picture, SIDE)
    grey = np.asarray(square.convert("L"))
    blocks = (_shape(grey), _colour(square), _texture(grey))
    vector: Vectors = np.concatenate([_unit(block) for block in blocks]).astype(np.float32)
    return vector / np.float32(np.sqrt(len(blocks)))


def _shape(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    cells = {"pixels_per_cell": (SIDE // 4, SIDE // 4), "cells_per_block": (2, 2)}
    gradients: NDArray[np.float64] = hog(grey, orientations=9, block_norm="L2-Hys", **cells)
    return gradients


def _colour(square: Picture) -> NDArray[np.float64]:
    hue, saturation, brightness = (
        np.asarray(band).astype(np.intp).reshape(-1) for band in square.convert("HSV").split()
    )
    place = hue * _HUES // 256
    place = place * _SATURATIONS + (saturation - _LEAST_SATURATION).clip(0) * _SATURATIONS // (256 - _LEAST_SATURATION)
    place = place * _BRIGHTNESSES + (brightness - _LEAST_BRIGHTNESS).clip(0) * _BRIGHTNESSES // (
        256 - _LEAST_BRIGHTNESS
    )
    hueless = (saturation < _LEAST_SATURATION) | (brightness < _LEAST_BRIGHTNESS)
    place = np.where(hueless, _COLOURS - _GREYS + brightness * _GREYS // 256, place)
    return np.sqrt(np.bincount(place, minlength=_COLOURS))


def _texture(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    counts = []
    for points, radius in _PATTERNS:
        # At the border the neighbours outside would count as black.
        inner = local_binary_pattern(grey, points, radius, "uniform")[radius:-radius, radius:-radius]
        counts.append(np.bincount(inner.astype(np.intp).reshape(-1), minlength=points + 2))
    return np.sqrt(np.concatenate(counts))


def _unit(block: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(block))
    return block / length if length else block
