"""The jobs that find clusters, compare their numbers and check them."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from components.clusters.looked import MAP, ClusterSettings
from components.kit import caching
from components.kit.ask import Request, asking
from embeddings.clusters import Clustering, Scored
from embeddings.clusters.base import Labels
from embeddings.clusters.counts import CountScores
from embeddings.clusters.noise import DRAWS as NOISES
from embeddings.clusters.noise import NoiseComparison
from embeddings.clusters.stability import Stability
from embeddings.projections import Layout
from embeddings.space import Space

MOST_COUNTED = 15
DRAWS = 20


class Checked(NamedTuple):
    """What is checked.

    Attributes:
        space: that of the clusters, or of their map.
        clustering: the clusters.
        layout: the map whose clusters they are; None where they are of the space.
    """

    space: Space
    clustering: Clustering
    layout: Layout | None = None

    @property
    def points(self) -> Space:
        """What the clusters are groups of."""
        return self.space if self.layout is None else caching.space_of_places(self.layout)


def clusters_request(space: Space, settings: ClusterSettings, layout: Layout) -> Request[Scored]:
    """The job that finds clusters; that there are none to find is an answer too, not a failure."""
    asked = {"seed": settings.seed, **settings.params}
    if settings.of == MAP:
        return asking("map clusters", layout, method=settings.method, **asked)
    return asking("clusters", space, method=settings.method, **asked)


def counts_request(space: Space, clustering: Clustering) -> Request[CountScores]:
    """The job that scores 1 to 15 clusters; the number of these does not matter."""
    params = {name: value for name, value in clustering.params.items() if name != "clusters"}
    asked = replace(_light(clustering), labels=np.zeros_like(clustering.labels), params=params)
    return asking("cluster counts", space, asked, most=MOST_COUNTED)


def stability_request(checked: Checked) -> Request[Stability]:
    """The job that looks how well each cluster is found again in 20 bootstrap samples."""
    return asking("cluster stability", checked.points, _light(checked.clustering), draws=DRAWS)


def noise_request(checked: Checked) -> Request[NoiseComparison]:
    """The job that puts the scores of clusters beside those of noise."""
    return asking("clusters of noise", checked.points, _light(checked.clustering), draws=NOISES)


def elsewhere_request(checked: Checked, layout: Layout) -> Request[Labels]:
    """The job that gives the labels of the same method for the places on a map."""
    return asking("clusters like these", layout.coordinates, _light(checked.clustering))


def _light(clustering: Clustering) -> Clustering:
    """The clustering without what no check looks at."""
    return replace(clustering, probabilities=None, merges=None, condensed=None, notes=())
