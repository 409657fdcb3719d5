"""From a collection to its vectors, chunk by chunk in the workers; what is there is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np

from embeddings.collection import Collection
from embeddings.encoders import find_spec
from embeddings.encoders.progress import reporting_to
from embeddings.jobs.client import submit, submit_reporting, workers
from embeddings.jobs.cluster import ENCODE
from embeddings.jobs.job import Job
from embeddings.jobs.running import kept_collection, kept_encoder, reporter
from embeddings.kinds import KINDS
from embeddings.space import Space, Vectors
from embeddings.store import Store
from embeddings.store.store import vector_identity, vector_keys

BATCH = 1024


def embed(store: Store, collection: Collection, encoder: str, job: Job) -> Space:
    """The space of a collection; vectors are stored as they come, so a stopped run goes on where it was."""
    # The workers need it also where another collection of the same items has brought all vectors already.
    store.keep(collection)
    space = store.space(collection, encoder)
    if space is not None:
        return space
    rows = store.missing(collection, encoder)
    spec = find_spec(encoder)
    if spec.prepares:
        job.enter(spec.prepares)
        job.wait_for(submit_reporting(load, store.home, encoder, listener=job.measure, key=f"load-{encoder}"))
    job.enter("Learning from the collection" if spec.fits else "Loading the encoder")
    _encode_rows(store, collection, encoder, rows, job)
    space = store.space(collection, encoder)
    if space is None:
        raise RuntimeError(f"vectors of {encoder} are missing after encoding")
    return space


def _encode_rows(store: Store, collection: Collection, encoder: str, rows: list[int], job: Job) -> None:
    """Send chunks to the workers, a few ahead at a time so that jobs share them fairly."""
    reference = (store.home, collection.fingerprint, encoder)
    size = min(KINDS[kind].together for kind in collection.kinds)
    chunks = (rows[start : start + size] for start in range(0, len(rows), size))
    running = {_submit_chunk(reference, chunk, job.urgency): chunk for chunk in islice(chunks, 2 * workers())}
    with _Writer(store, collection, encoder) as writer:
        while running:
            for task in job.wait_for_any(list(running)):
                chunk = running.pop(task)
                vectors, params = job.result_of(task)
                if not job.total:
                    job.enter("Encoding", len(rows))
                job.advance(len(chunk))
                writer.add(chunk, vectors, params)
                running |= {_submit_chunk(reference, more, job.urgency): more for more in islice(chunks, 1)}


def _submit_chunk(reference: tuple[str, str, str], chunk: list[int], urgency: int) -> Any:
    content = hashlib.blake2b(json.dumps([reference, chunk]).encode(), digest_size=16).hexdigest()
    return submit(encode, *reference, chunk, place=ENCODE, urgency=urgency, key=f"encode-{content}")


class _Writer:
    """Collects vectors into batches worth writing; whatever happens, what has come is stored."""

    def __init__(self, store: Store, collection: Collection, encoder: str) -> None:
        self._store = store
        self._identity = vector_identity(collection, encoder)
        self._keys = vector_keys(collection, encoder)
        self._rows: list[int] = []
        self._vectors: list[Vectors] = []
        self._params: dict[str, Any] = {}

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *reason: object) -> None:
        self._flush()

    def add(self, rows: list[int], vectors: Vectors, params: dict[str, Any]) -> None:
        self._rows += rows
        self._vectors.append(vectors)
        self._params = params
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._store.vectors.add(self._identity, self._keys[self._rows], np.vstack(self._vectors), self._params)
            self._rows, self._vectors = [], []


def encode(home: str, fingerprint: str, encoder: str, rows: Sequence[int]) -> tuple[Vectors, dict[str, Any]]:
    """Run by a worker: vectors of some rows of a kept collection, and how they were made."""
    collection = kept_collection(home, fingerprint)
    model = kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "")
    return model.encode([collection.items[row] for row in rows]), dict(model.params)


def load(home: str, encoder: str, topic: str) -> None:
    """Run by a worker: load an encoder; what it has to prepare is reported under the topic as (done, total)."""
    with reporting_to(reporter(topic)):
        kept_encoder(home, encoder, "")
