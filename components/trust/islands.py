"""Islands over several seeds, in words, colours, names and tables: the pure part."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.map import Colouring, MapName, by_number
from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.trust import IslandStability, SeedSpread

NAMED = 40


def islands_sentence(stability: IslandStability) -> str:
    """“Of 21 islands on this map 5 appear on all 5 maps and 8 on this one only.”"""
    counts, maps = stability.counts, stability.appears.shape[1]
    if not len(counts):
        return "This map has no islands: nothing on it stands apart."
    always, once = int((counts == maps).sum()), int((counts == 1).sum())
    if len(counts) == 1:
        return f"The one island of this map appears on {int(counts[0])} of {maps} maps."
    come = "appears" if always == 1 else "appear"
    return f"Of {len(counts)} islands on this map {always} {come} on all {maps} maps and {once} on this one only."


def spread_sentence(found: SeedSpread) -> str:
    """How far points wander, as a share of the map’s size."""
    return (
        f"Laid over each other, a point lies {100 * found.relative:.0f} % of the map’s spread away from its mean place "
        "(100 %: as if it were put anywhere)."
    )


def island_colours(stability: IslandStability) -> Colouring:
    """Each point by how many maps show its island; points between islands have none."""
    labels, maps = stability.islands.labels, stability.appears.shape[1]
    counts = np.append(stability.counts.astype(np.float32), np.nan)
    return by_number(f"maps that show its island, of {maps}", counts[labels], low=1, high=maps)


def island_names(stability: IslandStability, places: NDArray[np.float32]) -> list[MapName]:
    """“4 of 5” at the middle of each island, the largest first."""
    maps = stability.appears.shape[1]
    names = []
    for island in range(min(NAMED, len(stability.counts))):
        middle = np.median(places[members(stability, island)], axis=0)
        names.append(MapName(f"{stability.counts[island]} of {maps}", tuple(map(float, middle))))
    return names


def members(stability: IslandStability, island: int) -> NDArray[np.intp]:
    """Rows of an island’s points."""
    return np.flatnonzero(stability.islands.labels == island)


def heart(stability: IslandStability, island: int, places: NDArray[np.float32]) -> int:
    """The row nearest to an island’s middle."""
    rows = members(stability, island)
    away = np.linalg.norm(places[rows] - np.median(places[rows], axis=0), axis=1)
    return int(rows[away.argmin()])


def island_table(collection: Collection, stability: IslandStability, places: NDArray[np.float32]) -> pa.Table:
    """Islands with what lies at their heart, the largest first."""
    maps = stability.appears.shape[1]
    hearts = [heart(stability, island, places) for island in range(len(stability.counts))]
    return pa.table(
        {
            "around": [shorten(collection.text(row), 60) for row in hearts],
            "points": list(stability.islands.sizes),
            "appears on": [f"{count} of {maps}" for count in stability.counts],
            "mean overlap": stability.jaccard[:, 1:].mean(axis=1) if len(hearts) else np.zeros(0),
        }
    )


def member_table(
    collection: Collection, stability: IslandStability, island: int, spread: NDArray[np.float32]
) -> pa.Table:
    """An island’s points with how far each wanders, in the map’s unit."""
    rows = members(stability, island)
    return pa.table(
        {
            "item": [shorten(collection.text(int(row)), 90) for row in rows],
            "wanders by": spread[rows],
            "row": [int(row) + 1 for row in rows],
        }
    )
