"""Thumbnails and sheets of thumbnails: made once, off the event loop, and kept."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from cachetools import LRUCache

from embeddings.images import sheet, thumbnail

MOST_BYTES = 96 * 2**20
SIDES = (64, 128, 256, 512)
CELL = 64
_VERSION = 1


class SmallPictures:
    """Small pictures by key; one that is being made is made once, whoever asks for it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._threads = ThreadPoolExecutor(max(1, (os.cpu_count() or 2) - 1), thread_name_prefix="small pictures")
        self._made: LRUCache[str, bytes] = LRUCache(most_bytes, getsizeof=len)
        self._running: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def find(self, key: str) -> bytes | None:
        """A small picture that is in memory."""
        with self._lock:
            return self._made.get(key)

    def ask(self, key: str, make: Callable[[], bytes]) -> Future[bytes]:
        """A small picture that is, or will be, there."""
        with self._lock:
            if key not in self._running:
                self._running[key] = self._threads.submit(self._make, key, make)
            return self._running[key]

    def clear(self) -> None:
        """Forget what is in memory."""
        with self._lock:
            self._made.clear()

    def _make(self, key: str, make: Callable[[], bytes]) -> bytes:
        try:
            content = make()
            with self._lock:
                if len(content) <= self._made.maxsize:
                    self._made[key] = content
            return content
        finally:
            with self._lock:
                self._running.pop(key, None)


SMALL = SmallPictures()


def thumbnail_key(source: str, row: int, side: int) -> str:
    """Stands for a thumbnail of a picture."""
    return f"thumbnail {_VERSION}|{side}|{source}|{row}"


def sheet_key(source: str, index: int) -> str:
    """Stands for a sheet of pictures."""
    return f"sheet {_VERSION}|{CELL}|{source}|{index}"


def make_thumbnail(item: bytes, side: int) -> bytes:
    """A small version of a picture: made again as fast as looked up on the disk, and far faster than kept there."""
    return thumbnail(item, side)


def make_sheet(key: str, items: Sequence[bytes]) -> bytes:
    """A sheet of pictures, which outlives the server."""
    from components.caching import store  # its database takes long to import, and the routes are there first

    results = store().results
    kept: bytes | None = results.get(key)
    if kept is None:
        kept = sheet(items, cell=CELL)
        results.put(key, kept)
    return kept
