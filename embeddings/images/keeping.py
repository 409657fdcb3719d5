"""From an image file to the picture a collection keeps: upright, 8-bit, opaque, without metadata, of a sane size."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from PIL import ExifTags, Image
from PIL.Image import Image as Picture

from embeddings.errors import ReadError
from embeddings.images.changes import Change
from embeddings.images.clean import is_clean
from embeddings.images.colours import plain
from embeddings.images.opening import BROKEN, opened
from embeddings.images.pixels import leave_out

SHORTER_SIDE = 512
LONGEST_SIDE = 4096
SMALL_BYTES = 300_000
JPEG_QUALITY = 88
TINY_SIDE = 8
LOSSY = frozenset({"JPEG", "MPO", "WEBP", "AVIF"})
# Averaging goes down to twice the wanted size at most; the rest is done by the better filter.
GAP = 2
# One such picture at a time is decoded, however many threads there are.
LARGE_PIXELS = 16_000_000
_large = Lock()

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class KeptPicture(NamedTuple):
    """A picture as a collection keeps it.

    Attributes:
        data: the bytes of a PNG, JPEG or WebP file.
        width, height: of the picture as it came, upright.
        notes: what was changed.
    """

    data: bytes
    width: int
    height: int
    notes: tuple[Change, ...]


def keep(source: bytes, *, name: str) -> KeptPicture:
    """Turn the bytes of an image file into a picture to keep; what is already such keeps its bytes.

    Raises:
        Unreadable: it cannot be decoded, or is too large; the message names it and says why.
    """
    with opened(source, name) as picture:
        return _kept(picture, source)


def keep_any(image: str | Path | bytes | Picture, *, name: str) -> KeptPicture:
    """The same from a path, bytes or one of Pillow's images; `name` is what messages call bytes and images.

    Raises:
        ReadError: it cannot be read.
    """
    if isinstance(image, bytes):
        return keep(image, name=name)
    if isinstance(image, Picture):
        buffer = BytesIO()
        lossless = image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else image.convert("RGB")
        lossless.save(buffer, "PNG", compress_level=1)
        return keep(buffer.getvalue(), name=name)
    path = Path(image).expanduser()
    try:
        return keep(path.read_bytes(), name=path.name)
    except FileNotFoundError:
        raise ReadError(f"There is no file “{path}”.") from None
    except OSError as error:
        raise ReadError(f"“{path}” cannot be opened: {error.strerror or error}.") from error


def _kept(picture: Picture, source: bytes) -> KeptPicture:
    size = picture.size
    target = _target(size)
    if target != size:
        leave_out(picture, (GAP * target[0], GAP * target[1]))
    with _large if picture.width * picture.height > LARGE_PIXELS else nullcontext():
        picture.load()
        turn = _UPRIGHT.get(_orientation(picture))
        width, height = size[::-1] if turn is not None and turn not in _KEEPS_SIDES else size
        if target == size == picture.size and turn is None and is_clean(picture, source, SMALL_BYTES):
            return KeptPicture(source, width, height, _tiny(size))
        done, changes = plain(picture, _factor(picture.size, target))
    frames = _more_frames(picture)
    if done.size != target:
        done = done.resize(target, Image.Resampling.LANCZOS)
    if turn is not None:
        done = done.transpose(turn)
    notes = (*_resized(size, target), *((Change.TURNED,) if turn is not None else ()), *changes, *frames, *_tiny(size))
    return KeptPicture(_encoded(done, lossless=picture.format not in LOSSY), width, height, notes)


_KEEPS_SIDES = frozenset({_UPRIGHT[2], _UPRIGHT[3], _UPRIGHT[4]})


def _target(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, SHORTER_SIDE / min(size), LONGEST_SIDE / max(size))
    width, height = (max(1, round(scale * side)) for side in size)
    return width, height


def _factor(size: tuple[int, int], target: tuple[int, int]) -> int:
    return max(1, min(size[0] // (GAP * target[0]), size[1] // (GAP * target[1])))


def _orientation(picture: Picture) -> int:
    """What the EXIF data say, 1 when they are damaged; Pillow turns TIFF and WebP no further than this says."""
    try:
        orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    except (*BROKEN, UserWarning):
        return 1
    return orientation if isinstance(orientation, int) else 1


def _more_frames(picture: Picture) -> tuple[Change, ...]:
    """Asked for last, because looking for a second frame can leave a damaged file in any state."""
    if picture.format == "MPO":
        return ()
    try:
        several = bool(getattr(picture, "is_animated", False))
    except BROKEN:
        several = False
    if not several:
        return ()
    return (Change.FIRST_PAGE if picture.format == "TIFF" else Change.FIRST_FRAME,)


def _resized(size: tuple[int, int], target: tuple[int, int]) -> tuple[Change, ...]:
    if target == size:
        return ()
    return (Change.SMALLER,) if min(size) * LONGEST_SIDE > max(size) * SHORTER_SIDE else (Change.SHORTENED,)


def _tiny(size: tuple[int, int]) -> tuple[Change, ...]:
    return (Change.TINY,) if min(size) < TINY_SIDE else ()


def _encoded(picture: Picture, *, lossless: bool) -> bytes:
    buffer = BytesIO()
    if lossless:
        picture.save(buffer, "PNG")
        if buffer.tell() <= SMALL_BYTES:
            return buffer.getvalue()
        buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
