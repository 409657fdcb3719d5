"""A clustering as pages share it: in a link, as work whose result is kept, and on a map."""

import numpy as np
import pytest
from cluster_page import labelled, looked_at

from components.kit import caching
from components.kit.ask import keeping
from components.views import clusterings
from components.views.cluster_counts import counts_request
from components.views.cluster_map import cluster_highlights, cluster_scene
from components.views.cluster_names import LABELS, Naming
from components.views.clusterings import MAP, ClusterSettings, clusters_request
from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.counts import how_many
from embeddings.clusters.scores import cluster_scores
from embeddings.errors import EmbeddingError
from embeddings.jobs import computing
from embeddings.jobs.job import Job
from embeddings.space import Space


def test_settings_and_naming_are_read_back_from_a_link():
    settings = ClusterSettings("HDBSCAN", {"min_cluster_size": 7, "min_samples": 3, "metric": "Euclidean"}, 4, "map")
    naming = Naming(LABELS, ("a cat", "a dog, asleep"))
    read, named = clusterings.from_text(clusterings.to_text(settings, naming))
    params = {**settings.params, "noise_to_nearest": 0}  # what a link does not name is as usual
    assert (read.method, dict(read.params), read.seed, read.of) == (settings.method, params, 4, "map")
    assert named == naming


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[1,2,3,4,5,6]",
        '["K-means","space",0,{"clusters":1e9},"numbers",[]]',
        '["K-means","space",0,{"no such":1},"numbers",[]]',
        '["no such","space",0,{},"numbers",[]]',
        '["K-means","moon",0,{},"numbers",[]]',
        '["K-means","space",-1,{},"numbers",[]]',
        '["K-means","space",0,{},"no such",[]]',
        '["K-means","space",0,{"metric":"dot"},"numbers",[]]',
        '["K-means","space","x",{},"numbers",[]]',
        '[["K-means"],"space",0,{},"numbers",[]]',
    ],
)
def test_a_link_that_cannot_be_read_is_answered(text):
    with pytest.raises(EmbeddingError):
        clusterings.from_text(text)


def test_clusterings_have_names_that_tell_them_apart():
    three = ClusterSettings("K-means", {"clusters": 3})
    assert clusterings.label(three) == "clusters: K-means, 3"
    assert clusterings.label(three._replace(of="map")) == "clusters: K-means, 3 of the map"
    assert clusterings.label(ClusterSettings("HDBSCAN")) == "clusters: HDBSCAN"


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
    request = clusters_request(kept, settings, layout)
    answer = keeping(request.key, request.run)(Job("too many"))
    assert isinstance(answer, EmbeddingError)
    assert "more clusters than items" in str(answer)


def test_files_say_how_clusters_were_found(blobs, layout):
    found = cluster(blobs, clusters=3, seed=2)
    looked = looked_at(blobs, found, layout)
    assert looked.said == {
        "collection": "blobs",
        "encoder": "given vectors",
        "clusters of": "original space",
        "method": "K-means",
        "seed": 2,
        "clusters": 3,
        "restarts": 10,
        "metric": "cosine",
    }
    assert looked._replace(settings=ClusterSettings(of=MAP)).said["clusters of"] == "PCA map"


def test_names_stand_on_the_map_where_clusters_are_densest(blobs, layout):
    found = cluster(blobs, clusters=3)
    looked = looked_at(blobs, found, layout, ("a", "b", "c"))
    scene = cluster_scene(looked)
    assert scene.colouring.labels == ("1 · a", "2 · b", "3 · c")
    assert scene.colouring.counts == (30, 20, 10)
    shown = cluster_highlights(looked, scene.colouring, outlined="hulls", cluster=1)
    assert [(name.text, name.code) for name in shown.names] == [("a", 0), ("b", 1), ("c", 2)]
    for cluster_number, name in enumerate(shown.names):
        places = layout.coordinates[found.members(cluster_number)]
        assert any(np.allclose(name.coordinates, place) for place in places)
    assert [outline.code for outline in shown.outlines] == [0, 1, 2]
    assert shown.hit_rows().tolist() == found.members(1).tolist()
    assert len(cluster_highlights(looked, scene.colouring, outlined="contours").outlines) >= 3
    assert cluster_highlights(looked, scene.colouring, named=False).names == ()


def test_probabilities_are_sizes(blobs, layout):
    found = labelled([0] * 60, probabilities=np.linspace(0, 1, 60, dtype=np.float32))
    looked = looked_at(blobs, found, layout)
    assert np.array_equal(cluster_scene(looked, sized=True).sizes, found.probabilities)
    assert cluster_scene(looked).sizes is None
