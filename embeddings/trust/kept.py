"""Which true neighbours a map keeps: one measure, for the colour of a map and for its scores."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.graph import KnnGraph, unrelated, unrelated_items
from embeddings.pairs import Pairs, pair_distances
from embeddings.projections.base import Layout
from embeddings.ranks import MOST, UNRELATED, Distances, Points, Ranked, Rows, blocks, nearest_rows, rounding
from embeddings.space import Space

ASKED_FOR_CHANCE = 1_000


class NeighboursKept(NamedTuple):
    """What a map keeps of the neighbours in a space.

    Attributes:
        shares: see `kept_shares`, float32 of shape (n,).
        chance: the mean share that a map drawn at random would keep, estimated from 1,000 items.
        unrelated: how many items have nothing in common with any that differs from them.
    """

    shares: NDArray[np.float32]
    chance: float
    unrelated: int


def neighbours_kept(space: Space, graph: KnnGraph, layout: Layout, *, k: int = 10) -> NeighboursKept:
    """The share of each item's true neighbours that a map keeps, from the shared graph: quick, enough for a colour."""
    k, n = min(k, graph.rows.shape[1]), len(space)
    listed = _distances(space, graph.rows[:, :k], graph.metric)
    listed[~graph.related[:, :k]] = UNRELATED
    shown = _shown(layout, k)
    found = _distances(space, shown, graph.metric)
    found[unrelated(space.vectors, shown, found.astype(np.float32), graph.metric)] = UNRELATED
    points = Points(space.vectors, graph.metric)
    shares = kept_shares(found, np.sort(listed, axis=1), points.known_as)
    asked = np.flatnonzero(~np.isnan(shares))
    asked = np.sort(np.random.default_rng(0).permutation(asked)[:ASKED_FOR_CHANCE])
    ranked = (points.related(part) for part in blocks(asked, n))
    chance = [chance_shares(each, each.first(k).distances) for each in ranked]
    return NeighboursKept(
        shares.astype(np.float32),
        float(np.concatenate(chance).mean()) if chance else float("nan"),
        int(unrelated_items(space, graph.metric).sum()),
    )


def kept_shares(shown: NDArray[np.floating], listed: NDArray[np.floating], metric: str) -> NDArray[np.float64]:
    """Share of each item's k true neighbours that are among its k nearest on the map, shape (m,), 0 to 1.

    What is as near as the last true neighbour is as good as that. What is UNRELATED is no neighbour: an item with fewer
    than k has so many, and one without any has no share (not a number).

    Args:
        shown: true distances of the k nearest on the map, shape (m, k).
        listed: those of the k true neighbours, shape (m, k), nearest first.
        metric: of the distances, as `rounding` takes it.
    """
    wanted, last, nearer = _wanted(listed, metric)
    strictly = np.count_nonzero(shown < last - rounding(last, metric), axis=1)
    equal = np.count_nonzero(as_near(shown, listed, metric), axis=1) - strictly
    kept = strictly + np.minimum(equal, wanted - nearer)
    return np.asarray(np.divide(kept, wanted, out=np.full(len(shown), np.nan), where=wanted > 0))


def as_near(shown: NDArray[np.floating], listed: NDArray[np.floating], metric: str) -> NDArray[np.bool_]:
    """Which of the shown are at least as near as the last true neighbour, bool of shape (m, k); see `kept_shares`."""
    _, last, _ = _wanted(listed, metric)
    return np.asarray((shown <= last + rounding(last, metric)) & (shown < UNRELATED))


def chance_shares(ranked: Ranked, listed: Distances) -> NDArray[np.float64]:
    """The share that each of m items would keep on a random map, shape (m,): k / (n − 1) where nothing is tied.

    Args:
        ranked: distances to all n.
        listed: those of the k nearest, shape (m, k), nearest first.
    """
    distances, others, k = ranked.distances, ranked.distances.shape[1] - 1, listed.shape[1]
    wanted, last, nearer = _wanted(listed, ranked.metric)
    slack = rounding(last, ranked.metric).astype(np.float32)
    equal = np.count_nonzero(distances <= last + slack, axis=1) - nearer
    drawn = [_drawn(others, *each, k) for each in zip(equal.tolist(), (wanted - nearer).tolist(), strict=True)]
    kept = nearer * k / others + np.array(drawn)
    return np.asarray(np.divide(kept, wanted, out=np.full(len(kept), np.nan), where=wanted > 0))


def _wanted(
    listed: NDArray[np.floating], metric: str
) -> tuple[NDArray[np.int64], NDArray[np.floating], NDArray[np.int64]]:
    """How many true neighbours each has, the distance of the last of shape (m, 1), and how many are nearer than it."""
    wanted = np.count_nonzero(listed < UNRELATED, axis=1)
    last = np.take_along_axis(listed, np.maximum(wanted - 1, 0)[:, None], axis=1)
    return wanted, last, np.count_nonzero(listed < last - rounding(last, metric), axis=1)


@lru_cache(maxsize=10_000)
def _drawn(others: int, equal: int, places: int, k: int) -> float:
    """How many of some equal items, but at most `places`, are among k drawn from all others, on average."""
    from scipy.stats import hypergeom

    return float(hypergeom.sf(np.arange(places), others, equal, k).sum()) if places else 0.0


def _distances(space: Space, rows: Rows, metric: str) -> NDArray[np.float64]:
    asking = np.repeat(np.arange(len(rows)), rows.shape[1])
    return pair_distances(space.vectors, Pairs(asking, rows.ravel().astype(np.int64)), metric).reshape(rows.shape)


def _shown(layout: Layout, k: int) -> Rows:
    """The k nearest of each on the map, shape (n, k); which of equally near ones is by lot, as in `trust`."""
    from sklearn.neighbors import NearestNeighbors

    n = len(layout.coordinates)
    more = min(k + 1, n - 1)
    distances, rows = NearestNeighbors(n_neighbors=more).fit(layout.coordinates).kneighbors()
    shown: Rows = rows[:, :k].astype(np.int32)
    if more > k:
        tied = np.flatnonzero(distances[:, k] - distances[:, k - 1] <= rounding(distances[:, k], "Euclidean"))
        # Beyond as many the search on the map decides: what lies on one place is mostly equal in the space too.
        tied = tied[:MOST]
        if len(tied):
            shown[tied] = nearest_rows(Points(layout.coordinates, "Euclidean"), k, of=tied).rows
    return shown
