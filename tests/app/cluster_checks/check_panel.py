"""The buttons of the panel of checks, and clusters for its parts."""

import numpy as np

from embeddings.clusters import Clustering

AGAIN, IN_NOISE, ON_MAP = "Cluster 20 samples again", "Cluster 5 sets of noise", "Cluster the map too"


def clustering_of(labels, method="K-means"):
    return Clustering(np.array(labels), method, {"metric": "cosine"}, 0)


def called(count):
    return tuple(f"cluster {number + 1}" for number in range(count))


def buttons(app):
    return [button.label for button in app.button]
