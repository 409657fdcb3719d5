"""Pictures whose answers are known by eye, and files of every kind made from them."""

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def encoded(picture, format="PNG", **options):
    """The bytes of a picture's file."""
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def opened(file):
    """The picture in a file's bytes, as a browser would show it."""
    return Image.open(io.BytesIO(file))


def near(pixel, colour, tolerance=12):
    """Whether no part of a pixel differs by more than the tolerance."""
    return max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= tolerance


def plain(colour="red", size=(20, 10), format="PNG"):
    """A picture of one colour."""
    return encoded(Image.new("RGB", size, colour), format)


def with_red_corner(size=(60, 40)):
    """Blue, with a red square of a quarter of the shorter side at the top left."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, min(size) // 4, min(size) // 4))
    return picture


def turned(orientation, picture=None, format="JPEG"):
    """A file whose EXIF data say how it has to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(picture or with_red_corner(), format, exif=exif, **({"quality": 95} if format == "JPEG" else {}))


def photograph(seed=0, size=(1600, 1200)):
    """Smooth noise, which compresses as a photograph does."""
    rng = np.random.default_rng(seed)
    return Image.fromarray(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)


def png_that_claims(width, height):
    """A PNG of a few bytes whose header promises a size."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def zipped(files, **options):
    """A ZIP of names and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, content)
    return buffer.getvalue()
