"""Clusters found by a worker, each computed once for a space or a map and its settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from embeddings.clusters import Clustering, CondensedTree, find_clustering
from embeddings.clusters.counts import CountScores
from embeddings.clusters.running import doubts
from embeddings.clusters.scores import ClusterScores
from embeddings.jobs import cluster_tasks
from embeddings.jobs.client import submit_reporting
from embeddings.jobs.cluster import LONG, QUICK
from embeddings.jobs.cluster_tasks import Asked, Found, Tree
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import graph_stored
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.store import Store

# Part of the keys of what is kept; to be raised when results change.
VERSION = 3
MOST_COUNTED = 15
QUICK_ITEMS = 20_000


def clustering_stored(store: Store, space: Space, asked: Asked, job: Job) -> Found:
    """The clusters of a space and how well they are separated, computed once for each method and setting.

    Raises:
        EmbeddingError: as `cluster` raises it.
    """
    n = len(space)

    def submitted(tree: Tree | None) -> Any:
        shared = None
        if asked.method == "HDBSCAN" and n > 1:
            needed, metric = int(asked.params.get("min_samples", 0)), str(asked.params.get("metric", "cosine"))
            shared = graph_stored(store, space, job, k=needed, metric=metric)
        job.enter(f"Clustering {n:,} items by {asked.method}")
        return submit_reporting(
            cluster_tasks.find_clusters,
            _reference(store, space),
            shared,
            asked,
            tree,
            listener=job.measure,
            place=_place(asked, n),
        )

    return _stored(store, space.fingerprint, asked, job, submitted)


def map_clustering_stored(store: Store, layout: Layout, layout_key: str, asked: Asked, job: Job) -> Found:
    """The same of the places on a map."""
    n = len(layout.coordinates)

    def submitted(tree: Tree | None) -> Any:
        job.enter(f"Clustering {n:,} places on the map by {asked.method}")
        return submit_reporting(
            cluster_tasks.find_map_clusters, layout, asked, tree, listener=job.measure, place=_place(asked, n)
        )

    return _stored(store, layout_key, asked, job, submitted)


def counts_stored(store: Store, space: Space, clustering: Clustering, job: Job) -> CountScores:
    """Scores over the number of clusters, computed once for each method, metric and seed.

    Raises:
        EmbeddingError: as `how_many` raises it.
    """
    known = find_counts(store, space, clustering)
    if known is not None:
        return known
    job.enter(f"Clustering into 1 to {MOST_COUNTED} clusters")
    light = Clustering(clustering.labels, clustering.method, clustering.params, clustering.seed)
    found: CountScores = job.wait_for(
        submit_reporting(
            cluster_tasks.count_clusters, _reference(store, space), light, MOST_COUNTED, listener=job.measure
        )
    )
    arrays = {name: np.asarray(value) for name, value in found._asdict().items() if value is not None}
    store.results.put(counts_key(space, clustering), arrays)
    return found


def find_counts(store: Store, space: Space, clustering: Clustering) -> CountScores | None:
    """What is stored of them; None where nobody has asked yet."""
    stored: dict[str, Any] | None = store.results.get(counts_key(space, clustering))
    if stored is None:
        return None
    choice = int(stored["gap_choice"]) if "gap_choice" in stored else None
    return CountScores(**{**stored, "gap_choice": choice, "items": int(stored["items"])})


def clustering_key(of: str, asked: Asked) -> str:
    """What stands for clusters in the store; `of` stands for the space or for the map."""
    return f"clusters|{VERSION}|{of}|{asked.method}|{asked.seed}|{json.dumps(dict(asked.params), sort_keys=True)}"


def counts_key(space: Space, clustering: Clustering) -> str:
    """What stands for the scores over the number of clusters; the number of this clustering does not matter."""
    asked = clustering.method, clustering.params["metric"], clustering.seed, MOST_COUNTED
    return f"cluster counts|{VERSION}|{space.fingerprint}|{asked}"


def _stored(store: Store, of: str, asked: Asked, job: Job, submitted: Callable[[Tree | None], Any]) -> Found:
    key = clustering_key(of, asked)
    stored = store.results.get(key)
    if stored is not None:
        return _from_arrays(stored)
    found: Found = job.wait_for(submitted(_known_tree(store, of, asked)))
    store.results.put(key, _to_arrays(found))
    _keep_tree(store, of, asked, found[0])
    return found


def _known_tree(store: Store, of: str, asked: Asked) -> Tree | None:
    """The tree of a method that merges, if it was made for another number of clusters."""
    if "clusters" not in asked.params:
        return None
    stored = store.results.get(_tree_key(of, asked))
    return None if stored is None else Tree(stored["merges"], tuple(json.loads(str(stored["notes"]))))


def _keep_tree(store: Store, of: str, asked: Asked, found: Clustering) -> None:
    if found.merges is None:
        return
    of_this_cut = doubts(found.labels, found.method, float(found.params["clusters"]))
    notes = [note for note in found.notes if note not in of_this_cut]
    store.results.put(_tree_key(of, asked), {"merges": found.merges, "notes": np.array(json.dumps(notes))})


def _tree_key(of: str, asked: Asked) -> str:
    others = {name: value for name, value in asked.params.items() if name != "clusters"}
    return f"tree of {clustering_key(of, asked._replace(params=others))}"


def _reference(store: Store, space: Space) -> tuple[str, str, str]:
    """How workers find a space in the store."""
    store.keep(space.collection)
    return store.home, space.collection.fingerprint, space.encoder


def _place(asked: Asked, n: int) -> str:
    return QUICK if find_clustering(asked.method).quick and n <= QUICK_ITEMS else LONG


def _to_arrays(found: Found) -> dict[str, Any]:
    clustering, scores = found
    about: dict[str, Any] = {"params": dict(clustering.params), "notes": clustering.notes}
    about |= {"method": clustering.method, "seed": clustering.seed}
    arrays: dict[str, Any] = {"labels": clustering.labels, "about": np.array(json.dumps(about))}
    arrays["scores"] = np.array(scores, dtype=np.float64)
    for name, values in (("probabilities", clustering.probabilities), ("merges", clustering.merges)):
        if values is not None:
            arrays[name] = values
    if clustering.condensed is not None:
        arrays |= {f"condensed {name}": values for name, values in clustering.condensed._asdict().items()}
    return arrays


def _from_arrays(arrays: Mapping[str, Any]) -> Found:
    about = json.loads(str(arrays["about"]))
    condensed = None
    if "condensed parents" in arrays:
        condensed = CondensedTree(**{name: arrays[f"condensed {name}"] for name in CondensedTree._fields})
    clustering = Clustering(
        arrays["labels"],
        about["method"],
        about["params"],
        about["seed"],
        arrays.get("probabilities"),
        arrays.get("merges"),
        condensed,
        tuple(about["notes"]),
    )
    clusters, noise, silhouette, calinski_harabasz, davies_bouldin, sampled = arrays["scores"].tolist()
    scores = ClusterScores(int(clusters), noise, silhouette, calinski_harabasz, davies_bouldin, int(sampled))
    return clustering, scores
