"""The stages between a collection and its map, each taken from the store where somebody has computed it before."""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from typing import Any

import numpy as np

from embeddings.collection import Collection, Kind
from embeddings.encoders import find_spec
from embeddings.graph import KnnGraph
from embeddings.jobs import tasks
from embeddings.jobs.client import submit, submit_large, submit_reporting, workers
from embeddings.jobs.cluster import ENCODE, LONG, QUICK
from embeddings.jobs.job import Job
from embeddings.projections import Layout, LinearMap, find_projection
from embeddings.space import Space, Vectors
from embeddings.store import Store
from embeddings.store.store import vector_identity, vector_keys
from embeddings.trust import NeighboursKept

CHUNK: dict[Kind, int] = {"text": 128, "image": 32, "mixed": 32}
BATCH = 1024
GRAPH_K = 15
# Part of the keys of what is kept; to be raised when graphs or maps change.
VERSION = 4


def embed_stored(store: Store, collection: Collection, encoder: str, job: Job) -> Space:
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
        job.wait_for(submit_reporting(tasks.load, store.home, encoder, listener=job.measure))
    job.enter("Learning from the collection" if spec.fits else "Loading the encoder")
    _encode_rows(store, collection, encoder, rows, job)
    space = store.space(collection, encoder)
    if space is None:
        raise RuntimeError(f"vectors of {encoder} are missing after encoding")
    return space


def graph_stored(store: Store, space: Space, job: Job, *, k: int = GRAPH_K, metric: str = "cosine") -> KnnGraph:
    """The neighbour graph of a space, computed once for each metric and number of neighbours."""
    k = max(k, GRAPH_K)
    key = f"graph|{VERSION}|{space.fingerprint}|{metric}|{k}"
    stored = store.results.get(key)
    if stored is None:
        job.enter("Finding true neighbours")
        found: KnnGraph = job.wait_for(_long(job, tasks.graph, *_reference(store, space), k, metric))
        arrays = {"rows": found.rows, "distances": found.distances, "recall": np.array(found.recall)}
        arrays["exact"] = np.array(found.exact)
        store.results.put(key, arrays if found.apart is None else arrays | {"apart": found.apart})
        return found
    recall, exact = float(stored["recall"]), bool(stored["exact"])
    return KnnGraph(stored["rows"], stored["distances"], metric, recall, stored.get("apart"), exact)


def layout_stored(
    store: Store, space: Space, job: Job, *, method: str, dims: int, seed: int = 0, params: dict[str, float | str]
) -> Layout:
    """A map of a space, computed once for each method and setting."""
    key = layout_key(space.fingerprint, method, dims, seed, params)
    stored = store.results.get(key)
    if stored is not None:
        return layout_from(stored)
    spec = find_projection(method)
    shared = None
    if spec.neighbours:
        k = int(params.get(spec.neighbours, spec.parameters[spec.neighbours].default))
        shared = graph_stored(store, space, job, k=k, metric=str(params.get("metric", "cosine")))
    job.enter(f"Drawing the map with {method}")
    found = job.wait_for(
        submit(
            tasks.layout,
            *_reference(store, space),
            shared,
            method,
            dims,
            seed,
            params,
            place=QUICK if spec.quick else LONG,
            urgency=job.urgency,
        )
    )
    store.results.put(key, layout_arrays(found))
    return layout_from(layout_arrays(found))


def layout_of_changed(
    store: Store, space: Space, job: Job, *, method: str, dims: int, seed: int = 0, params: dict[str, float | str]
) -> Layout:
    """A map of a space that is kept nowhere, because it was changed here; its vectors travel with the task."""
    key = layout_key(space.fingerprint, method, dims, seed, params)
    stored = store.results.get(key)
    if stored is not None:
        return layout_from(stored)
    job.enter(f"Drawing the map with {method}")
    place = QUICK if find_projection(method).quick else LONG
    found = job.wait_for(submit_large(tasks.layout_of, space.vectors, method, dims, seed, params, place=place))
    store.results.put(key, layout_arrays(found))
    return layout_from(layout_arrays(found))


def kept_stored(
    store: Store, space: Space, graph: KnnGraph, layout: Layout, key: str, job: Job, *, k: int = 10
) -> NeighboursKept:
    """What a map keeps of each item's true neighbours."""
    stored = store.results.get(f"kept|{key}|{k}")
    if stored is None:
        job.enter("Checking the map against true neighbours")
        found: NeighboursKept = job.wait_for(_long(job, tasks.kept, *_reference(store, space), graph, layout, k))
        stored = {name: np.asarray(value) for name, value in found._asdict().items()}
        store.results.put(f"kept|{key}|{k}", stored)
    return NeighboursKept(stored["shares"], float(stored["chance"]), int(stored["unrelated"]))


def layout_key(fingerprint: str, method: str, dims: int, seed: int, params: dict[str, float | str]) -> str:
    """What stands for a layout in the store."""
    return f"layout|{VERSION}|{fingerprint}|{method}|{dims}|{seed}|{json.dumps(params, sort_keys=True)}"


def _encode_rows(store: Store, collection: Collection, encoder: str, rows: list[int], job: Job) -> None:
    """Send chunks to the workers, a few ahead at a time so that jobs share them fairly."""
    reference = (store.home, collection.fingerprint, encoder)
    size = CHUNK[collection.kind]
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
    return submit(tasks.encode, *reference, chunk, place=ENCODE, urgency=urgency, key=f"encode-{content}")


def _long(job: Job, task: Any, *args: Any) -> Any:
    return submit(task, *args, place=LONG, urgency=job.urgency)


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


def _reference(store: Store, space: Space) -> tuple[str, str, str]:
    return store.home, space.collection.fingerprint, space.encoder


def layout_arrays(layout: Layout) -> dict[str, Any]:
    """A map as arrays, for the store."""
    about = {"method": layout.method, "params": dict(layout.params), "seed": layout.seed}
    arrays: dict[str, Any] = {"coordinates": layout.coordinates, "about": np.array(json.dumps(about))}
    if layout.linear is not None:
        arrays |= {"mean": layout.linear.mean, "axes": layout.linear.axes, "explained": layout.linear.explained}
    return arrays


def layout_from(arrays: dict[str, Any]) -> Layout:
    """The same way back."""
    about = json.loads(str(arrays["about"]))
    linear = LinearMap(arrays["mean"], arrays["axes"], arrays["explained"]) if "axes" in arrays else None
    return Layout(arrays["coordinates"], about["method"], about["params"], about["seed"], linear)
