"""Whether an image file can be kept as it is: nothing in it but one upright, opaque, 8-bit picture."""

from __future__ import annotations

from collections.abc import Iterator

from PIL.Image import Image as Picture

_PNG_HEAD = 8
_PNG_CHUNKS = frozenset({b"IHDR", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"sBIT"})
_JFIF, _ADOBE = b"JFIF", b"Adobe"
# Longer ones hold a preview picture.
_LONGEST_HEADER = 16


def is_clean(picture: Picture, source: bytes, most_bytes: int) -> bool:
    """Whether the file holds pixels and nothing else: no metadata, no second frame, nothing behind the end."""
    if picture.mode not in ("L", "RGB") or len(source) > most_bytes or picture.has_transparency_data:
        return False
    if picture.format == "PNG":
        return _chunks_end_whole(source) and set(_chunks(source)) <= _PNG_CHUNKS
    if picture.format == "JPEG":
        segments: list[tuple[str, bytes]] = getattr(picture, "applist", [])
        return source.endswith(b"\xff\xd9") and all(_is_header(content) for _, content in segments)
    # Anything but the simple file layout has room for metadata, transparency and frames.
    whole = int.from_bytes(source[4:8], "little") + 8 == len(source)
    return picture.format == "WEBP" and source[12:16] in (b"VP8 ", b"VP8L") and whole and _one_chunk(source)


def _is_header(content: bytes) -> bool:
    return content.startswith((_JFIF, _ADOBE)) and len(content) <= _LONGEST_HEADER


def _chunks(source: bytes) -> Iterator[bytes]:
    place = _PNG_HEAD
    while place + 12 <= len(source):
        yield source[place + 4 : place + 8]
        place += 12 + int.from_bytes(source[place : place + 4], "big")


def _chunks_end_whole(source: bytes) -> bool:
    return source[-12:-4] == b"\0\0\0\0IEND" and sum(kind == b"IEND" for kind in _chunks(source)) == 1


def _one_chunk(source: bytes) -> bool:
    size = int.from_bytes(source[16:20], "little")
    return 20 + size + size % 2 == len(source)
