"""How real clusters are, each question answered once for a clustering and stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters import Clustering
from embeddings.clusters.base import Labels
from embeddings.clusters.noise import DRAWS as NOISES
from embeddings.clusters.noise import NoiseComparison
from embeddings.clusters.scores import ClusterScores
from embeddings.clusters.stability import Stability
from embeddings.jobs import outlier_tasks
from embeddings.jobs.client import hold, submit_reporting
from embeddings.jobs.job import Job
from embeddings.projections.base import Coordinates
from embeddings.space import Space
from embeddings.store import Store

# Part of the key of what is kept; to be raised when answers change.
VERSION = 2
DRAWS = 20
Arrays = dict[str, NDArray[Any]]


class Checked(NamedTuple):
    """What is checked.

    Attributes:
        space: that of the clusters, or of their map.
        clustering: the clusters.
        places: on the map whose clusters they are, float32 of shape (n, dims); None where they are of the space.
    """

    space: Space
    clustering: Clustering
    places: Coordinates | None = None

    @property
    def key(self) -> str:
        """What stands for it: how the clusters came about, and the clusters themselves."""
        found = self.clustering
        about = json.dumps([found.method, dict(found.params), found.seed], sort_keys=True)
        content = hashlib.blake2b(found.labels.tobytes(), digest_size=16)
        content.update(b"" if self.places is None else self.places.tobytes())
        return f"{VERSION}|{self.space.fingerprint}|{about}|{content.hexdigest()}"


def stability_key(checked: Checked) -> str:
    """What stands for the stability of clusters in the store."""
    return f"stability|{checked.key}|{DRAWS}"


def noise_key(checked: Checked) -> str:
    """The same for the comparison with noise."""
    return f"noise|{checked.key}|{NOISES}"


def elsewhere_key(checked: Checked, layout: Coordinates) -> str:
    """The same for clusters of the map by the same method."""
    digest = hashlib.blake2b(layout.tobytes(), digest_size=16).hexdigest()
    return f"elsewhere|{checked.key}|{digest}"


def stability_stored(store: Store, checked: Checked, job: Job) -> Stability:
    """How well each cluster is found again in 20 bootstrap samples."""
    known = find_stability(store, checked)
    if known is not None:
        return known
    stage = f"Clustering {DRAWS} samples again"
    found: Stability = _run(store, checked, outlier_tasks.measure_stability, DRAWS, job, stage)
    store.results.put(stability_key(checked), {"jaccards": found.jaccards, "means": found.means})
    return found


def find_stability(store: Store, checked: Checked) -> Stability | None:
    """What is stored of it; None where nobody has asked yet."""
    stored = store.results.get(stability_key(checked))
    return None if stored is None else Stability(stored["means"], stored["jaccards"])


def noise_stored(store: Store, checked: Checked, job: Job) -> NoiseComparison:
    """The scores of clusters beside those of noise."""
    known = find_noise(store, checked)
    if known is not None:
        return known
    stage = f"Clustering {NOISES} sets of noise"
    found: NoiseComparison = _run(store, checked, outlier_tasks.compare_with_noise, NOISES, job, stage)
    store.results.put(noise_key(checked), noise_arrays(found))
    return found


def find_noise(store: Store, checked: Checked) -> NoiseComparison | None:
    """What is stored of it; None where nobody has asked yet."""
    stored = store.results.get(noise_key(checked))
    return None if stored is None else noise_from(stored)


def elsewhere_stored(store: Store, checked: Checked, layout: Coordinates, job: Job) -> Labels:
    """The labels that the same method gives to the places on a map."""
    known = find_elsewhere(store, checked, layout)
    if known is not None:
        return known
    job.enter("Clustering the map")
    found: Labels = job.wait_for(
        submit_reporting(outlier_tasks.cluster_places, layout, _light(checked.clustering), listener=job.measure)
    )
    store.results.put(elsewhere_key(checked, layout), {"labels": found})
    return found


def find_elsewhere(store: Store, checked: Checked, layout: Coordinates) -> Labels | None:
    """What is stored of them; None where nobody has asked yet."""
    stored = store.results.get(elsewhere_key(checked, layout))
    return None if stored is None else stored["labels"]


def noise_arrays(found: NoiseComparison) -> Arrays:
    """A comparison as arrays: a row of scores for the data, then one for each noise."""
    says = np.nan if found.stands_out is None else float(found.stands_out)
    return {"scores": np.array([found.data, *found.noise], dtype=np.float64), "stands_out": np.array(says)}


def noise_from(arrays: Arrays) -> NoiseComparison:
    """The reverse of `noise_arrays`."""
    rows = [
        ClusterScores(*row)._replace(clusters=int(row[0]), sampled=int(row[5])) for row in arrays["scores"].tolist()
    ]
    says = float(arrays["stands_out"])
    return NoiseComparison(rows[0], tuple(rows[1:]), None if np.isnan(says) else bool(says))


def _run(store: Store, checked: Checked, task: Callable[..., Any], draws: int, job: Job, stage: str) -> Any:
    job.enter(stage)
    held = hold(_light(checked.clustering))
    reference = _reference(store, checked.space)
    return job.wait_for(submit_reporting(task, reference, checked.places, held, draws, listener=job.measure))


def _light(clustering: Clustering) -> Clustering:
    """The clustering without what no check looks at."""
    return replace(
        clustering, params=dict(clustering.params), probabilities=None, merges=None, condensed=None, notes=()
    )


def _reference(store: Store, space: Space) -> tuple[str, str, str]:
    return store.home, space.collection.fingerprint, space.encoder
