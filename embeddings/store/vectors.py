"""The vector cache: one table for each encoder identity, one row for each distinct item."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cachetools import LRUCache
from numpy.typing import NDArray

from embeddings.items import Keys
from embeddings.space import Vectors
from embeddings.store.tables import Database

# Of four million items.
KEY_BYTES = 64 << 20
# Of vectors: what is larger is mapped from a file.
LARGE = 32 << 20
ROWS_READ = 16_384


class VectorCache:
    """Vectors of items by encoder identity; a vector once stored is never computed again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._keys: LRUCache[tuple[str, int], pa.ChunkedArray] = LRUCache(KEY_BYTES, lambda keys: keys.nbytes)

    def find(self, identity: str, keys: Keys) -> tuple[NDArray[np.bool_], Vectors | None]:
        """Which of the n keys are stored, and their vectors.

        Returns:
            A mask of shape (n,), and vectors of shape (n, d) whose rows are defined where the mask is true;
            None instead of vectors when nothing is stored.
        """
        none = np.zeros(len(keys), dtype=bool)
        table = self._database.open(_table(identity))
        if table is None:
            return none, None
        stored = self._stored_keys(identity, table)
        wanted = _binary(keys)
        offsets = np.flatnonzero(_positions(stored, wanted) >= 0)
        if not len(offsets):
            return none, None
        place = _positions(wanted, stored)
        dimension = table.schema.field("vector").type.list_size
        most = len(offsets) * 2 > len(stored)
        if most and 4 * dimension * len(stored) >= LARGE:
            return place >= 0, self._read_through(table, stored, place, dimension)
        found = table.to_arrow() if most else table.take_offsets(offsets.tolist()).to_arrow()
        vectors = found["vector"].combine_chunks().values.to_numpy().reshape(-1, dimension)
        return place >= 0, vectors[np.maximum(_positions(wanted, found["key"]), 0)]

    def _read_through(self, table: Any, stored: pa.ChunkedArray, place: NDArray[np.int64], dimension: int) -> Vectors:
        """The vectors of places in the table, read part by part; those of place −1 are undefined."""
        vectors = self._room(len(place), dimension)
        order = np.argsort(place, kind="stable")
        ordered, start = place[order], 0
        for batch in table.search().select(["key", "vector"]).limit(None).to_batches(ROWS_READ):
            end = start + len(batch)
            parts = batch.column("vector").flatten().to_numpy().reshape(-1, dimension)
            if batch.column("key").equals(stored.slice(start, len(batch)).combine_chunks()):
                first, last = np.searchsorted(ordered, (start, end))
                rows = order[first:last]
                vectors[rows] = parts[place[rows] - start]
            else:  # nothing promises that a table is read twice in the same order
                within = np.full(len(stored) + 1, -1)
                within[_positions(batch.column("key"), stored)] = np.arange(len(batch))
                within[-1] = -1
                rows = np.flatnonzero(within[place] >= 0)
                vectors[rows] = parts[within[place[rows]]]
            start = end
        return vectors

    def _room(self, n: int, dimension: int) -> Vectors:
        """Where n vectors go: what is large lies in a file without a name, which the system may put away."""
        # Room is taken before it is written to: a full disk would end the process at the first write.
        if hasattr(os, "posix_fallocate"):
            with suppress(OSError), tempfile.TemporaryFile(dir=self._database.folder) as file:
                os.posix_fallocate(file.fileno(), 0, 4 * n * dimension)
                return np.memmap(file, np.float32, "r+", shape=(n, dimension))
        return np.empty((n, dimension), np.float32)

    def _stored_keys(self, identity: str, table: Any) -> pa.ChunkedArray:
        """The key column of a table, read once for each of its versions."""
        version = identity, table.version
        with self._lock:
            known = self._keys.get(version)
        if known is None:
            known = table.search().select(["key"]).limit(None).to_arrow()["key"]
            with self._lock:
                if known.nbytes <= self._keys.maxsize:
                    self._keys[version] = known
        return known

    def params(self, identity: str) -> dict[str, Any]:
        """How the stored vectors were made, as given when the first of them was stored."""
        table = self._database.open(_table(identity))
        metadata = (table.schema.metadata or {}) if table is not None else {}
        return dict(json.loads(metadata.get(b"params", b"{}")))

    def add(self, identity: str, keys: Keys, vectors: Vectors, params: Mapping[str, Any]) -> None:
        """Store vectors; the caller has made sure that the keys are not stored yet."""
        column = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1])
        rows = pa.table({"key": _binary(keys), "vector": column})
        rows = rows.replace_schema_metadata({"params": json.dumps(dict(params))})
        self._database.append(_table(identity), lambda: rows)

    def drop(self, identity: str) -> None:
        """Forget all vectors of an identity."""
        self._database.drop(_table(identity))


def row_keys(n: int) -> Keys:
    """16 bytes for each row number: for vectors that belong to rows, not to contents. Shape (n, 16)."""
    keys = np.zeros((n, 2), dtype=np.uint64)
    keys[:, 0] = np.arange(n)
    return keys.view(np.uint8)


def _table(identity: str) -> str:
    return "vectors_" + hashlib.blake2b(identity.encode(), digest_size=16).hexdigest()


def _binary(keys: Keys) -> pa.Array:
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), len(keys), [None, pa.py_buffer(np.ascontiguousarray(keys))]
    )


def _positions(values: Any, among: Any) -> NDArray[np.int64]:
    """Where each value stands in `among`, −1 where it does not."""
    among = among.combine_chunks() if isinstance(among, pa.ChunkedArray) else among
    found = pc.fill_null(pc.index_in(values, value_set=among), -1)
    return np.asarray(found, dtype=np.int64)
