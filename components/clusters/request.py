"""The jobs that find clusters and compare their numbers."""

from __future__ import annotations

from components import caching
from components.clusters.looked import MAP, ClusterSettings
from components.spaces import LayoutSettings, Request
from embeddings.clusters import Clustering
from embeddings.clusters.counts import CountScores
from embeddings.clusters.scores import ClusterScores
from embeddings.errors import PASSING, EmbeddingError
from embeddings.jobs.cluster_tasks import Asked
from embeddings.jobs.clustering import (
    clustering_key,
    clustering_stored,
    counts_key,
    counts_stored,
    map_clustering_stored,
)
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import layout_key
from embeddings.projections import Layout
from embeddings.space import Space

Found = tuple[Clustering, ClusterScores] | EmbeddingError


def clusters_request(
    space: Space, settings: ClusterSettings, layout: Layout, layout_settings: LayoutSettings
) -> Request[Found]:
    """The job that finds clusters; that there are none to find is an answer too, not a failure."""
    asked = Asked(settings.method, settings.seed, dict(settings.params))
    drawn = layout_key(space.fingerprint, *layout_settings)

    def find(job: Job) -> Found:
        try:
            if settings.of == MAP:
                return map_clustering_stored(caching.store(), layout, drawn, asked, job)
            return clustering_stored(caching.store(), space, asked, job)
        except PASSING:
            raise
        except EmbeddingError as error:
            return error

    return clustering_key(drawn if settings.of == MAP else space.fingerprint, asked), find


def counts_request(space: Space, clustering: Clustering) -> Request[CountScores]:
    """The job that scores 1 to 15 clusters."""
    return counts_key(space, clustering), lambda job: counts_stored(caching.store(), space, clustering, job)
