"""The one door to everything that is kept."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from embeddings.collection import Collection
from embeddings.encoders import ENCODERS, find_spec
from embeddings.encoders.places import revision
from embeddings.items import Keys, item_keys
from embeddings.space import Space
from embeddings.store.collections import Catalogue, Saved
from embeddings.store.results import Results
from embeddings.store.tables import Database
from embeddings.store.uploads import Uploads
from embeddings.store.vectors import VectorCache, row_keys

GIVEN_PREFIX = "given:"


def default_home() -> str:
    """Where things are kept: `VECTORSCOPE_HOME`, a folder or an object-store address; `~/.vectorscope` without it."""
    return os.environ.get("VECTORSCOPE_HOME") or str(Path.home() / ".vectorscope")


class Store:
    """Collections, vectors and derived results of one home.

    Attributes:
        home: a folder or an object-store address.
        results: derived results by content key.
        vectors: vectors of items by encoder identity.
        uploads: files that visitors chose, for an hour.
    """

    def __init__(self, home: str | None = None) -> None:
        self.home = home or default_home()
        database = Database(self.home if "://" in self.home else str(Path(self.home) / "store"))
        self._catalogue = Catalogue(database)
        self.vectors = VectorCache(database)
        self.results = Results(database)
        self.uploads = Uploads(database)

    def save(self, content: Collection | Space) -> Saved:
        """Keep a collection, or a space of ready-made vectors, and give it an id of its own."""
        if isinstance(content, Collection):
            return self._catalogue.save(content, "")
        return self._catalogue.save(content.collection, self.keep_vectors(content))

    def keep(self, collection: Collection) -> None:
        """Keep the content of a collection for the workers, without an id."""
        self._catalogue.keep(collection)

    def keep_vectors(self, space: Space) -> str:
        """Keep ready-made vectors with their collection; the answer is the encoder name they are found under."""
        self.keep(space.collection)
        encoder = f"{GIVEN_PREFIX}{space.fingerprint}"
        identity, keys = vector_identity(space.collection, encoder), row_keys(len(space))
        if not self.vectors.find(identity, keys[:1])[0].any():
            self.vectors.add(identity, keys, space.vectors, space.params)
        return encoder

    def find(self, id: str) -> Saved:
        """The catalogue's entry of an id.

        Raises:
            EmbeddingError: there is none.
        """
        return self._catalogue.find(id)

    def load(self, fingerprint: str, name: str | None = None) -> Collection:
        """The collection of a fingerprint.

        Raises:
            KeyError: it is not kept.
        """
        return self._catalogue.load(fingerprint, name)

    def delete(self, id: str, owner: str) -> None:
        """Delete a saved collection; content and vectors made for it go with the last id that points to it.

        Raises:
            EmbeddingError: the id does not exist or belongs to another owner.
        """
        saved = self.find(id)
        if self._catalogue.delete(id, owner):
            learned = [name for name, spec in ENCODERS.items() if spec.fits]
            for encoder in filter(None, [saved.encoder, *learned]):
                self.vectors.drop(_identity(encoder, saved.fingerprint))

    def space(self, collection: Collection, encoder: str) -> Space | None:
        """The space of a collection, or None while vectors are missing."""
        identity = vector_identity(collection, encoder)
        found, vectors = self.vectors.find(identity, vector_keys(collection, encoder))
        if vectors is None or not found.all():
            return None
        params = self.vectors.params(identity)
        return Space(collection, vectors, encoder, params, space_fingerprint(collection, encoder))

    def missing(self, collection: Collection, encoder: str) -> list[int]:
        """The first rows of all distinct items that have no vector yet, shortest item first."""
        found, _ = self.vectors.find(vector_identity(collection, encoder), vector_keys(collection, encoder))
        rows = collection.rows.all
        missing = rows[~found[rows]]
        sizes = pc.binary_length(collection.items.column.take(missing)).to_numpy()
        return [int(row) for row in missing[np.argsort(sizes, kind="stable")]]


def vector_identity(collection: Collection, encoder: str) -> str:
    """The name under which vectors are shared: the encoder's, and the collection's too where it shapes the vectors."""
    return _identity(encoder, collection.fingerprint)


def _identity(encoder: str, fingerprint: str) -> str:
    if is_given(encoder):
        return f"{encoder}|{fingerprint}"
    spec = find_spec(encoder)
    parts = (revision(spec.model) if spec.model else "", spec.version, fingerprint if spec.fits else "")
    return "|".join([encoder, *filter(None, parts)])


def vector_keys(collection: Collection, encoder: str) -> Keys:
    """One key for each item: its content, or its row number for ready-made vectors. Shape (n, 16)."""
    return row_keys(len(collection)) if is_given(encoder) else collection.items.keys


def space_fingerprint(collection: Collection, encoder: str) -> str:
    """A fingerprint known before the vectors are."""
    return item_keys([f"{collection.fingerprint}|{vector_identity(collection, encoder)}"]).tobytes().hex()


def is_given(encoder: str) -> bool:
    """Whether a name stands for vectors that came ready-made."""
    return encoder.startswith(GIVEN_PREFIX)
