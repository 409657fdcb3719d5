"""Files that visitors chose, kept for an hour under a secret that only their browser knows."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from embeddings.errors import NotStored
from embeddings.store.tables import Database

SECONDS_KEPT = 3600
PREFIX = "upload_"


class Upload(NamedTuple):
    """A file as it came."""

    name: str
    data: bytes


class Uploads:
    """Files by secret, bounded in bytes and in time; each secret has a table of its own, so nothing is left of it."""

    def __init__(self, database: Database, *, max_bytes: int = 1 << 30) -> None:
        self._database = database
        self._max_bytes = max_bytes

    def keep(self, secret: str, files: Sequence[Upload]) -> None:
        """Keep files for an hour; the oldest go where there are too many bytes, and what is too large is not kept.

        Raises:
            NotStored: the disk is full, or may not be written to.
        """
        size = sum(len(file.data) for file in files)
        if size > self._max_bytes or self._table(secret) is not None:
            return
        self.sweep(room=size)
        name = f"{PREFIX}{int(time.time())}_{size}_{_digest(secret)}"
        columns = {"name": [file.name for file in files], "data": [file.data for file in files]}
        rows = pa.table(columns, pa.schema({"name": pa.string(), "data": pa.large_binary()}))
        try:
            self._database.create(name, lambda: rows)
        except NotStored:
            self._database.drop(name)  # the half that was written
            raise

    def find(self, secret: str) -> list[Upload] | None:
        """The files of a secret; None where there are none or their hour is over."""
        self.sweep()
        name = self._table(secret)
        table = self._database.open(name) if name is not None else None
        return None if table is None else [Upload(**row) for row in table.to_arrow().to_pylist()]

    def sweep(self, *, room: int = 0) -> None:
        """Remove what is older than an hour, and the oldest of the rest until there is room for some bytes."""
        over = time.time() - SECONDS_KEPT
        total = room
        for created, size, name in sorted((_created_and_size(name) for name in self._names()), reverse=True):
            total += size
            if created < over or total > self._max_bytes:
                self._database.drop(name)

    def _table(self, secret: str) -> str | None:
        return next((name for name in self._names() if name.endswith(_digest(secret))), None)

    def _names(self) -> list[str]:
        return self._database.names(PREFIX)


def _created_and_size(name: str) -> tuple[int, int, str]:
    created, size, _ = name.removeprefix(PREFIX).split("_")
    return int(created), int(size), name


def _digest(secret: str) -> str:
    return hashlib.blake2b(secret.encode(), digest_size=16).hexdigest()
