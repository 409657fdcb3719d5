"""How clusters are drawn on the map: names, outlines and sizes."""

import numpy as np
from cluster_page import labelled, looked_at
from components.clusters.drawn.scene import cluster_highlights, cluster_scene

from embeddings.clusters import cluster


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
