"""What a score means, in one plain sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from embeddings.trust.islands import IslandStability
from embeddings.trust.point import PointTrust
from embeddings.trust.scores import Trust
from embeddings.trust.seeds import SeedSpread
from embeddings.trust.worst import mostly_false


def trust_sentence(trust: Trust) -> str:
    """“Of each point's 10 true neighbours this map keeps 3.1; by chance it would keep .17.”"""
    if trust.k == 1:
        kept, chance = (f"{100 * share:.1f} %" for share in (trust.kept, trust.chance))
        return f"{kept} of the points keep their nearest neighbour on this map; by chance {chance} would."
    return (
        f"Of each point's {trust.k} true neighbours this map keeps {_count(trust.k * trust.kept)}; "
        f"by chance it would keep {_count(trust.k * trust.chance)}."
    )


def _count(value: float) -> str:
    if value == 0 or value >= 1:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2f}".removeprefix("0") if value >= 0.005 else "less than .01"


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


def outcome(stability: IslandStability, island: int, number: int) -> str:
    """What a map of another seed made of an island, in a few words."""
    if number == 0:
        return "this map"
    appears = "there" if stability.appears[island, number] else "not there"
    return f"{appears}: {100 * stability.jaccard[island, number]:.0f} % shared"


def point_sentence(point: PointTrust) -> str:
    """“Of its 15 true neighbours the map shows 3 near it; the other 12 points near it are strangers.”"""
    k, kept = len(point.true), len(point.kept)
    if not k:
        return "It has nothing in common with any other item, so it has no true neighbours."
    if k == 1:
        return "Its true neighbour is its nearest on the map too." if kept else "Its nearest on the map is a stranger."
    if kept == k:
        return f"All of its {k} true neighbours are its nearest on the map too."
    strangers, near = len(point.false), len(point.shown)
    others = "all points" if strangers == near else f"{strangers} of the {near} points"
    return (
        f"Of its {k} true neighbours the map shows {kept} near it; {others} near it are strangers. The true neighbour "
        f"put farthest away has {int(point.map_ranks.max()) - 1:,} points before it on the map."
    )


def mostly_false_sentence(trust: Trust) -> str:
    """“412 of 600 points (69 %) have mostly false neighbours on this map.”"""
    count = len(mostly_false(trust))
    return f"{share_of_points(count, trust)} {'has' if count == 1 else 'have'} mostly false neighbours on this map."


def share_of_points(count: int, trust: Trust) -> str:
    """“412 of 600 points (69 %)”, of those that are scored."""
    return f"{count:,} of {len(trust.scored):,} points ({100 * count / len(trust.scored):.0f} %)"
