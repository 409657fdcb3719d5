"""What a projection gives: places in 2 or 3 dimensions, and how they came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from embeddings.parameters import Parameter

Coordinates = NDArray[np.float32]
# Between a map and what is drawn beside it, as a share of the map's size.
GAP = 0.15


@dataclass(frozen=True)
class ProjectionSpec:
    """One row of the table of projections.

    Attributes:
        summary: one sentence in plain words: what it keeps and what it may distort.
        factory: `"module:function"`; the function takes (space, graph, dims, seed, **params) and gives a Layout.
        parameters: its own settings by name.
        neighbours: how many neighbours of the shared graph it needs, as the name of a parameter; empty for none.
        metric: whether it asks for a metric.
        quick: whether it takes about a second where others take many.
        reference: author, year.
    """

    summary: str
    factory: str
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    neighbours: str = ""
    metric: bool = False
    quick: bool = False
    reference: str = ""


def beside(places: Coordinates, joined: NDArray[np.intp], n: int, seed: int) -> Coordinates:
    """A map of all n items from the places of some: the others are strewn over a strip below, shape (n, dims).

    The strip is as wide as the map, its height grows with how many stand in it, and who stands where says nothing.
    """
    m, dims = places.shape
    coordinates = np.empty((n, dims), dtype=np.float32)
    coordinates[joined] = places
    if m == n:
        return coordinates
    low, high = (places.min(axis=0), places.max(axis=0)) if m > 1 else (np.zeros(dims), np.ones(dims))
    size = np.maximum(high - low, 0.1 * float((high - low).max()) or 1)
    size[1] *= min(0.5, (n - m) / max(1, m))
    size[1] = max(size[1], 0.05 * size[0])
    corner = low.astype(np.float64)
    corner[1] -= GAP * float((high - low).max() or 1) + size[1]
    alone = np.setdiff1d(np.arange(n), joined)
    coordinates[alone] = corner + size * np.random.default_rng(seed).uniform(size=(n - m, dims))
    return coordinates


@dataclass(frozen=True, eq=False)
class LinearMap:
    """Centre and axes of a linear projection: place = (vector − mean) · axesᵀ.

    Attributes:
        mean: shape (d,).
        axes: orthonormal rows, shape (dims, d).
        explained: share of the variance along each axis, shape (dims,).
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    explained: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Layout:
    """A map: one place for each item.

    Attributes:
        coordinates: float32 of shape (n, dims), read-only.
        method: registry name of the projection.
        params: the settings as they were used (bounded by the number of items).
        seed: the seed of its random steps.
        linear: present where the projection is linear, so that new vectors have an exact place.
    """

    coordinates: Coordinates
    method: str
    params: Mapping[str, float | str]
    seed: int
    linear: LinearMap | None = None

    def __post_init__(self) -> None:
        coordinates = np.ascontiguousarray(self.coordinates, dtype=np.float32)
        if coordinates is self.coordinates and coordinates.flags.writeable:
            coordinates = coordinates.copy()
        coordinates.setflags(write=False)
        object.__setattr__(self, "coordinates", coordinates)

    def __len__(self) -> int:
        return len(self.coordinates)

    @property
    def dims(self) -> int:
        """2 or 3."""
        return int(self.coordinates.shape[1])
