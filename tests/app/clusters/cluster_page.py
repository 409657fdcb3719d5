"""What the Clusters page shows, and what its parts are given."""

import numpy as np
from driving import data_of

from components.kit.maps import usual_settings
from components.views.clusterings import ClusterSettings, Looked
from embeddings.clusters import Clustering
from embeddings.clusters.scores import cluster_scores

PCA = usual_settings("PCA")
DRAWN = {"drawn_by": "PCA"}
TOPICS = ("apples pears fruit", "rain snow weather", "trains rails travel")
AGAIN, IN_NOISE, ON_MAP = "Cluster 20 samples again", "Cluster 5 sets of noise", "Cluster the map too"


def looked_at(space, clustering, layout, names=None, settings=None):
    names = tuple(names or (f"name {number}" for number in range(clustering.count)))
    return Looked(
        space, clustering, "key", cluster_scores(space, clustering), settings or ClusterSettings(), layout, PCA, names
    )


def labelled(labels, method="K-means", **more):
    return Clustering(np.array(labels), method, {"clusters": 3, "metric": "cosine"}, 0, **more)


def called(count):
    return tuple(f"cluster {number + 1}" for number in range(count))


def numbered(count):
    """What a reader sees of clusters that have no names of their own."""
    return tuple(f"{number} · {name}" for number, name in enumerate(called(count), 1))


def buttons(app):
    return [button.label for button in app.button]


def table_with(app, *columns):
    """The table that a page shows with these columns."""
    return next(each.value for each in app.dataframe if {*columns} <= {*each.value.columns})


def list_of(app):
    """The table of clusters that a page shows."""
    return table_with(app, "name", "items")


def items_of(app):
    """The table of items that a page shows."""
    return table_with(app, "cluster name")


def drawn(app):
    """What our components were sent."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    return [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]


def map_of(app):
    """What the map was sent."""
    return next(data for data in drawn(app) if "colour" in data)
