"""How far maps can be trusted, worked out in workers and each stored once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.graph import KnnGraph
from embeddings.jobs import trust_tasks
from embeddings.jobs.client import submit, submit_reporting
from embeddings.jobs.cluster import LONG
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import layout_arrays, layout_from
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.store import Store
from embeddings.trust import Cell, Islands, IslandStability, SeedSpread, SweptCell, Trust
from embeddings.trust.islands import APPEARS

Arrays = dict[str, NDArray[Any]]
Over = tuple[SeedSpread, IslandStability]

# Part of the key of what is kept; to be raised when answers change.
VERSION = 5


class Part(Job):
    """A job as one part of a larger one sees it: its stages are told, and what is counted are the parts."""

    def __init__(self, whole: Job, done: int, total: int) -> None:
        super().__init__(whole.key)
        self._stopped = whole._stopped
        self._whole = whole
        self._place = (done, total)

    def enter(self, stage: str, total: int = 0) -> None:
        """Begin a stage of this part."""
        self._whole.enter(stage)
        self._whole.measure(*self._place)

    def check(self) -> None:
        """Stop here if the whole was stopped."""
        self._whole.check()

    @property
    def urgency(self) -> int:
        """That of the whole."""
        return self._whole.urgency


def trust_stored(
    store: Store, space: Space, maps: Mapping[str, Layout], job: Job, *, k: int, metric: str
) -> tuple[Trust, ...]:
    """Scores of maps by their keys; those not known yet are worked out together."""
    keys = {key: trust_key(key, k, metric) for key in maps}
    known = {key: store.results.get(keys[key]) for key in maps}
    found = {key: trust_from(arrays) for key, arrays in known.items() if arrays is not None}
    missing = [key for key in maps if key not in found]
    if missing:
        job.enter("Checking every point’s neighbours")
        layouts = [maps[key] for key in missing]
        task = submit_reporting(
            trust_tasks.score_maps, _reference(store, space), layouts, k, metric, listener=job.measure
        )
        for key, each in zip(missing, job.wait_for(task), strict=True):
            store.results.put(keys[key], trust_arrays(each))
            found[key] = each
    return tuple(found[key] for key in maps)


def over_seeds_stored(store: Store, maps: Mapping[str, Layout], job: Job) -> Over:
    """Maps of several seeds by their keys, laid over the first, and which of its islands come back."""
    key = f"seeds|{VERSION}|{'|'.join(maps)}"
    stored = store.results.get(key)
    if stored is None:
        job.enter("Laying the maps over each other and looking for islands")
        spread, stability = job.wait_for(submit(trust_tasks.over_seeds, list(maps.values()), place=LONG))
        stored = _over_arrays(spread, stability)
        store.results.put(key, stored)
    return _over_from(stored)


def find_cell(store: Store, cell: Cell, layout: str, *, k: int, metric: str) -> SweptCell | None:
    """A cell of a grid of settings, by the key of its map; None where nobody has asked for it yet."""
    arrays = store.results.get(layout)
    scores = store.results.get(trust_key(layout, k, metric))
    return None if arrays is None or scores is None else SweptCell(cell, layout_from(arrays), trust_from(scores))


def cell_stored(
    store: Store, space: Space, graph: KnnGraph, cell: Cell, job: Job, *, layout: str, k: int, seed: int
) -> SweptCell:
    """A cell of a grid of settings, drawn from the one graph of the grid and scored."""
    task = submit(trust_tasks.draw_cell, _reference(store, space), graph, cell, k, seed, place=LONG)
    found: SweptCell = job.wait_for(task)
    store.results.put(layout, layout_arrays(found.layout))
    store.results.put(trust_key(layout, k, graph.metric), trust_arrays(found.trust))
    return found


def trust_key(layout: str, k: int, metric: str) -> str:
    """What stands for the scores of a map in the store."""
    return f"trust|{VERSION}|{layout}|{k}|{metric}"


def trust_arrays(trust: Trust) -> Arrays:
    """Scores as arrays, for the store."""
    about = {
        name: getattr(trust, name)
        for name in ("k", "metric", "trustworthiness", "continuity", "kept", "chance", "tied", "explained")
    }
    return {
        "about": np.array(json.dumps(about)),
        "point_trustworthiness": trust.point_trustworthiness,
        "point_continuity": trust.point_continuity,
        "point_kept": trust.point_kept,
        "scored": trust.scored,
    }


def trust_from(arrays: Mapping[str, NDArray[Any]]) -> Trust:
    """The same way back."""
    return Trust(
        point_trustworthiness=arrays["point_trustworthiness"],
        point_continuity=arrays["point_continuity"],
        point_kept=arrays["point_kept"],
        scored=arrays["scored"],
        **json.loads(str(arrays["about"])),
    )


def _over_arrays(spread: SeedSpread, stability: IslandStability) -> Arrays:
    return {
        "places": spread.places,
        "spread": spread.spread,
        "relative": np.array(spread.relative),
        "disparities": np.array(spread.disparities),
        "islands": stability.labels,
        "sizes": np.array(stability.islands.sizes, dtype=np.int64),
        "jaccard": stability.jaccard,
    }


def _over_from(arrays: Mapping[str, NDArray[Any]]) -> Over:
    spread = SeedSpread(
        arrays["places"], arrays["spread"], float(arrays["relative"]), tuple(arrays["disparities"].tolist())
    )
    islands = Islands(arrays["islands"][0], tuple(arrays["sizes"].tolist()))
    appears = arrays["jaccard"] > APPEARS
    return spread, IslandStability(islands, arrays["jaccard"], appears, appears.sum(axis=1), arrays["islands"])


def _reference(store: Store, space: Space) -> tuple[str, str, str]:
    return store.home, space.collection.fingerprint, space.encoder
