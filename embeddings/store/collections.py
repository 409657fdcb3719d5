"""Saved collections: content by fingerprint, and a catalogue of unguessable ids that point to it."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cachetools import TTLCache

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.items import Items
from embeddings.store.tables import Database, equals

CATALOGUE = "collections"
KIND_OF_ITEM = "kind_of_item"
# How texts were told from pictures before there were other kinds.
WAS_TEXT = "is_text"
# Bytes of items from which on a collection is too large to be in memory twice.
HEAVY = 4_000_000
# An entry never changes, so pages need not ask for it at every run. Another server of the same home may delete it.
ENTRIES = 10_000
SECONDS_KNOWN = 60
# Pictures are many bytes each: written and read whole, they would be in memory three times.
BATCH_BYTES = 8_000_000
ROWS_READ = {"text": 16_384}
PICTURES_READ = 64


class Saved(NamedTuple):
    """One entry of the catalogue.

    Attributes:
        id: stands in links; whoever has it may look.
        owner: whoever has this too may delete.
        fingerprint: of the content.
        encoder: name of the encoder where the collection came with ready-made vectors, else empty.
        name: what the reader calls it.
    """

    id: str
    owner: str
    fingerprint: str
    encoder: str
    name: str


class Catalogue:
    """Collections by id and by fingerprint."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Of those that are too many bytes to be in memory twice.
        self._alive: WeakValueDictionary[str, Collection] = WeakValueDictionary()
        self._entries: TTLCache[str, Saved] = TTLCache(ENTRIES, SECONDS_KNOWN)
        self._lock = threading.Lock()

    def keep(self, collection: Collection) -> None:
        """Store the content of a collection under its fingerprint, unless it is there."""
        if collection.items.nbytes > HEAVY:
            self._alive.setdefault(collection.fingerprint, collection)
        name = _items(collection.fingerprint)
        if self._database.open(name) is None:
            self._database.create(name, lambda: _to_batches(collection))

    def save(self, collection: Collection, encoder: str) -> Saved:
        """Store a collection and give it an id of its own."""
        self.keep(collection)
        saved = Saved(
            secrets.token_urlsafe(12), secrets.token_urlsafe(12), collection.fingerprint, encoder, collection.name
        )
        row = {name: [value] for name, value in saved._asdict().items()} | {"created": [time.time_ns()]}
        self._database.append(CATALOGUE, lambda: pa.table(row))
        return saved

    def find(self, id: str) -> Saved:
        """The entry of an id, at most a minute old.

        Raises:
            EmbeddingError: there is none, or it was deleted.
        """
        with self._lock:
            known = self._entries.get(id)
        if known is None:
            known = self._read(id)
            with self._lock:
                self._entries[id] = known
        return known

    def _read(self, id: str) -> Saved:
        table = self._database.open(CATALOGUE)
        try:
            wanted = equals("id", id)
        except ValueError:
            wanted = ""
        rows = table.search().where(wanted).limit(1).to_arrow().to_pylist() if table is not None and wanted else []
        if not rows:
            raise EmbeddingError(
                "This link points to a collection that is not on this server; it may have been deleted."
            )
        return Saved(*(rows[0][name] for name in Saved._fields))

    def load(self, fingerprint: str, name: str | None = None) -> Collection:
        """The collection of a fingerprint; one of pictures is the same object while somebody holds it.

        Raises:
            KeyError: it is not stored.
        """
        table = self._database.open(_items(fingerprint))
        if table is None:
            raise KeyError(fingerprint)
        alive = self._alive.get(fingerprint)
        if alive is None:
            alive = _from_table(table, fingerprint)
            if alive.items.nbytes > HEAVY:
                self._alive[fingerprint] = alive
        return alive if name in (None, alive.name) else _renamed(alive, str(name))

    def delete(self, id: str, owner: str) -> bool:
        """Remove an entry, and its content when no other entry points to it; whether the content went too.

        Raises:
            EmbeddingError: the id does not exist or belongs to another owner.
        """
        saved = self.find(id)
        if not secrets.compare_digest(saved.owner, owner):
            raise EmbeddingError("Only the person who saved this collection can delete it.")
        table = self._database.open(CATALOGUE)
        assert table is not None
        self._database.delete(table, equals("id", id))
        with self._lock:
            self._entries.pop(id, None)
        if table.count_rows(equals("fingerprint", saved.fingerprint)):
            return False
        self._database.drop(_items(saved.fingerprint))
        return True


def _items(fingerprint: str) -> str:
    return f"items_{fingerprint}"


def _to_batches(collection: Collection) -> pa.RecordBatchReader:
    columns: dict[str, Any] = {}
    if len(collection.kinds) > 1:
        columns[KIND_OF_ITEM] = collection.items.names
    for number, column in enumerate(collection.metadata.columns):
        columns[f"column_{number}"] = _plain(column)
    beside = pa.table(columns)
    about = {
        "kind": collection.kinds[0],
        "name": collection.name,
        "columns": collection.columns,
        "notes": collection.notes,
    }
    item = pa.field("item", collection.items.column.type)
    schema = pa.schema([item, *beside.schema], metadata={"about": json.dumps(about)})

    def batches() -> Iterator[pa.RecordBatch]:
        for start, end in _slices(collection):
            items = collection.items.column.slice(start, end - start).combine_chunks()
            rest = [column.combine_chunks() for column in beside.slice(start, end - start).columns]
            yield pa.record_batch([items, *rest], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _slices(collection: Collection) -> Iterator[tuple[int, int]]:
    """First and last row (exclusive) of batches that hold some megabytes each."""
    ends = np.cumsum(pc.binary_length(collection.items.column).to_numpy())
    start = 0
    while start < len(collection):
        before = int(ends[start - 1]) if start else 0
        end = min(int(np.searchsorted(ends, before + BATCH_BYTES)) + 1, len(collection))
        yield start, end
        start = end


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of a simple type; anything nested or encoded becomes text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    simple = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_boolean,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_date,
        pa.types.is_timestamp,
    )
    if any(test(kind) for test in simple):
        return column
    if pa.types.is_temporal(kind):
        return pc.cast(column, pa.string())
    return pa.chunked_array([[None if value is None else str(value) for value in column.to_pylist()]], pa.string())


def _from_table(table: Any, fingerprint: str) -> Collection:
    about = json.loads(table.schema.metadata[b"about"])
    # Pictures are many bytes each: one column of many chunks, so that they are in memory once.
    batches = table.search().select(["item"]).limit(None).to_batches(ROWS_READ.get(about["kind"], PICTURES_READ))
    column = pa.chunked_array([batch.column("item") for batch in batches])
    others = [name for name in table.schema.names if name != "item"]
    rest = table.search().select(others).limit(None).to_arrow() if others else pa.table({})
    names: list[str] = []
    for mark in (KIND_OF_ITEM, WAS_TEXT):
        if mark in others:
            names = [("image", "text")[kind] if mark == WAS_TEXT else kind for kind in rest[mark].to_pylist()]
            rest = rest.drop_columns([mark])
    metadata = rest.rename_columns(about["columns"]).replace_schema_metadata(None)
    collection = Collection(
        about["name"], Items.named(column, names or [about["kind"]]), metadata, tuple(about["notes"])
    )
    collection.__dict__["fingerprint"] = fingerprint
    return collection


def _renamed(collection: Collection, name: str) -> Collection:
    """The same content, shared, under another name."""
    renamed = replace(collection, name=name)
    renamed.__dict__["fingerprint"] = collection.fingerprint
    return renamed
