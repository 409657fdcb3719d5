"""The table of clusterings."""

from __future__ import annotations

from types import MappingProxyType

from embeddings.clusters.base import ClusteringSpec
from embeddings.errors import EmbeddingError
from embeddings.parameters import Parameter

MOST_CLUSTERS = 500
# The distances of all pairs, twice: 15,000 items take 1.8 GB.
MOST_PAIRED = 15_000
MOST_DENSITY = 200_000

_CLUSTERS = Parameter(10, 2, MOST_CLUSTERS, 1, "How many clusters there shall be.")

CLUSTERINGS: dict[str, ClusteringSpec] = {
    "K-means": ClusteringSpec(
        "Splits the items into the number of round groups you ask for, even if there are none.",
        "embeddings.clusters.kmeans:kmeans",
        MappingProxyType(
            {
                "clusters": _CLUSTERS,
                "restarts": Parameter(10, 1, 50, 1, "How many random starts are tried; the tightest result counts."),
            }
        ),
        quick=True,
        reference="Lloyd 1982; Arthur & Vassilvitskii 2007",
    ),
    "HDBSCAN": ClusteringSpec(
        "Dense regions of any shape, however many there are; what lies between is noise. In spaces of hundreds of "
        "dimensions that is often most items.",
        "embeddings.clusters.hdbscan:hdbscan",
        MappingProxyType(
            {
                "min_cluster_size": Parameter(10, 2, 1000, 1, "The fewest items that count as a cluster."),
                "min_samples": Parameter(5, 1, 100, 1, "How many items, itself counted, must be near."),
                "noise_to_nearest": Parameter(
                    0, 0, 1, 1, "Gives each item of the noise to the cluster of the nearest item that has one.", True
                ),
            }
        ),
        most=MOST_DENSITY,
        reference="Campello, Moulavi & Sander 2013",
    ),
    "Ward": ClusteringSpec(
        "Merges the two groups that grow least wide by it, again and again: a tree that can be cut anywhere.",
        "embeddings.clusters.agglomerative:ward",
        MappingProxyType({"clusters": _CLUSTERS}),
        most=MOST_PAIRED,
        merges=True,
        reference="Ward 1963",
    ),
    "Average linkage": ClusteringSpec(
        "Merges the two groups whose items are nearest on average. It can end as one giant cluster and a few strays.",
        "embeddings.clusters.agglomerative:average",
        MappingProxyType({"clusters": _CLUSTERS}),
        most=MOST_PAIRED,
        merges=True,
        reference="Sokal & Michener 1958",
    ),
    "Gaussian mixture": ClusteringSpec(
        "Overlapping clouds of one common shape; every item has a probability for its cloud.",
        "embeddings.clusters.mixture:mixture",
        MappingProxyType(
            {
                "clusters": _CLUSTERS,
                "dimensions": Parameter(30, 2, 200, 1, "How many principal components it looks at."),
                "restarts": Parameter(3, 1, 20, 1, "How many random starts are tried; the likeliest result counts."),
            }
        ),
        most=200_000,
        reference="Dempster, Laird & Rubin 1977",
    ),
}


def find_clustering(method: str) -> ClusteringSpec:
    """The table's row of a method.

    Raises:
        EmbeddingError: there is no such method.
    """
    if method not in CLUSTERINGS:
        raise EmbeddingError(f"There is no clustering “{method}”; choose one of {', '.join(CLUSTERINGS)}.")
    return CLUSTERINGS[method]
