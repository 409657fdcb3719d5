"""What the page looks at: a clustering, how it was asked for, the map it is drawn on, and what clusters are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from components.kit.spaces import LayoutSettings
from embeddings.clusters import Clustering
from embeddings.clusters.scores import ClusterScores
from embeddings.projections import Layout
from embeddings.space import Space

SPACE, MAP = "space", "map"


class ClusterSettings(NamedTuple):
    """How clusters are asked for.

    Attributes:
        method: registry name of the clustering.
        params: the method's own settings, and `metric`.
        seed: of its random steps.
        of: `"space"` for the original space, `"map"` for the places on the 2D map.
    """

    method: str = "K-means"
    params: Mapping[str, float | str] = MappingProxyType({})
    seed: int = 0
    of: str = SPACE


class Looked(NamedTuple):
    """A clustering with all that panels about it need.

    Attributes:
        space: whose items were clustered.
        clustering: the clusters.
        key: stands for the clustering: equal keys, equal labels.
        scores: how well they are separated, in the original space.
        settings: how they were asked for; where `settings.of` is "map" they are those of the layout's places.
        layout: the map that is drawn, in 2 dimensions.
        layout_settings: how it was drawn.
        names: what each cluster is called now, one a cluster, without its number.
    """

    space: Space
    clustering: Clustering
    key: str
    scores: ClusterScores
    settings: ClusterSettings
    layout: Layout
    layout_settings: LayoutSettings
    names: tuple[str, ...]

    @property
    def numbered(self) -> tuple[str, ...]:
        """The names with their numbers before them, so that no two are the same."""
        return tuple(f"{number} · {name}" for number, name in enumerate(self.names, 1))
