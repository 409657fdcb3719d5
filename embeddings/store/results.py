"""Derived results (graphs, layouts, …) by content key; the oldest go when there are too many."""

from __future__ import annotations

import hashlib
import io
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from cachetools import LRUCache

from embeddings.errors import NotStored
from embeddings.store.packing import pack, unpack
from embeddings.store.tables import Database, equals

TABLE = "results"
# Results that a full disk cannot take stay in memory up to here, so that what was worked out is shown all the same.
UNWRITTEN_BYTES = 256 << 20
log = logging.getLogger("vectorscope")


class Results:
    """Values by key, see `pack`, bounded in bytes."""

    def __init__(self, database: Database, *, max_bytes: int = 4 << 30) -> None:
        self._database = database
        self._max_bytes = max_bytes
        self._unwritten: LRUCache[str, bytes] = LRUCache(UNWRITTEN_BYTES, getsizeof=len)
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def get(self, key: str) -> Any:
        """The value stored under a key; None where it is not there, or cannot be read any more."""
        payload = self._payload(_digest(key))
        if payload is None:
            return None
        try:
            with np.load(io.BytesIO(payload)) as arrays:
                return unpack(arrays)
        except (TypeError, AttributeError, ImportError, KeyError):  # packed when one of its classes was another
            self._drop(_digest(key))
            return None

    def has(self, key: str) -> bool:
        """Whether other processes find a value under a key."""
        table = self._database.open(TABLE)
        return table is not None and bool(table.count_rows(equals("key", _digest(key))))

    def put(self, key: str, value: Any) -> bool:
        """Store a value under a key; what is already there stays. Whether other processes find it now.

        Where nothing can be written they are kept in memory, and written with the next that can be.
        """
        if self.has(key):
            return True
        digest = _digest(key)
        buffer = io.BytesIO()
        np.savez(buffer, **pack(value))  # type: ignore[arg-type]
        payload = buffer.getvalue()
        small = len(payload) <= UNWRITTEN_BYTES
        if small:
            with self._lock:
                self._unwritten[digest] = payload
        with self._writing:  # one at a time: the next finds what this one has written gone
            with self._lock:
                waiting = dict(self._unwritten) if small else {digest: payload, **self._unwritten}
            return self._write_all(waiting)

    def _write_all(self, waiting: Mapping[str, bytes]) -> bool:
        try:
            for each, content in waiting.items():
                self._write(each, content)
                with self._lock:
                    self._unwritten.pop(each, None)
        except NotStored as error:
            log.warning("%d results stay in memory: %s", len(self._unwritten), error)
            return False
        return True

    def _drop(self, digest: str) -> None:
        with self._lock:
            self._unwritten.pop(digest, None)
        table = self._database.open(TABLE)
        if table is not None:
            self._database.delete(table, equals("key", digest))

    def _payload(self, digest: str) -> bytes | None:
        with self._lock:
            unwritten = self._unwritten.get(digest)
        table = self._database.open(TABLE) if unwritten is None else None
        if table is None:
            return unwritten
        found = table.search().where(equals("key", digest)).select(["payload"]).limit(1).to_arrow()
        payload: bytes | None = found["payload"][0].as_py() if found.num_rows else None
        return payload

    def _write(self, digest: str, payload: bytes) -> None:
        row = {"key": [digest], "payload": pa.array([payload], pa.large_binary())}
        rows = pa.table(row | {"bytes": [len(payload)], "created": [time.time_ns()]})
        self._evict(self._database.append(TABLE, lambda: rows))

    def _evict(self, table: Any) -> None:
        sizes = table.search().select(["bytes", "created"]).limit(None).to_arrow()
        newest_first = np.argsort(-sizes["created"].to_numpy())
        total = np.cumsum(sizes["bytes"].to_numpy()[newest_first])
        if total[-1] > self._max_bytes:
            oldest_kept = sizes["created"].to_numpy()[newest_first][: max(1, int((total <= self._max_bytes).sum()))][-1]
            self._database.delete(table, f"created < {oldest_kept}")


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
