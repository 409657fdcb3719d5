"""Small versions of kept pictures: one by one, and many in one sheet for the map."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from PIL.Image import Image as Picture

from embeddings.images.pixels import in_threads, open_small

SHEET_COLUMNS = 16
SHEET_CELLS = 256
QUALITY = 80
# The encoder's effort: above 2, twice the time saves some 3 % of the bytes.
EFFORT = 2


def thumbnail(item: bytes, side: int) -> bytes:
    """A kept picture as WebP, longer side at most `side`; smaller pictures stay as large as they are."""
    small = open_small(item, side)
    small.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return _webp(small)


def sheet(items: Sequence[bytes], *, cell: int = 64) -> bytes:
    """Up to 256 kept pictures in one WebP of 16 columns, each fitted and centred into its cell on transparency.

    Raises:
        ValueError: there are no items, or more than 256.
    """
    if not 0 < len(items) <= SHEET_CELLS:
        raise ValueError(f"a sheet holds 1 to {SHEET_CELLS} pictures, got {len(items)}")
    rows = -(-len(items) // SHEET_COLUMNS)
    whole = Image.new("RGBA", (SHEET_COLUMNS * cell, rows * cell))
    for number, picture in enumerate(in_threads(lambda item: _fitted(item, cell), items)):
        row, column = divmod(number, SHEET_COLUMNS)
        whole.paste(picture, (column * cell + (cell - picture.width) // 2, row * cell + (cell - picture.height) // 2))
    return _webp(whole)


def _fitted(item: bytes, cell: int) -> Picture:
    picture = open_small(item, cell)
    scale = cell / max(picture.size)
    size = (max(1, round(scale * picture.width)), max(1, round(scale * picture.height)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _webp(picture: Picture) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=EFFORT)
    return buffer.getvalue()
