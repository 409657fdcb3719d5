"""Clusters and their scores are those of the core, however they were found and kept."""

import numpy as np
import pytest

from components.clusters.looked import MAP, ClusterSettings
from components.clusters.request import clusters_request, counts_request
from components.kit import caching
from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.counts import how_many
from embeddings.clusters.scores import cluster_scores
from embeddings.errors import EmbeddingError
from embeddings.jobs import computing
from embeddings.jobs.job import Job
from embeddings.space import Space


@pytest.mark.parametrize("method", ["Ward", "Average linkage"])
def test_a_tree_is_merged_once_and_cut_for_other_numbers(blobs, layout, method, monkeypatch):
    anew = Space(blobs.collection, blobs.vectors + 1, blobs.encoder)
    asked = []
    submit = computing.submit_reporting
    monkeypatch.setattr(computing, "submit_reporting", lambda *a, **k: asked.append(a[2]) or submit(*a, **k))
    for count in (3, 5, 2):
        settings = ClusterSettings(method, {"clusters": count, "metric": "cosine"})
        found, scores = clusters_request(anew, settings, layout)[1](Job("tree"))
        direct = cluster(anew, method, clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert (dict(found.params), found.notes) == (dict(direct.params), direct.notes)
        assert scores == pytest.approx(cluster_scores(anew, direct))
    assert asked == ["merges", "clusters", "clusters", "clusters"]


def test_clusters_of_a_map_are_kept_with_their_warning(kept, layout):
    for count in (3, 4):
        settings = ClusterSettings("Ward", {"clusters": count, "metric": "Euclidean"}, of=MAP)
        found = clusters_request(kept, settings, layout)[1](Job("map")).clustering
        direct = cluster_map(layout, "Ward", clusters=count)
        assert np.array_equal(found.labels, direct.labels)
        assert found.notes == direct.notes


def test_scores_over_the_number_of_clusters_do_not_depend_on_the_number_chosen(kept):
    three, five = (counts_request(kept, cluster(kept, "K-means", clusters=count)) for count in (3, 5))
    assert three[0] == five[0]
    found, direct = three[1](Job("counts")), how_many(kept, cluster(kept, "K-means", clusters=3))
    assert found.gap == pytest.approx(direct.gap)
    assert found.silhouette == pytest.approx(direct.silhouette, nan_ok=True)
    assert (found.gap_choice, found.items) == (direct.gap_choice, 60)
    assert caching.store().results.get(five[0]).items == 60


def test_that_there_are_no_clusters_is_an_answer(kept, layout):
    settings = ClusterSettings("K-means", {"clusters": 61, "restarts": 1, "metric": "cosine"})
    answer = clusters_request(kept, settings, layout)[1](Job("too many"))
    assert isinstance(answer, EmbeddingError)
    assert "more clusters than items" in str(answer)
