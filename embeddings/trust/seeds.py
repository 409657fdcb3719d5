"""The same map drawn with several seeds: laid over the first, and how far each point wanders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.alignment import Places, align
from embeddings.errors import EmbeddingError
from embeddings.projections.base import Layout


class SeedSpread(NamedTuple):
    """Maps laid over the first one.

    Attributes:
        places: float32 of shape (maps, n, dims); the first map is as it was.
        spread: float32 of shape (n,): root mean square distance of a point's places from their mean, in the unit of the
            first map: the radius of its halo. Smaller is surer.
        relative: root mean square of the spread over that of the first map's points around their middle; 1 would be
            as wide as the map.
        disparities: how badly each map lies over the first, 0 to 1, see `Alignment`.
    """

    places: NDArray[np.float32]
    spread: Places
    relative: float
    disparities: tuple[float, ...]


def seed_spread(layouts: Sequence[Layout]) -> SeedSpread:
    """Lay maps of the same items over the first by shift, rotation, reflection and scale, and measure the spread.

    A stable place is no proof that a place is right: all seeds share the method's habits. A map whose islands change
    places has a large spread although each island may be stable, see `island_stability`.

    Raises:
        EmbeddingError: there is one map only, or all points of a map lie on one place.
        ValueError: the maps have different numbers of points.
    """
    if len(layouts) < 2:
        raise EmbeddingError("A spread over seeds needs at least 2 maps.")
    first = layouts[0].coordinates
    for layout in layouts:
        if (layout.coordinates == layout.coordinates[0]).all():
            raise EmbeddingError(f"All points of the {layout.method} map of seed {layout.seed} lie on one place.")
    aligned = [align(layout.coordinates, first) for layout in layouts[1:]]
    places = np.stack([first, *(each.places for each in aligned)])
    squares = np.square(places - places.mean(axis=0)).sum(axis=2).mean(axis=0)
    own = np.square(first - first.mean(axis=0)).sum(axis=1).mean()
    return SeedSpread(
        places,
        np.sqrt(squares).astype(np.float32),
        float(np.sqrt(squares.mean() / own)),
        (0.0, *(each.disparity for each in aligned)),
    )
