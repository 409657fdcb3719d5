"""How far changed items move, in workers, each change by each encoder computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.jobs import compare_tasks
from embeddings.jobs.client import submit
from embeddings.jobs.cluster import ENCODE, LONG
from embeddings.jobs.comparing import VERSION, home_of
from embeddings.jobs.job import Job
from embeddings.jobs.packing import pack, unpack
from embeddings.perturb import Movement, find_perturbation
from embeddings.space import Space
from embeddings.store import Store

Moved = tuple[Movement, NDArray[np.bool_]]
CHANGED = 300
CHUNK = 32


def movements_stored(
    store: Store,
    spaces: Sequence[Space],
    names: Sequence[str],
    job: Job,
    *,
    k: int,
    on_part: Callable[[Space, str, Moved], None],
) -> list[Moved]:
    """How far items move under each of several changes by each of several encoders, change by change, told as found."""
    pairs = [(name, space) for name in names for space in spaces]
    found = []
    for number, (name, space) in enumerate(pairs, start=1):
        stage = f"{name}, {space.encoder} (part {number} of {len(pairs)})"
        found.append(movement_stored(store, space, name, job, k=k, stage=stage))
        on_part(space, name, found[-1])
    return found


def movement_stored(store: Store, space: Space, name: str, job: Job, *, k: int, stage: str = "") -> Moved:
    """How far at most 300 random items move under a change, and which of them it altered."""
    key = f"moved|{VERSION}|{space.fingerprint}|{name}|{k}"
    stored = store.results.get(key)
    if stored is None:
        rows = changed_rows(space.collection, name)
        job.enter(f"Encoding changed items: {stage or name}", len(rows))
        vectors, altered = _changed_vectors(store, space, name, rows, job)
        task = compare_tasks.movement_of_kept, *home_of(store, space), space.encoder, rows, vectors, k
        stored = {**pack(job.wait_for(submit(*task, place=LONG))), "altered": altered}
        store.results.put(key, stored)
    return unpack(Movement, stored), stored["altered"]


def changed_rows(collection: Collection, name: str) -> NDArray[np.int64]:
    """The rows that are changed, ascending: those of the change's kind, at most 300 random ones (seed 0)."""
    wanted = str if find_perturbation(name).kind == "text" else bytes
    rows = np.array([row for row, item in enumerate(collection.items) if isinstance(item, wanted)], dtype=np.int64)
    if len(rows) <= CHANGED:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, size=CHANGED, replace=False))


def _changed_vectors(
    store: Store, space: Space, name: str, rows: NDArray[np.int64], job: Job
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    store.keep(space.collection)
    items = [space.collection.items[row] for row in rows]
    parts = []
    for start in range(0, len(items), CHUNK):
        part = items[start : start + CHUNK]
        task = compare_tasks.encode_changed, *home_of(store, space), space.encoder, part, name
        parts.append(job.wait_for(submit(*task, place=ENCODE)))
        job.advance(len(part))
    vectors, altered = zip(*parts, strict=True)
    return np.vstack(vectors), np.concatenate(altered)
