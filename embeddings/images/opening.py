"""Opening image files that may be damaged or hostile: nothing is decoded before its size is known to be sane."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.Image import Image as Picture

from embeddings.errors import ReadError
from embeddings.reading.sniffing import looks_like

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
MOST_PIXELS = 89_000_000
# Their decoders hold several copies of the whole picture.
MOST_PIXELS_OF = {"WEBP": 30_000_000, "AVIF": 30_000_000}
# What Pillow raises on damaged files, format by format.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    ZeroDivisionError, RuntimeError, struct.error, zlib.error, ImageCms.PyCMSError,
)  # fmt: skip
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
_HEAD = 4096
_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}

# Pillow warns of damaged EXIF data, which cost nothing here; a picture far too large is an error.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class Unreadable(ReadError):
    """A file that cannot become a picture.

    Attributes:
        file: its name.
        reason: how a sentence about it goes on after the name, without a full stop.
    """

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"“{file}” {reason}.")

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return type(self), (self.file, self.reason)


@contextmanager
def opened(source: bytes, name: str) -> Iterator[Picture]:
    """A picture whose size is sane and whose pixels are not yet decoded; damage found inside becomes `Unreadable`.

    Raises:
        Unreadable: it is no picture, of a format that is not read, too large, or damaged.
    """
    if not source:
        raise Unreadable(name, "is empty")
    try:
        with Image.open(BytesIO(source), formats=FORMATS) as picture:
            _check_size(picture, name)
            yield picture
    except Unreadable:
        raise
    except BOMBS as error:
        raise Unreadable(name, f"is far too large; at most {MOST_PIXELS:,} pixels are decoded") from error
    except UnidentifiedImageError as error:
        raise Unreadable(name, _what_it_is(source)) from error
    except MemoryError as error:
        raise Unreadable(name, "asks for more memory than there is") from error
    except BROKEN as error:
        raise Unreadable(name, _damage(error)) from error


def _check_size(picture: Picture, name: str) -> None:
    width, height = picture.size
    most = MOST_PIXELS_OF.get(picture.format or "", MOST_PIXELS)
    if width < 1 or height < 1:
        raise Unreadable(name, f"is {width} × {height} pixels large: there is nothing to see")
    if width * height > most:
        raise Unreadable(
            name, f"is {width:,} × {height:,} = {width * height:,} pixels large; at most {most:,} are decoded"
        )


def _what_it_is(source: bytes) -> str:
    head = source[:_HEAD]
    if b"<svg" in head.lower():
        return "is an SVG drawing: instructions for a drawing program, not pixels; export it as PNG first"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return "is an HEIC picture, which cannot be read here; export it as JPEG first"
    kind = looks_like(source)
    if kind is None:
        return "is not a picture in a format that is read here"
    if kind.endswith("picture"):
        return f"begins like {kind} but is damaged from the start"
    return f"is not a picture: it looks like {kind}"


def _damage(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or "eof" in text or isinstance(error, EOFError):
        return "is cut off: the end of the picture is missing"
    detail = " ".join(str(error).split())[:120].rstrip(".")
    return f"is damaged and cannot be decoded ({detail})" if detail else "is damaged and cannot be decoded"
