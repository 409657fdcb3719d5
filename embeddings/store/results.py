"""Derived results (graphs, layouts, …) by content key; the oldest go when there are too many."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.store.tables import Database, equals

TABLE = "results"
Arrays = Mapping[str, NDArray[Any]]


class Results:
    """Named arrays by key, bounded in bytes."""

    def __init__(self, database: Database, *, max_bytes: int = 4 << 30) -> None:
        self._database = database
        self._max_bytes = max_bytes

    def get(self, key: str) -> dict[str, NDArray[Any]] | None:
        """The arrays stored under a key, or None."""
        table = self._database.open(TABLE)
        if table is None:
            return None
        found = table.search().where(equals("key", _digest(key))).select(["payload"]).limit(1).to_arrow()
        if not found.num_rows:
            return None
        with np.load(io.BytesIO(found["payload"][0].as_py())) as arrays:
            return dict(arrays)

    def put(self, key: str, arrays: Arrays) -> None:
        """Store arrays under a key; what is already there stays."""
        if self.get(key) is not None:
            return
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        row = {"key": [_digest(key)], "payload": pa.array([buffer.getvalue()], pa.large_binary())}
        rows = pa.table(row | {"bytes": [buffer.tell()], "created": [time.time_ns()]})
        table = self._database.append(TABLE, lambda: rows)
        self._evict(table)

    def _evict(self, table: Any) -> None:
        sizes = table.search().select(["bytes", "created"]).limit(None).to_arrow()
        newest_first = np.argsort(-sizes["created"].to_numpy())
        total = np.cumsum(sizes["bytes"].to_numpy()[newest_first])
        if total[-1] > self._max_bytes:
            oldest_kept = sizes["created"].to_numpy()[newest_first][: max(1, int((total <= self._max_bytes).sum()))][-1]
            self._database.delete(table, f"created < {oldest_kept}")


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
