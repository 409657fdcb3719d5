"""What stands in a link to clusters, and the settings where it says nothing."""

import numpy as np
import pytest
from components.clusters import state
from components.clusters.controls import usual_count, usual_layout
from components.clusters.looked import ClusterSettings
from components.clusters.names.ways import LABELS, Naming

from components.kit.choice import FIRST_MAP
from embeddings.errors import EmbeddingError
from embeddings.space import Space


def test_settings_and_naming_are_read_back_from_a_link():
    settings = ClusterSettings("HDBSCAN", {"min_cluster_size": 7, "min_samples": 3, "metric": "Euclidean"}, 4, "map")
    naming = Naming(LABELS, ("a cat", "a dog, asleep"))
    read, named = state.from_text(state.to_text(settings, naming))
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
        state.from_text(text)


def test_clusterings_have_names_that_tell_them_apart():
    three = ClusterSettings("K-means", {"clusters": 3})
    assert state.label(three) == "clusters: K-means, 3"
    assert state.label(three._replace(of="map")) == "clusters: K-means, 3 of the map"
    assert state.label(ClusterSettings("HDBSCAN")) == "clusters: HDBSCAN"


def test_the_number_to_begin_with_fits_the_collection():
    def count(n):
        return usual_count(Space.from_vectors(map(str, range(n)), np.ones((n, 1)), name="n"))

    assert [count(n) for n in (1, 2, 50, 800, 3200, 50_000)] == [2, 2, 5, 20, 30, 30]


def test_the_usual_map_is_that_of_the_map_page():
    assert usual_layout("UMAP") == FIRST_MAP
