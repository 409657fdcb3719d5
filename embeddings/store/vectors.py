"""The vector cache: one table for each encoder identity, one row for each distinct item."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cachetools import LRUCache
from numpy.typing import NDArray

from embeddings.collection import Item
from embeddings.space import Vectors
from embeddings.store.tables import Database

Keys = NDArray[np.uint8]
# Of four million items.
KEY_BYTES = 64 << 20


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
        found = table.to_arrow() if len(offsets) * 2 > len(stored) else table.take_offsets(offsets.tolist()).to_arrow()
        place = _positions(wanted, found["key"])
        dimension = found.schema.field("vector").type.list_size
        vectors = found["vector"].combine_chunks().values.to_numpy().reshape(-1, dimension)
        return place >= 0, vectors[np.maximum(place, 0)]

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


def item_keys(items: Sequence[Item]) -> Keys:
    """16 bytes for each item, equal for equal content: shape (n, 16)."""
    digests = b"".join(
        hashlib.blake2b(
            item.encode("utf-8", "surrogatepass") if isinstance(item, str) else item, digest_size=16
        ).digest()
        for item in items
    )
    return np.frombuffer(digests, dtype=np.uint8).reshape(-1, 16)


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
