"""Pictures behind unguessable tokens: those of a collection, and single ones."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Sequence
from dataclasses import dataclass

from components.published import PUBLISHED
from embeddings.collection import Collection, Item

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


def picture_count(collection: Collection) -> int:
    """How many items are pictures; in a mixed collection they stand first."""
    if collection.kind == "text":
        return 0
    if collection.kind == "image":
        return len(collection)
    return next((row for row, item in enumerate(collection.items) if isinstance(item, str)), len(collection))


def picture_address(token: str, row: int) -> str:
    """Where a kept picture is, relative to the page."""
    return f"api/picture/{token}/{row}"


def thumbnail_address(token: str, row: int, side: int) -> str:
    """Where a small version is, relative to the page; `side` is one of SIDES."""
    return f"api/thumbnail/{token}/{row}?side={side}"
