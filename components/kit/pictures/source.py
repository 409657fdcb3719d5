"""Pictures behind unguessable tokens, as they are and as thumbnails."""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from cachetools import LRUCache

from components.kit.kinds import as_picture, picture_count
from components.kit.published import PUBLISHED
from embeddings.collection import Collection, Item
from embeddings.images import sheet, thumbnail

_NAME_BYTES = 200


@dataclass(eq=False)
class PictureSource:
    """Pictures by row: the first `count` items of something.

    A collection is not kept alive by its pictures' being published: the caches that hold it decide how long.

    Attributes:
        key: stands for the content.
        count: rows that are pictures.
    """

    key: str
    count: int
    _holder: Collection | weakref.ref[Collection] | None = None
    _own: tuple[bytes, ...] = ()

    @property
    def nbytes(self) -> int:
        """Size in bytes of what is kept alive here."""
        return _NAME_BYTES + sum(map(len, self._own))

    @property
    def items(self) -> Sequence[Item] | None:
        """The items; None when nobody holds them any more."""
        if not isinstance(self._holder, weakref.ref):
            return self._own
        collection = self._holder()
        return None if collection is None else collection.items

    def hold(self, collection: Collection) -> None:
        """Serve the pictures of this collection, whose content is equal."""
        self._holder = weakref.ref(collection)


def publish_pictures(collection: Collection) -> str:
    """Make the pictures of a collection available to browsers and return their token.

    They stay as long as somebody else (a cache, a space) holds the collection.
    """
    count = picture_count(collection)
    token = PUBLISHED.publish(
        f"pictures|{collection.fingerprint}", lambda: PictureSource(collection.fingerprint, count)
    )
    source = PUBLISHED.find(token, PictureSource)
    if source is not None:
        source.hold(collection)
    return token


def pictures_of(items: Sequence[bytes]) -> str:
    """Make pictures outside a collection available to browsers and return their token; they are kept here."""
    digest = hashlib.blake2b(digest_size=16)
    for item in items:
        digest.update(len(item).to_bytes(8, "little") + item)
    key = f"own pictures {digest.hexdigest()}"
    return PUBLISHED.publish(f"pictures|{key}", lambda: PictureSource(key, len(items), None, tuple(items)))


def picture_address(token: str, row: int) -> str:
    """Where a kept picture is, relative to the page."""
    return f"api/picture/{token}/{row}"


def thumbnail_address(token: str, row: int, side: int) -> str:
    """Where a small version is, relative to the page; `side` is one of SIDES."""
    return f"api/thumbnail/{token}/{row}?side={side}"


SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}


def media_type(content: bytes) -> str | None:
    """What a picture is by its first bytes; None for anything that browsers need not show."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


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
    return thumbnail(as_picture(item) or item, side)


def make_sheet(key: str, items: Sequence[bytes]) -> bytes:
    """A sheet of pictures, which outlives the server."""
    from components.kit.caching import store  # its database takes long to import, and the routes are there first

    results = store().results
    kept: bytes | None = results.get(key)
    if kept is None:
        kept = sheet([as_picture(item) or item for item in items], cell=CELL)
        results.put(key, kept)
    return kept
