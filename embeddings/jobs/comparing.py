"""The comparison of encoders in workers, each part computed once for the spaces it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from embeddings.collection import Item
from embeddings.compare import AgreementTable, Comparison, ScoredPairs, SimilarityCorrelation, similarity_correlation
from embeddings.compression import Setting, Smaller
from embeddings.encoders import find_spec
from embeddings.geometry import Geometry
from embeddings.jobs import compare_tasks, tasks
from embeddings.jobs.client import machine, submit, submit_reporting
from embeddings.jobs.cluster import ENCODE, LONG
from embeddings.jobs.compare_tasks import Labels, Turned
from embeddings.jobs.job import Job
from embeddings.jobs.packing import pack, unpack
from embeddings.jobs.pipeline import embed_stored, graph_stored
from embeddings.labelled import labels_of
from embeddings.space import Space
from embeddings.store import Store, is_given

T = TypeVar("T")
# Part of the key of what is kept; to be raised when answers change.
VERSION = 6
GEOMETRY_K = 20
TIMED = 128
CONTENT = 16


def comparison_stored(store: Store, one: Space, other: Space, job: Job, *, k: int, metric: str) -> Comparison:
    """How far two encoders agree."""

    def work() -> Comparison:
        encoders = one.encoder, other.encoder
        job.enter(f"Comparing the neighbours of {len(one):,} items, and of 99 shuffles")
        found: Comparison = job.wait_for(
            submit_reporting(
                compare_tasks.compare_kept, *home_of(store, one), encoders, k, metric, listener=job.measure
            )
        )
        return found

    found: Comparison = _kept(store, comparison_key(one, other, k, metric), Comparison, work)
    return found


def comparison_key(one: Space, other: Space, k: int, metric: str) -> str:
    """What stands for a comparison in the store."""
    return f"compare|{VERSION}|{one.fingerprint}|{other.fingerprint}|{k}|{metric}"


def table_stored(store: Store, spaces: Sequence[Space], job: Job, *, k: int, metric: str) -> AgreementTable:
    """How far each two of several encoders agree."""

    def work() -> AgreementTable:
        encoders = tuple(space.encoder for space in spaces)
        job.enter("Comparing each two of the encoders")
        found: AgreementTable = job.wait_for(
            submit_reporting(
                compare_tasks.table_of_kept, *home_of(store, spaces[0]), encoders, k, metric, listener=job.measure
            )
        )
        return found

    found: AgreementTable = _kept(store, table_key(spaces, k, metric), AgreementTable, work)
    return found


def table_key(spaces: Sequence[Space], k: int, metric: str) -> str:
    """What stands for such a table in the store."""
    return f"agreement|{VERSION}|{'|'.join(space.fingerprint for space in spaces)}|{k}|{metric}"


def turned_stored(store: Store, one: Space, other: Space, job: Job) -> Turned:
    """Whether one space is the other, turned."""

    def work() -> Turned:
        job.enter(f"Turning one space of {len(one):,} vectors to fit the other")
        encoders = one.encoder, other.encoder
        found: Turned = job.wait_for(submit(compare_tasks.turned_of_kept, *home_of(store, one), encoders, place=LONG))
        return found

    found: Turned = _kept(store, f"turned|{VERSION}|{one.fingerprint}|{other.fingerprint}", Turned, work)
    return found


def geometry_stored(store: Store, space: Space, job: Job) -> Geometry:
    """The geometry card of a space."""

    def work() -> Geometry:
        graph = graph_stored(store, space, job, k=GEOMETRY_K)
        job.enter("Measuring the geometry")
        task = compare_tasks.geometry_of_kept, *home_of(store, space), space.encoder, graph
        found: Geometry = job.wait_for(submit(*task, place=LONG))
        return found

    found: Geometry = _kept(store, f"geometry|{VERSION}|{space.fingerprint}", Geometry, work)
    return found


def labels_stored(store: Store, space: Space, column: str, job: Job) -> Labels:
    """How well the values of a column can be read off a space."""

    def work() -> Labels:
        values = labels_of(space.collection, column)
        job.enter("Reading labels off the vectors")
        found: Labels = job.wait_for(
            submit_reporting(
                compare_tasks.labels_of_kept, *home_of(store, space), space.encoder, values, listener=job.measure
            )
        )
        return found

    # Metadata are part of the collection's content, but not of what a space is known by.
    key = f"labels|{VERSION}|{space.collection.fingerprint}|{space.fingerprint}|{column}"
    found: Labels = _kept(store, key, Labels, work)
    return found


def speed_stored(store: Store, space: Space, job: Job) -> float:
    """Items of the collection that its encoder takes a second on the machine that encodes, measured once."""

    def work() -> float:
        items = _some(space.collection.items, TIMED)
        job.enter("Timing the encoder")
        store.keep(space.collection)
        task = compare_tasks.speed, *home_of(store, space), space.encoder, items
        found: float = job.wait_for(submit(*task, place=ENCODE))
        return found

    found: float = _kept(store, f"speed|{VERSION}|{machine()}|{space.fingerprint}", float, work)
    return found


def similarity_stored(store: Store, space: Space, pairs: ScoredPairs, job: Job) -> SimilarityCorrelation:
    """How the encoder of a space follows the scores of people; ready-made vectors need the texts among their own.

    Raises:
        EmbeddingError: ready-made vectors hold the texts of fewer than 3 pairs.
    """

    def work() -> SimilarityCorrelation:
        return similarity_correlation(_space_of_pairs(store, space, pairs, job), pairs)

    key = f"pairs|{VERSION}|{space.fingerprint}|{pairs_key(pairs)}"
    found: SimilarityCorrelation = _kept(store, key, SimilarityCorrelation, work)
    return found


def pairs_key(pairs: ScoredPairs) -> str:
    """What stands for the content of scored pairs."""
    return hashlib.blake2b(repr(pairs.pairs).encode("utf-8", "surrogatepass"), digest_size=CONTENT).hexdigest()


def recall_stored(
    store: Store, space: Space, job: Job, *, k: int, settings: tuple[Setting, ...] | None = None
) -> tuple[Smaller, ...]:
    """What smaller vectors of a space cost; by default of the usual settings."""

    def work() -> tuple[Smaller, ...]:
        job.enter("Making the vectors smaller, and looking for their neighbours")
        reference = *home_of(store, space), space.encoder, settings, k
        found: tuple[Smaller, ...] = job.wait_for(
            submit_reporting(compare_tasks.recall_of_kept, *reference, listener=job.measure)
        )
        return found

    found: tuple[Smaller, ...] = _kept(store, recall_key(space, k, settings), tuple[Smaller, ...], work)
    return found


def recall_key(space: Space, k: int, settings: tuple[Setting, ...] | None = None) -> str:
    """What stands for it in the store."""
    return f"smaller|{VERSION}|{space.fingerprint}|{k}|{settings or ''}"


def home_of(store: Store, space: Space) -> tuple[str, str]:
    """What a worker finds the kept collection of a space by."""
    return store.home, space.collection.fingerprint


def _space_of_pairs(store: Store, space: Space, pairs: ScoredPairs, job: Job) -> Space:
    if is_given(space.encoder):
        return space
    texts = pairs.collection()
    if not find_spec(space.encoder).fits:
        return embed_stored(store, texts, space.encoder, job)
    # What learns from a collection is asked as it learnt from this one, not from the pairs.
    job.enter("Encoding the pairs")
    store.keep(space.collection)
    task = tasks.encode_query, *home_of(store, space), space.encoder, list(texts.items)
    return Space(texts, job.wait_for(submit(*task, place=ENCODE)), space.encoder)


def _kept(store: Store, key: str, kind: Any, work: Callable[[], T]) -> T:
    """A result from the store, or from the work, which is then stored."""
    stored = store.results.get(key)
    if stored is None:
        store.results.put(key, pack(work()))
        stored = store.results.get(key)
    found: T = unpack(kind, stored or {})
    return found


def _some(items: Sequence[Item], most: int) -> list[Item]:
    distinct = list(dict.fromkeys(items))
    if len(distinct) <= most:
        return distinct
    places = np.random.default_rng(0).choice(len(distinct), size=most, replace=False)
    return [distinct[place] for place in places.tolist()]
