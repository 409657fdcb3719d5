"""The geometry card: what a space is like as a cloud of points, before anything is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.geometry.dimension import IntrinsicDimension, intrinsic_dimension
from embeddings.geometry.hubs import Hubness, hubness
from embeddings.geometry.spectrum import Spectrum, spectrum
from embeddings.graph import KnnGraph
from embeddings.space import Space, Vectors
from embeddings.units import unit

BINS = 30


class Norms(NamedTuple):
    """Lengths of the vectors.

    Attributes:
        counts: items in each bin, shape (b,).
        edges: of the bins, shape (b + 1,).
        smallest, median, largest: lengths.
        zero: vectors of length 0, which have no direction and a cosine of 0 with everything.
        all_one: whether all have length 1 up to rounding, so that length says nothing.
    """

    counts: NDArray[np.int64]
    edges: NDArray[np.float64]
    smallest: float
    median: float
    largest: float
    zero: int
    all_one: bool


@dataclass(frozen=True, eq=False)
class Geometry:
    """What a space is like.

    Attributes:
        mean_cosine: anisotropy, see `mean_cosine`.
        hubness: who crowds into the lists of others.
        dimension: how many dimensions the items fill locally; None where too few items differ.
        spectrum: how evenly the variance is spread.
        norms: lengths of the vectors.
        copies: items whose vector an earlier item has too.
        items, components: n and d.
    """

    mean_cosine: float
    hubness: Hubness
    dimension: IntrinsicDimension | None
    spectrum: Spectrum
    norms: Norms
    copies: int
    items: int
    components: int


def geometry(space: Space, graph: KnnGraph, *, k: int = 10) -> Geometry:
    """Work out the card from a space and its shared graph; seconds for 20,000 items.

    Args:
        space: at least 3 items that are not all equal.
        graph: of this space; for intrinsic dimension best with 20 neighbours or more.
        k: length of the lists in which hubs are counted.

    Raises:
        EmbeddingError: there are fewer than 3 items, or all vectors are equal.
    """
    n = len(space)
    if n < 3:
        raise EmbeddingError(f"Geometry needs at least 3 items, this collection has {n}.")
    if (space.vectors == space.vectors[0]).all():
        raise EmbeddingError("All vectors of this space are equal: one point has no geometry.")
    try:
        dimension = intrinsic_dimension(space, graph)
    except EmbeddingError:
        dimension = None
    return Geometry(
        mean_cosine(space.vectors),
        hubness(graph, k=k),
        dimension,
        spectrum(space),
        norms(space),
        n - len({row.tobytes() for row in space.vectors}),
        n,
        space.dimension,
    )


def mean_cosine(vectors: Vectors) -> float:
    """Mean cosine of all pairs of different items, exactly: (‖Σ u‖² − Σ ‖u‖²) / (n (n − 1)) over unit vectors.

    Anisotropy (Ethayarajh 2019): about 0 for directions spread evenly, near 1 for a narrow cone.
    """
    n = len(vectors)
    if n < 2:
        raise ValueError(f"vectors must hold at least 2 items, got {n}")
    units = unit(vectors)
    total = units.sum(axis=0, dtype=np.float64)
    own = float(np.square(units.astype(np.float64)).sum())
    return float((total @ total - own) / (n * (n - 1)))


def norms(space: Space) -> Norms:
    """Lengths of the vectors as a histogram of 30 bins, or of one where all lengths are the same up to rounding."""
    lengths = space.norms.astype(np.float64)
    even = float(np.ptp(lengths)) <= 1e-3 * float(lengths.max())
    counts, edges = np.histogram(lengths, bins=1 if even else BINS)
    return Norms(
        counts,
        edges,
        float(lengths.min()),
        float(np.median(lengths)),
        float(lengths.max()),
        int((lengths == 0).sum()),
        bool(np.abs(lengths - 1).max() < 1e-2),
    )
