"""Why an island is no proof of a group, said about one island: the pure part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from components.kit.map import Colouring
from embeddings.trust import IslandStability

KINDS = ("on it here too", "left out here", "only here")


def telling_island(stability: IslandStability) -> int | None:
    """The largest island that at most half of the maps show; where all come back, the one that fewest show."""
    counts, maps = stability.counts, stability.appears.shape[1]
    if not len(counts):
        return None
    rare = np.flatnonzero(counts <= maps / 2)
    return int(rare[0]) if len(rare) else int(counts.argmin())


def proof_sentence(stability: IslandStability, island: int) -> str:
    """What it means that an island comes back so often."""
    count, maps = int(stability.counts[island]), stability.appears.shape[1]
    if count == maps:
        return "Every seed draws it, which makes it a habit of the method in this space, but not yet a group."
    if count == 1:
        return "No other seed draws it: it says more about the random start than about the data."
    others = maps - count
    draw = "does" if others == 1 else "do"
    return f"{others} of the {maps - 1} other seeds {draw} not draw it, so seeing it on one map proves nothing."


def inside_sentence(stability: IslandStability, island: int, inside: NDArray[np.float64], k: int) -> str:
    """How many true neighbours an island's points have on it, beside a random island of its size."""
    size, n = stability.islands.sizes[island], len(stability.islands.labels)
    random = (size - 1) / (n - 1)
    return (
        f"Of its points’ {k} true neighbours {100 * inside[island]:.0f} % lie on it too ({100 * random:.0f} % on a "
        "random island as large); the rest lie outside, whatever the gap around it suggests."
    )


def island_on(stability: IslandStability, island: int, number: int) -> Colouring:
    """What a map made of an island of the first: points that stayed, were left out, or came to it; all others grey."""
    own = stability.labels[0] == island
    there = np.zeros(len(own), dtype=bool)
    there[stability.counterpart(island, number)] = True
    kinds = [own & there, own & ~there, there & ~own]
    codes = np.select(kinds, [0, 1, 2], np.nan).astype(np.float32)
    return Colouring("categorical", "island", codes, KINDS, tuple(int(each.sum()) for each in kinds))


def outcome(stability: IslandStability, island: int, number: int) -> str:
    """What a map of another seed made of an island, in a few words."""
    if number == 0:
        return "this map"
    appears = "there" if stability.appears[island, number] else "not there"
    return f"{appears}: {100 * stability.jaccard[island, number]:.0f} % shared"


def hull(places: NDArray[np.float32]) -> list[tuple[float, float]]:
    """The corners of the smallest convex outline around points of a 2D map (Andrew 1979), in order."""
    points = sorted(set(map(tuple, places.tolist())))
    return _bend(points) + _bend(points[::-1])


def _bend(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """One side of the outline, without its last point."""
    side: list[tuple[float, float]] = []
    for point in points:
        while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
            side.pop()
        side.append(point)
    return side[:-1]


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
