"""Opening a collection that is in the store, against computing it the first time."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.data import ENCODER, random_texts
from benchmarks.figure import Measured

OPENINGS = 7
N = 10_000
WARM_UP = 1_000
MAP = {"method": "UMAP", "dims": 2, "seed": 0, "n_neighbors": 15, "min_dist": 0.1, "metric": "cosine"}


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds from a link's id to published positions, and those of encoding, graph and map in warm workers."""
    from embeddings.jobs import client

    try:
        home = str(folder / "reopening")
        first, id = _compute(home)
        times = [_open(home, id) for _ in range(OPENINGS)]
    finally:
        client.close()
    return (Measured(median(times), first, f"median of {OPENINGS} openings of 1 collection"),)


def _compute(home: str) -> tuple[float, str]:
    from embeddings.collection import Collection
    from embeddings.jobs.computing import compute
    from embeddings.jobs.encoding import embed
    from embeddings.jobs.job import Job
    from embeddings.store import Store

    store, job = Store(home), Job("first")
    warm_up = Collection.from_texts(random_texts(WARM_UP, seed=4), name="warm-up")
    compute(store, job, "layout", embed(store, warm_up, ENCODER, job), **MAP)
    collection = Collection.from_texts(random_texts(N, seed=2), name="texts")
    began = time.perf_counter()
    saved = store.save(collection)
    space = embed(store, collection, ENCODER, job)
    compute(store, job, "layout", space, **MAP)
    return time.perf_counter() - began, saved.id


def _open(home: str, id: str) -> float:
    from components.kit.map import MapScene
    from components.kit.map.browser import publish_positions
    from components.kit.published import PUBLISHED
    from embeddings.jobs.computing import compute
    from embeddings.jobs.job import Job
    from embeddings.store import Store

    PUBLISHED.clear()
    began = time.perf_counter()
    store = Store(home)
    saved = store.find(id)
    collection = store.load(saved.fingerprint, saved.name)
    space = store.space(collection, ENCODER)
    if space is None:
        raise RuntimeError("the vectors are not in the store")
    layout = compute(store, Job("again"), "layout", space, **MAP)
    scene = MapScene(layout.coordinates, collection.items, collection.fingerprint, "texts")  # type: ignore[arg-type]
    publish_positions(scene)
    took = time.perf_counter() - began
    if len(space) != N or not np.isfinite(layout.coordinates).all():
        raise RuntimeError("what was opened is not what was stored")
    return took
