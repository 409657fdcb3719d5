"""From a collection to its vectors, chunk by chunk in the workers; what is there is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
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
    """Encode in chunks; whatever happens, what has come is stored."""
    reference = (store.home, collection.fingerprint, encoder)
    identity, keys = vector_identity(collection, encoder), vector_keys(collection, encoder)
    came: list[int] = []
    vectors: list[Vectors] = []
    params: dict[str, Any] = {}

    def send(chunk: list[int]) -> Any:
        content = hashlib.blake2b(json.dumps([reference, chunk]).encode(), digest_size=16).hexdigest()
        return submit(encode, *reference, chunk, place=ENCODE, urgency=job.urgency, key=f"encode-{content}")

    def write() -> None:
        if came:
            store.vectors.add(identity, keys[came], np.vstack(vectors), params)
            came.clear()
            vectors.clear()

    size = min(KINDS[kind].together for kind in collection.kinds)
    chunks = (rows[start : start + size] for start in range(0, len(rows), size))
    try:
        for chunk, (made, how) in job.each(chunks, send, ahead=2 * workers()):
            came += chunk
            vectors.append(made)
            params.update(how)
            if not job.total:
                job.enter("Encoding", len(rows))
            job.advance(len(chunk))
            if len(came) >= BATCH:
                write()
    finally:
        write()


def encode(home: str, fingerprint: str, encoder: str, rows: Sequence[int]) -> tuple[Vectors, dict[str, Any]]:
    """Run by a worker: vectors of some rows of a kept collection, and how they were made."""
    collection = kept_collection(home, fingerprint)
    model = kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "")
    return model.encode([collection.items[row] for row in rows]), dict(model.params)


def load(home: str, encoder: str, topic: str) -> None:
    """Run by a worker: load an encoder; what it has to prepare is reported under the topic as (done, total)."""
    with reporting_to(reporter(topic)):
        kept_encoder(home, encoder, "")
