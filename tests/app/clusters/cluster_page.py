"""What the Clusters page shows, and what its parts are given."""

import numpy as np
from components.clusters.controls import usual_layout
from components.clusters.looked import ClusterSettings, Looked
from driving import data_of

from embeddings.clusters import Clustering
from embeddings.clusters.scores import cluster_scores

PCA = usual_layout("PCA")
DRAWN = {"drawn_by": "PCA"}
TOPICS = ("apples pears fruit", "rain snow weather", "trains rails travel")


def looked_at(space, clustering, layout, names=None, settings=None):
    names = tuple(names or (f"name {number}" for number in range(clustering.count)))
    return Looked(
        space, clustering, "key", cluster_scores(space, clustering), settings or ClusterSettings(), layout, PCA, names
    )


def labelled(labels, method="K-means", **more):
    return Clustering(np.array(labels), method, {"clusters": 3, "metric": "cosine"}, 0, **more)


def list_of(app):
    """The table of clusters that a page shows."""
    return next(each.value for each in app.dataframe if "name" in each.value.columns and "items" in each.value.columns)


def items_of(app):
    """The table of items that a page shows."""
    return next(each.value for each in app.dataframe if "cluster name" in each.value.columns)


def drawn(app):
    """What our components were sent."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    return [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]


def map_of(app):
    """What the map was sent."""
    return next(data for data in drawn(app) if "colour" in data)
