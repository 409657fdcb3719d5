"""Outliers, doubtful labels and near-duplicates of a space in a worker, each computed once and stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.jobs import outlier_tasks
from embeddings.jobs.client import submit, submit_reporting
from embeddings.jobs.cluster import LONG
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import graph_stored
from embeddings.outliers import find_outliers
from embeddings.outliers.duplicates import Duplicates
from embeddings.outliers.mislabelled import Mislabelled
from embeddings.space import Space, Vectors
from embeddings.store import Store

# Part of the key of what is kept; to be raised when answers change.
VERSION = 3
Arrays = dict[str, NDArray[Any]]


def outliers_key(space: Space, method: str, seed: int, params: dict[str, float | str]) -> str:
    """What stands for the scores in the store."""
    return f"outliers|{VERSION}|{space.fingerprint}|{method}|{seed}|{json.dumps(params, sort_keys=True)}"


def outliers_stored(
    store: Store, space: Space, job: Job, *, method: str, seed: int, params: dict[str, float | str]
) -> Vectors:
    """How unlike the rest each item is, shape (n,)."""
    key = outliers_key(space, method, seed, params)
    stored = store.results.get(key)
    if stored is not None:
        return stored["scores"]
    spec = find_outliers(method)
    shared = None
    if spec.neighbours:
        k = int(params.get(spec.neighbours, spec.parameters[spec.neighbours].default))
        shared = graph_stored(store, space, job, k=k, metric=str(params.get("metric", "cosine")))
    job.enter(f"Scoring the items by {method}")
    task = submit(
        outlier_tasks.score_outliers,
        *(_reference(store, space), method, seed, shared, params),
        place=LONG,
        urgency=job.urgency,
    )
    scores: Vectors = job.wait_for(task)
    store.results.put(key, {"scores": scores})
    return scores


def mislabelled_key(space: Space, labels: Sequence[Any], k: int) -> str:
    """What stands for the doubtful labels in the store."""
    digest = hashlib.blake2b(json.dumps(labels, default=str).encode(), digest_size=16).hexdigest()
    return f"mislabelled|{VERSION}|{space.fingerprint}|{digest}|{k}"


def mislabelled_stored(store: Store, space: Space, job: Job, *, labels: Sequence[Any], k: int) -> Mislabelled:
    """Which labels the neighbours doubt."""
    key = mislabelled_key(space, labels, k)
    stored = store.results.get(key)
    if stored is not None:
        return _mislabelled_from(stored)
    shared = graph_stored(store, space, job, k=k)
    job.enter("Asking the neighbours for labels")
    task = submit(outlier_tasks.find_mislabelled, _reference(store, space), list(labels), k, shared, place=LONG)
    found: Mislabelled = job.wait_for(task)
    arrays = found._asdict() | {"names": np.array(found.names, dtype=np.str_), "left_out": np.array(found.left_out)}
    store.results.put(key, arrays)
    return found


def duplicates_key(space: Space, threshold: float) -> str:
    """What stands for the groups in the store."""
    return f"duplicates|{VERSION}|{space.fingerprint}|{threshold:.4f}"


def duplicates_stored(store: Store, space: Space, job: Job, *, threshold: float) -> Duplicates:
    """Groups of near-duplicates."""
    key = duplicates_key(space, threshold)
    stored = store.results.get(key)
    if stored is not None:
        return duplicates_from(stored)
    job.enter("Comparing all pairs")
    found: Duplicates = job.wait_for(
        submit_reporting(outlier_tasks.find_duplicates, _reference(store, space), threshold, listener=job.measure)
    )
    store.results.put(key, duplicates_arrays(found))
    return found


def duplicates_arrays(found: Duplicates) -> Arrays:
    """Groups and chains as arrays: all their rows one after the other, and how many each has."""
    empty = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.float32)]
    return {
        "rows": np.concatenate(empty[0] + list(found.groups)),
        "similarities": np.concatenate(empty[1] + list(found.similarities)),
        "sizes": np.array([len(rows) for rows in found.groups], dtype=np.intp),
        "chained": np.concatenate(empty[0] + list(found.chains)),
        "lengths": np.array([len(rows) for rows in found.chains], dtype=np.intp),
        "kept": found.kept,
        "dropped": found.dropped,
        "threshold": np.array(found.threshold),
    }


def duplicates_from(arrays: Arrays) -> Duplicates:
    """The reverse of `duplicates_arrays`."""

    def split(values: str, sizes: str) -> tuple[NDArray[Any], ...]:
        return tuple(np.split(arrays[values], np.cumsum(arrays[sizes])[:-1])) if len(arrays[sizes]) else ()

    groups, similarities = split("rows", "sizes"), split("similarities", "sizes")
    chains = split("chained", "lengths")
    return Duplicates(groups, similarities, chains, arrays["kept"], arrays["dropped"], float(arrays["threshold"]))


def _mislabelled_from(arrays: Arrays) -> Mislabelled:
    names = tuple(arrays["names"].tolist())
    return Mislabelled(**arrays | {"names": names, "left_out": int(arrays["left_out"])})  # type: ignore[arg-type]


def _reference(store: Store, space: Space) -> tuple[str, str, str]:
    return store.home, space.collection.fingerprint, space.encoder
