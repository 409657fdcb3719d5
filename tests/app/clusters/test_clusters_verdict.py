"""What is said of clusters, in plain words."""

import pytest
from cluster_page import labelled
from components.clusters.map_warning import difference
from components.clusters.verdict import heading, verdict

from embeddings.clusters import cluster
from embeddings.clusters.scores import ClusterScores, cluster_scores


def test_the_verdict_speaks_plainly(blobs):
    apart = cluster(blobs, clusters=3)
    assert heading(apart, blobs.collection) == "3 clusters of 10 to 30 items"
    text = verdict(apart, cluster_scores(blobs, apart), dimensions=6)
    assert text.startswith("They are clearly apart")
    assert "in pure noise, too" in text
    noise = labelled([-1] * 60, "HDBSCAN")
    assert heading(noise, blobs.collection) == "No clusters: all 60 items are noise"
    assert "nothing to hold" in verdict(noise, cluster_scores(blobs, noise), dimensions=6)
    some = labelled([0] * 20 + [1] * 20 + [-1] * 20, "HDBSCAN")
    assert heading(some, blobs.collection) == "2 clusters of 20 items, and 20 of 60 in none (noise)"


@pytest.mark.parametrize(
    ("silhouette", "words"),
    [(0.5, "clearly apart"), (0.3, "but weakly"), (0.1, "run into each other"), (-0.1, "mixed up")],
)
def test_the_verdict_follows_the_silhouette(silhouette, words):
    found = labelled([0, 0, 1, 1], "HDBSCAN")
    text = verdict(found, ClusterScores(2, 0, silhouette, 1, 1, 4), dimensions=384)
    assert words in text
    assert ("384 dimensions" in text) == (silhouette < 0.25)


@pytest.mark.parametrize(
    ("ari", "words"), [(1, "nearly the same"), (0.7, "similar"), (0.4, "partly"), (0, "quite other")]
)
def test_the_difference_of_map_and_space_is_said(ari, words):
    assert words in difference(ari, "Ward", "cosine")
    assert f"ARI {ari:.2f}" in difference(ari, "Ward", "cosine")
