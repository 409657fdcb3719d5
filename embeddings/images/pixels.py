"""Kept pictures back into pixels, many at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TypeVar

from PIL import Image
from PIL.Image import Image as Picture

T = TypeVar("T")
MOST_THREADS = 8


def open_kept(item: bytes, *, at_least: int | None = None) -> Picture:
    """The pixels of a kept picture in RGB.

    A JPEG may come at 1/2, 1/4 or 1/8 of its size, as long as its shorter side keeps `at_least` pixels.
    """
    picture = Image.open(BytesIO(item))
    if at_least is not None:
        shorter = min(picture.size)
        leave_out(picture, (-(-picture.width * at_least // shorter), -(-picture.height * at_least // shorter)))
    return _loaded(picture)


def open_small(item: bytes, side: int) -> Picture:
    """The pixels of a kept picture in RGB; a JPEG may come smaller, its longer side at least twice `side`."""
    picture = Image.open(BytesIO(item))
    longer = max(picture.size)
    leave_out(picture, (-(-2 * side * picture.width // longer), -(-2 * side * picture.height // longer)))
    return _loaded(picture)


def leave_out(picture: Picture, size: tuple[int, int]) -> None:
    """Let the decoder of a JPEG leave out what would be averaged away; both sides stay at least as large as `size`."""
    if picture.format in ("JPEG", "MPO"):
        picture.draft(None, size)


def map_pictures(items: Iterable[bytes], function: Callable[[Picture], T], *, at_least: int | None = None) -> list[T]:
    """What a function makes of each kept picture, in order; decoding and the function run in parallel threads."""
    return in_threads(lambda item: function(open_kept(item, at_least=at_least)), items)


def in_threads(function: Callable[[bytes], T], items: Iterable[bytes]) -> list[T]:
    """What a function makes of each item, in order, in as many threads as pay."""
    with ThreadPoolExecutor(threads(), thread_name_prefix="picture") as pool:
        return list(pool.map(function, items))


def threads() -> int:
    """How many pictures are decoded at once; Pillow lets go of Python's lock while it decodes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_THREADS, cores)


def _loaded(picture: Picture) -> Picture:
    if picture.mode != "RGB":
        return picture.convert("RGB")
    picture.load()
    return picture
