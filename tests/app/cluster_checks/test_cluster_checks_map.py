"""Do clusters of the space agree with those of the map?"""

import numpy as np
from check_panel import AGAIN, ON_MAP, buttons, clustering_of
from components.clusters.checks.agreement_views import NO_CLUSTER
from components.clusters.checks.elsewhere import overlap_of, overlap_sentence, overlap_table
from driving import press, said

from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.agreement import overlap
from embeddings.projections import project


def test_clusters_of_the_space_are_held_against_those_of_the_map(open_panel, planted):
    app = press(open_panel(3), ON_MAP)
    made = cluster(planted, "K-means", clusters=3)
    other = cluster_map(project(planted, "PCA", dims=2), "K-means", clusters=3)
    assert f"{overlap(made, other).ari:.2f}" in [each.value for each in app.metric if each.label == "ARI"]
    assert overlap_sentence(overlap(made, other).ari) in said(app)


def test_clusters_of_the_map_are_checked_as_they_are(open_panel):
    app = open_panel(3, of_map=True)
    assert ON_MAP not in buttons(app)
    assert "3 of 3 clusters are stable." in said(press(app, AGAIN))


def test_the_table_of_shared_items_names_noise():
    found = overlap_of(clustering_of([0, 0, -1]), np.array([0, 0, 0], dtype=np.int32))
    table = overlap_table(found, ("one",)).to_pylist()
    assert table == [
        {"cluster": "one", "of the map": 1, "items": 2},
        {"cluster": NO_CLUSTER, "of the map": 1, "items": 1},
    ]
