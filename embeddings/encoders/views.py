"""What an encoder saw of a picture, drawn and put into words."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image
from PIL.Image import Image as Picture

from embeddings.encoders.inspection import View

Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
# Rounding to whole pixels changes the shape of a small picture by about this much.
_SAME_SHAPE = 0.03
_NEARLY_ALL = 0.995
# A strip of 4,096 × 1 pixels would be resized to a gigabyte before its middle is cut out.
_LONGEST_STRIP = 64


class Seen(NamedTuple):
    """A picture after an encoder's crop and resize.

    Attributes:
        picture: what is left.
        box: left, top, right and bottom of it as shares of the whole picture.
        padded: something was added around it.
    """

    picture: Picture
    box: Box = WHOLE
    padded: bool = False


def view_of(seen: Seen, size: tuple[int, int]) -> View:
    """The view of a picture that was `size` = (width, height) large."""
    buffer = BytesIO()
    seen.picture.save(buffer, "PNG", compress_level=1)
    return View(buffer.getvalue(), seen.box, _note(seen, size))


def squashed(picture: Picture, side: int) -> Picture:
    """A square of all of a picture; every pixel counts by its area."""
    return picture.resize((side, side), Image.Resampling.BOX)


def middle_of_strip(picture: Picture) -> Seen:
    """A picture as it is, or the middle of one that is more than 64 times as long as wide."""
    most = _LONGEST_STRIP * min(picture.size)
    if max(picture.size) <= most:
        return Seen(picture)
    width, height = min(picture.width, most), min(picture.height, most)
    left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
    middle = picture.crop((left, top, left + width, top + height))
    return Seen(middle, narrowed(WHOLE, picture.size, middle.size))


def narrowed(box: Box, before: tuple[int, int], after: tuple[int, int]) -> Box:
    """The box after a crop around the middle from one size to another."""
    left, right = _narrowed_axis(box[0], box[2], before[0], after[0])
    top, bottom = _narrowed_axis(box[1], box[3], before[1], after[1])
    return left, top, right, bottom


def _narrowed_axis(low: float, high: float, before: int, after: int) -> tuple[float, float]:
    if after >= before:
        return low, high
    start, length = round((before - after) / 2) / before, high - low
    return low + start * length, low + (start + after / before) * length


def _note(seen: Seen, size: tuple[int, int]) -> str:
    width, height = seen.box[2] - seen.box[0], seen.box[3] - seen.box[1]
    square = seen.picture.width == seen.picture.height
    shape = (width * size[0]) / (height * size[1]) * seen.picture.height / seen.picture.width
    resized = "resized" if abs(shape - 1) <= _SAME_SHAPE else "squashed"
    how = "resized and padded" if seen.padded else resized
    share = width * height
    if share >= _NEARLY_ALL:
        what = "The whole picture"
    else:
        shown = f"{share:.0%}".replace("%", " %") if share >= 0.01 else "less than 1 %"
        what = f"The middle {'square' if square and how == 'resized' else 'part'}, {shown} of the picture"
    return f"{what}, {how} to {seen.picture.width} × {seen.picture.height}."
