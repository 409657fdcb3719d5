"""Do neighbours on the map carry the same label, and do they in the original space?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.labelled import labelled, same_by_chance
from embeddings.projections.base import Layout
from embeddings.ranks import Points, check_k, nearest_rows, scored_rows
from embeddings.space import Space


class NeighbourhoodHit(NamedTuple):
    """Shares of neighbours with the same label, 0 to 1; a map above its space shows more order than there is.

    Attributes:
        on_map: mean over the items (Paulovich et al. 2008).
        in_space: the same with the true neighbours.
        chance: probability that two random labelled items have the same label.
        point_on_map: float32 of shape (n,); not a number for items without a label, or left out of a sample.
    """

    on_map: float
    in_space: float
    chance: float
    point_on_map: NDArray[np.float32]


def neighbourhood_hit(
    space: Space, layout: Layout, labels: Sequence[Any], *, k: int = 15, metric: str = "cosine"
) -> NeighbourhoodHit:
    """Share of each labelled item's k nearest labelled items that have its label, on the map and in the space.

    Items without a label are neither asked nor neighbours; ties as in `trust`.

    Raises:
        EmbeddingError: fewer than 2 labels, or not more than k labelled items.
        ValueError: there are not as many labels, or points on the map, as items.
    """
    if len(layout.coordinates) != len(space):
        raise ValueError(f"the map must have {len(space)} points, got {len(layout.coordinates)}")
    rows, codes, _, _ = labelled(labels, len(space))
    check_k(k, len(rows), most=len(rows) - 1)
    asked = scored_rows(len(rows))
    shares = []
    for vectors, how in ((layout.coordinates, "Euclidean"), (space.vectors, metric)):
        found = nearest_rows(Points(vectors[rows], how), k, of=asked).rows
        shares.append((codes[found] == codes[asked, None]).mean(axis=1))
    each = np.full(len(space), np.nan, dtype=np.float32)
    each[rows[asked]] = shares[0]
    return NeighbourhoodHit(float(shares[0].mean()), float(shares[1].mean()), same_by_chance(codes), each)
