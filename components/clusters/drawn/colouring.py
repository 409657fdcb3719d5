"""Clusters as the colours of a map."""

from __future__ import annotations

from collections.abc import Sequence

from components.kit.map import Colouring, by_category
from embeddings.clusters import NOISE, Clustering

TITLE = "cluster"
NOISE_NAME = "noise"


def cluster_colouring(clustering: Clustering, numbered: Sequence[str]) -> Colouring:
    """A colour for each cluster, the largest first; noise is grey."""
    return by_category(
        TITLE,
        [None if label == NOISE else numbered[label] for label in clustering.labels.tolist()],
        missing=NOISE_NAME,
    )
