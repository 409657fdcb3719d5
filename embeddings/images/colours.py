"""From any kind of pixels to 8-bit colours or greys on white, in strips so that large pictures need little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageCms
from PIL.Image import Image as Picture

from embeddings.images.changes import Change

GREY = frozenset({"1", "L", "LA", "La", "I", "F"})
STRIP_PIXELS = 1 << 20
# Depths of cameras and scanners; files do not say which, so the smallest that holds the brightest value is taken.
DEPTHS = (8, 10, 12, 14, 16)


class Plain(NamedTuple):
    """A picture in mode L or RGB, and what it cost to get there."""

    picture: Picture
    changes: tuple[Change, ...]


def plain(picture: Picture, factor: int) -> Plain:
    """An 8-bit opaque copy, each side made `factor` times smaller by averaging; transparent parts are white."""
    grey = picture.mode in GREY or picture.mode.startswith("I;16")
    width, height = picture.size
    result = Image.new("L" if grey else "RGB", (-(-width // factor), -(-height // factor)))
    convert = _Converter(picture)
    for top, strip in _strips(picture, factor):
        part = convert(strip)
        if part.mode != result.mode:
            part = part.convert(result.mode)
        result.paste(part.reduce(factor) if factor > 1 else part, (0, top // factor))
    return Plain(result, tuple(dict.fromkeys(convert.changes)))


class _Converter:
    """Turns strips of one picture into 8-bit ones, all by the same rule."""

    def __init__(self, picture: Picture) -> None:
        self.changes: list[Change] = []
        self._turn: Callable[[Picture], Picture] = lambda strip: strip.convert("RGB")
        if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
            self.changes.append(Change.DEPTH)
            self._turn = _scaling(picture)
        elif picture.has_transparency_data:
            self._turn = self._on_white
        elif picture.mode in ("L", "1"):
            self._turn = lambda strip: strip.convert("L")
        else:
            if picture.mode == "CMYK":
                self.changes.append(Change.PRINTED)
            self._turn = _to_srgb(picture) or self._turn

    def __call__(self, strip: Picture) -> Picture:
        return self._turn(strip)

    def _on_white(self, strip: Picture) -> Picture:
        coloured = strip.convert("RGBA")
        lowest, _ = coloured.getchannel("A").getextrema()
        if isinstance(lowest, int) and lowest == 255:
            return coloured.convert("RGB")
        self.changes.append(Change.WHITE)
        return Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured).convert("RGB")


def _strips(picture: Picture, factor: int) -> Iterator[tuple[int, Picture]]:
    width, height = picture.size
    rows = max(1, STRIP_PIXELS // width // factor) * factor
    if rows >= height:
        yield 0, picture
        return
    for top in range(0, height, rows):
        yield top, picture.crop((0, top, width, min(top + rows, height)))


def _scaling(picture: Picture) -> Callable[[Picture], Picture]:
    """A rule that maps the range of a picture of whole or broken numbers to 0 to 255."""
    low, high = np.inf, -np.inf
    for _, strip in _strips(picture, 1):
        values = np.asarray(strip)
        finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    bottom, top = _range_of(picture, low, high)

    def scale(strip: Picture) -> Picture:
        values = np.nan_to_num(np.asarray(strip, dtype=np.float64), nan=bottom, posinf=top, neginf=bottom)
        shares = (values - bottom) / ((top - bottom) or 1.0)
        return Image.fromarray(np.round(255 * shares.clip(0, 1)).astype(np.uint8))

    return scale


def _range_of(picture: Picture, low: float, high: float) -> tuple[float, float]:
    if not low <= high:
        return 0.0, 1.0
    if picture.mode.startswith("I;16"):
        # The values of a PNG fill its range by definition.
        bits = 16 if picture.format == "PNG" else next(depth for depth in DEPTHS if high < 1 << depth)
        return 0.0, float((1 << bits) - 1)
    if picture.mode == "F" and low >= 0 and high <= 1:
        return 0.0, 1.0
    return low, high


def _to_srgb(picture: Picture) -> Callable[[Picture], Picture] | None:
    """The way from the colours of a picture's ICC profile to those of screens; None without a usable profile."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), picture.mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None

    def turn(strip: Picture) -> Picture:
        turned = ImageCms.applyTransform(strip, transform)
        return strip.convert("RGB") if turned is None else turned

    return turn
