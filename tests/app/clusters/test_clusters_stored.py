"""Clusters and their scores are stored, and come back as the core makes them."""

import numpy as np
import pytest
from cluster_page import PCA
from embeddings.jobs.cluster_tasks import Asked
from embeddings.jobs.clustering import clustering_stored, counts_stored, find_counts, map_clustering_stored

from components.clusters.looked import ClusterSettings
from components.clusters.request import clusters_request
from components.kit import caching
from components.kit.spaces import layout_request
from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.counts import how_many
from embeddings.clusters.scores import cluster_scores
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job


def test_a_stored_clustering_is_that_of_the_core(kept):
    asked = Asked("K-means", 0, {"clusters": 3, "restarts": 10, "metric": "cosine"})
    first, scores = clustering_stored(caching.store(), kept, asked, Job("one"))
    again, same = clustering_stored(caching.store(), kept, asked, Job("two"))
    direct = cluster(kept, "K-means", clusters=3)
    for found in (first, again):
        assert np.array_equal(found.labels, direct.labels)
        assert dict(found.params) == dict(direct.params)
        assert (found.method, found.seed, found.notes) == (direct.method, direct.seed, direct.notes)
    assert scores == same
    assert scores == pytest.approx(cluster_scores(kept, direct))


@pytest.mark.parametrize("method", ["HDBSCAN", "Gaussian mixture"])
def test_probabilities_and_trees_are_stored_too(kept, method):
    params = {"min_cluster_size": 5, "min_samples": 3} if method == "HDBSCAN" else {"clusters": 3}
    asked = Asked(method, 1, {**params, "metric": "cosine"})
    clustering_stored(caching.store(), kept, asked, Job("one"))
    found, _ = clustering_stored(caching.store(), kept, asked, Job("two"))
    direct = cluster(kept, method, seed=1, **params)
    assert np.array_equal(found.labels, direct.labels)
    assert found.probabilities == pytest.approx(direct.probabilities)
    if method == "HDBSCAN":
        assert np.array_equal(found.condensed.sizes, direct.condensed.sizes)


@pytest.mark.parametrize("method", ["Ward", "Average linkage"])
def test_a_tree_is_merged_once_and_cut_for_other_numbers(kept, method):
    for count in (3, 5, 2):
        asked = Asked(method, 0, {"clusters": count, "metric": "cosine"})
        found, scores = clustering_stored(caching.store(), kept, asked, Job("tree"))
        direct = cluster(kept, method, clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert (dict(found.params), found.notes) == (dict(direct.params), direct.notes)
        assert scores == pytest.approx(cluster_scores(kept, direct))


def test_clusters_of_a_map_are_stored_with_their_warning(kept):
    drawn = layout_request(kept, PCA)[1](Job("layout"))
    for count in (3, 4):
        asked = Asked("Ward", 0, {"clusters": count, "metric": "Euclidean"})
        found, _ = map_clustering_stored(caching.store(), drawn, "this map", asked, Job("map"))
        direct = cluster_map(drawn, "Ward", clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert found.notes == direct.notes


def test_scores_over_the_number_of_clusters_are_stored(kept):
    found = cluster(kept, "K-means", clusters=3)
    counts = counts_stored(caching.store(), kept, found, Job("counts"))
    known = find_counts(caching.store(), kept, cluster(kept, "K-means", clusters=5))
    direct = how_many(kept, found)
    for each in (counts, known):
        assert each.gap == pytest.approx(direct.gap)
        assert each.silhouette == pytest.approx(direct.silhouette, nan_ok=True)
        assert (each.gap_choice, each.items) == (direct.gap_choice, 60)


def test_that_there_are_no_clusters_is_an_answer(kept, layout):
    settings = ClusterSettings("K-means", {"clusters": 61, "restarts": 1, "metric": "cosine"})
    answer = clusters_request(kept, settings, layout, PCA)[1](Job("too many"))
    assert isinstance(answer, EmbeddingError)
    assert "more clusters than items" in str(answer)
