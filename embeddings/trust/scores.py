"""How far a map can be trusted: trustworthiness, continuity and true neighbours kept, for the map and each point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError
from embeddings.projections.base import Layout
from embeddings.ranks import UNRELATED, Nearest, Points, Progress, Ranked, blocks, check_k, scored_rows
from embeddings.space import Space
from embeddings.trust.kept import as_near, chance_shares, kept_shares

PerPoint = NDArray[np.float32]
K = 15


@dataclass(frozen=True, eq=False)
class Trust:
    """How well a map shows who is near to whom; every share is 0 to 1, and larger is better.

    Beyond 20,000 items a random sample of as many is scored, each among all; the others are not a number.

    Attributes:
        k: how many neighbours were looked at.
        metric: of the original space; on the map it is the Euclidean distance.
        trustworthiness: 1 when no point's k neighbours on the map are strangers, lower the farther the strangers truly
            are (Venna & Kaski 2001); about ½ for a map drawn at random.
        continuity: the same with the two spaces exchanged: lower the farther true neighbours are put away.
        kept: mean share of a point's k true neighbours that are among its k nearest on the map, see `kept_shares`.
        chance: the share that a random map would keep: k / (n − 1), more where true neighbours are tied.
        point_trustworthiness: float32 of shape (n,); the mean over the points is that of the map.
        point_continuity: the same.
        point_kept: the same; k (1 − kept) neighbours of a point are missing, and as many are false.
        scored: rows of the points that were scored; points without any true neighbour are not among them.
        tied: share of the scored points whose k-th true neighbour is as near as the next: each of these counts.
        explained: for a linear map the share of the variance that it shows, else None.
    """

    k: int
    metric: str
    trustworthiness: float
    continuity: float
    kept: float
    chance: float
    point_trustworthiness: PerPoint
    point_continuity: PerPoint
    point_kept: PerPoint
    scored: NDArray[np.int64]
    tied: float
    explained: float | None


def trust(
    space: Space,
    layout: Layout,
    *,
    k: int = K,
    metric: str = "cosine",
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Trust:
    """Score one map, see `trust_of_maps`."""
    return trust_of_maps(space, [layout], k=k, metric=metric, seed=seed, on_progress=on_progress)[0]


def trust_of_maps(
    space: Space,
    layouts: Sequence[Layout],
    *,
    k: int = K,
    metric: str = "cosine",
    seed: int = 0,
    on_progress: Progress | None = None,
) -> tuple[Trust, ...]:
    """Score several maps of one space; the distances in the space are worked out once, in blocks of bounded memory.

    What is equally near has the same rank, and of equally near true neighbours those count that the map shows nearest.
    What has nothing in common with a point is no neighbour of it. Where nothing is tied, trustworthiness is that of
    scikit-learn up to the rounding of distances to float32 (about 10⁻⁸ at 5,000 items).

    Args:
        space: more than 2 k items.
        layouts: maps of all its items.
        k: how many neighbours count.
        metric: which neighbours in the space are the true ones.
        seed: of the sample where there are more than 20,000 items.
        on_progress: called with (done, total) points; raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: k is not less than half of the items, all vectors are equal, all points of a map are, or no
            two items have anything in common.
        ValueError: a map has another number of points.
    """
    n = len(space)
    check_k(k, n, most=(n - 1) // 2)
    true, maps = _points(space, metric), [_places(space, layout) for layout in layouts]
    rows = scored_rows(n, seed=seed)
    penalties = np.zeros((len(maps), 2, len(rows)))
    kept = np.zeros((len(maps), len(rows)))
    tied, chance, done = np.zeros(len(rows), dtype=bool), np.zeros(len(rows)), 0
    for part in blocks(rows, n, on_progress):
        here = slice(done, done + len(part))
        original = true.related(part)
        neighbours = original.first(k)
        tied[here], chance[here] = neighbours.tied, chance_shares(original, neighbours.distances)
        for number, places in enumerate(maps):
            drawn = places.ranked(part)
            penalties[number, :, here], kept[number, here] = _held(original, drawn, neighbours)
        done += len(part)
    alone = np.isnan(chance)
    if alone.all():
        raise EmbeddingError("No two items of this space have anything in common, so none has neighbours to keep.")
    about = k, metric, float(tied[~alone].mean()), float(chance[~alone].mean())
    scale = 2 / (k * (2 * n - 3 * k - 1))
    return tuple(
        _trust(layout, about, rows[~alone], 1 - scale * each[:, ~alone], shares[~alone])
        for layout, each, shares in zip(layouts, penalties, kept, strict=True)
    )


def _held(original: Ranked, drawn: Ranked, neighbours: Nearest) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Penalties of false and of missing neighbours, shape (2, m), and the shares kept, shape (m,), of one block."""
    k = neighbours.rows.shape[1]
    shown = drawn.first(k).rows
    listed = neighbours.distances
    found = np.take_along_axis(original.distances, shown, axis=1)
    false = np.where(as_near(found, listed, original.metric), 0, original.ranks(shown))
    true = original.first(k, then=drawn.distances).rows if neighbours.tied.any() else neighbours.rows
    missing = np.where(listed < UNRELATED, drawn.ranks(true), 0)
    return np.stack([_beyond(false, k), _beyond(missing, k)]), kept_shares(found, listed, original.metric)


def _trust(
    layout: Layout,
    how: tuple[int, str, float, float],
    rows: NDArray[np.int64],
    scores: NDArray[np.float64],
    kept: NDArray[np.float64],
) -> Trust:
    k, metric, tied, chance = how
    n = len(layout.coordinates)
    return Trust(
        k=k,
        metric=metric,
        trustworthiness=float(scores[0].mean()),
        continuity=float(scores[1].mean()),
        kept=float(kept.mean()),
        chance=chance,
        point_trustworthiness=_spread(scores[0], rows, n),
        point_continuity=_spread(scores[1], rows, n),
        point_kept=_spread(kept, rows, n),
        scored=rows,
        tied=tied,
        explained=None if layout.linear is None else float(layout.linear.explained.sum()),
    )


def _points(space: Space, metric: str) -> Points:
    points = Points(space.vectors, metric)
    if points.distinct == 1:
        raise EmbeddingError("All vectors of this space are equal, so no item has neighbours that a map could keep.")
    return points


def _places(space: Space, layout: Layout) -> Points:
    if len(layout.coordinates) != len(space):
        raise ValueError(f"the map must have {len(space)} points, got {len(layout.coordinates)}")
    places = Points(layout.coordinates, "Euclidean")
    if places.distinct == 1:
        raise EmbeddingError(f"All points of this {layout.method} map lie on one place, so it shows no neighbours.")
    return places


def _beyond(ranks: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    return np.asarray(np.maximum(ranks - k, 0).sum(axis=1))


def _spread(values: NDArray[np.float64], rows: NDArray[np.int64], n: int) -> PerPoint:
    spread = np.full(n, np.nan, dtype=np.float32)
    spread[rows] = values
    return spread
