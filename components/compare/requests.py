"""The jobs of the Compare page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.spaces import space_request, texts_request
from embeddings.collection import Collection, Item
from embeddings.compare import AgreementTable, Comparison, ScoredPairs, SimilarityCorrelation
from embeddings.compare.aligned import Rotation
from embeddings.compare.probe import LabelsRead
from embeddings.compression import Compressed, Setting, Smaller
from embeddings.encoders import find_spec
from embeddings.geometry import Geometry
from embeddings.jobs.client import machine
from embeddings.jobs.computing import EncoderOf, compute
from embeddings.jobs.job import Job
from embeddings.labelled import labels_of
from embeddings.perturb import Movement, find_perturbation
from embeddings.space import Space
from embeddings.store import is_given

Moved = tuple[Movement, NDArray[np.bool_]]
TIMED = 128
CHANGED = 300


def comparison_request(one: Space, other: Space, k: int, metric: str) -> Request[Comparison]:
    """How far two encoders agree."""
    return asking("comparison", one, other, k=k, metric=metric)


def table_request(spaces: Sequence[Space], k: int, metric: str) -> Request[AgreementTable]:
    """How far each two of several encoders agree."""
    return asking("agreement", list(spaces), k=k, metric=metric)


def rotation_request(one: Space, other: Space) -> Request[Rotation]:
    """Whether one space is the other, turned."""
    return asking("rotation", one, other)


def geometry_request(space: Space) -> Request[Geometry]:
    """The geometry card of a space."""
    return asking("geometry", space)


def labels_request(space: Space, column: str) -> Request[LabelsRead]:
    """How well the values of a column can be read off a space."""
    return asking("labels", space, labels_of(space.collection, column))


def speed_request(space: Space) -> Request[float]:
    """Items of the collection that an encoder takes a second on the machine that encodes, measured once."""
    items = _some(space.collection.items, TIMED)
    return asking("speed", EncoderOf(space.collection, space.encoder), items, machine=machine())


def similarity_request(space: Space, pairs: ScoredPairs) -> Request[SimilarityCorrelation]:
    """How an encoder follows the scores of people; ready-made vectors need the texts among their own.

    The job raises an EmbeddingError where ready-made vectors hold the texts of fewer than 3 pairs.
    """
    if is_given(space.encoder):
        return asking("similarity", space, pairs)
    texts = pairs.collection()
    # What learns from a collection is asked as it learnt from this one, not from the pairs.
    learns = find_spec(space.encoder).fits
    encoding: Request[Any] = texts_request(space, texts.items) if learns else space_request(texts, space.encoder)

    def correlate(job: Job) -> SimilarityCorrelation:
        vectors = encoding.within(job)
        asked: Space = Space(texts, vectors, space.encoder) if learns else vectors
        found: SimilarityCorrelation = compute(caching.store(), job, "similarity", asked, pairs)
        return found

    return Request(f"similarity|{encoding.key}", correlate)


def recall_request(space: Space, k: int, settings: tuple[Setting, ...] | None = None) -> Request[tuple[Smaller, ...]]:
    """What smaller vectors of a space cost."""
    return asking("smaller", space, settings, k=k)


def compressed_request(space: Space, setting: Setting) -> Request[Compressed]:
    """The smaller vectors themselves."""
    return asking("compressed", space, setting)


def movements_request(spaces: Sequence[Space], names: Sequence[str], k: int) -> Request[list[Moved]]:
    """How far items move under each change by each encoder, change by change; see `known_movement` for each."""
    pairs = [(name, space) for name in names for space in spaces]

    def work(job: Job) -> list[Moved]:
        found = []
        for name, space in pairs:
            model, changed, rows = _changed(space, name)
            vectors, altered = compute(caching.store(), job, "changed", model, changed, name=name)
            moved = compute(caching.store(), job, "movement", space, rows, vectors, k=k)
            caching.outcomes().put(_movement_key(space, name, k), (moved, altered))
            found.append((moved, altered))
        return found

    return Request("|".join(["moved", *(space.fingerprint for space in spaces), *names, str(k)]), work)


def known_movement(space: Space, name: str, k: int) -> Moved | None:
    """How far items move under one change, where it is there already."""
    found: Moved | None = caching.outcomes().get(_movement_key(space, name, k))
    return found


def changed_rows(collection: Collection, name: str) -> NDArray[np.int64]:
    """The rows that are changed, ascending: those of the change's kind, at most 300 random ones (seed 0)."""
    wanted = str if find_perturbation(name).kind == "text" else bytes
    rows = np.array([row for row, item in enumerate(collection.items) if isinstance(item, wanted)], dtype=np.int64)
    if len(rows) <= CHANGED:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, size=CHANGED, replace=False))


def _changed(space: Space, name: str) -> tuple[EncoderOf, list[Item], NDArray[np.int64]]:
    rows = changed_rows(space.collection, name)
    items = [space.collection.items[row] for row in rows]
    return EncoderOf(space.collection, space.encoder), items, rows


def _movement_key(space: Space, name: str, k: int) -> str:
    return f"moved one|{space.fingerprint}|{name}|{k}"


def _some(items: Sequence[Item], most: int) -> list[Item]:
    distinct = list(dict.fromkeys(items))
    if len(distinct) <= most:
        return distinct
    places = np.random.default_rng(0).choice(len(distinct), size=most, replace=False)
    return [distinct[place] for place in places.tolist()]
