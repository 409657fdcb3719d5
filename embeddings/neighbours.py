"""Nearest neighbours in the original space, and what a similarity means there."""

from __future__ import annotations

import difflib
from collections.abc import Collection as Container
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError, UnknownItem
from embeddings.metrics import Scores, find_metric, from_cosine
from embeddings.pairs import cross_pairs, pair_distances, some_pairs
from embeddings.ranks import Rows, by_lot, told_apart
from embeddings.space import Space, Vectors

# Cosines worked out in float32 are off by less; what lies as near to the last of a list is looked at in float64.
ROUNDING = 2e-6
# Random pairs: a share of them is off by .1 % where it is 98 % (95 % of draws), by .3 % at most.
PAIRS = 100_000
# Cosines in float32 that differ by less are equal.
TIED = 1e-6
# Cosines that are equal but for the last digits of float64.
SAME = 1e-12


class Neighbours(NamedTuple):
    """The items nearest to a query, nearest first.

    Attributes:
        rows: int32 of shape (k,).
        scores: float64 of shape (k,), in the metric's own unit and direction.
    """

    rows: Rows
    scores: Scores


def nearest(
    space: Space,
    query: int | str | ArrayLike,
    *,
    k: int = 10,
    metric: str = "cosine",
    exclude: Container[int] = (),
) -> Neighbours:
    """The k items nearest to a row, an item of the collection, or a vector, by exact search.

    Between equal scores the lot decides, the same every time.
    By cosine all that float32 cannot tell apart at the end of the list is compared in float64.
    A row or item is not its own neighbour. Fewer than k come back when the collection holds fewer, and when the others
    are all equally far (see `told_apart`); none where nothing is nearer than anything else, as to a vector of length
    zero.

    Raises:
        UnknownItem: the text is not in the collection.
        EmbeddingError: the vector has another dimension or is not finite, or the metric does not exist.
        ValueError: k is not positive.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    vector, own = _resolve(space, query)
    kind = find_metric(metric)
    scores = kind.scores(space, vector)
    away = (1.0 if metric == "cosine" else 0.0) - scores if kind.larger_is_closer else scores.copy()
    banned = np.fromiter({*exclude, *own}, dtype=np.int64)
    away[banned] = np.inf
    count = min(k, len(space) - len(banned))
    if metric == "cosine" and count > 0:
        _look_closer(away, space, vector, count)
        scores = 1 - away
    rows = _top(away, count, own[0] if own else len(space))
    rows = rows[told_apart(away[None], rows[None])[0]]
    return Neighbours(rows, scores[rows])


def find_row(space: Space, item: str) -> int:
    """The first row of an item; upper and lower case are tried as the same.

    Raises:
        UnknownItem: the item is not there; the error carries the nearest spellings.
    """
    rows = space.collection.rows
    if item in rows:
        return rows[item]
    folded = {text.casefold(): row for text, row in reversed(list(rows.items())) if isinstance(text, str)}
    if item.casefold() in folded:
        return folded[item.casefold()]
    raise UnknownItem(item, difflib.get_close_matches(item.casefold(), list(folded)[:50_000], n=3))


def similarity_sample(
    space: Space, *, queries: Space | None = None, metric: str = "cosine", pairs: int = PAIRS, seed: int = 0
) -> Scores:
    """Scores of random pairs of different items: what a score means in this space.

    All pairs where there are at most `pairs`, else as many random ones, drawn with replacement: shape (pairs,) at most.
    In a space of fewer than 2 items there are none.

    Args:
        space: the items that are found.
        queries: what they are asked with, where that is of another kind (texts over pictures); its vectors have the
            dimension of the space. Each of its items makes a pair with each of the space.
        metric: of the scores.
        pairs: how many at most.
        seed: of the draw.
    """
    kind = find_metric(metric)
    if queries is None:
        distances = pair_distances(space.vectors, some_pairs(len(space), pairs, seed=seed), metric)
    else:
        drawn = cross_pairs(len(queries), len(space), pairs, seed=seed)
        distances = pair_distances(queries.vectors, drawn, metric, others=space.vectors)
    if not kind.larger_is_closer:
        return distances
    return 1 - distances if metric == "cosine" else -distances


def least_similar(space: Space, target: int | Vectors, *, k: int) -> tuple[Neighbours, int]:
    """The k items of lowest cosine, lowest first; and how many share the last one, where not all of them are listed.

    What has no direction is left out, and so is the row that is asked about.
    """
    vector, own = _resolve(space, target)
    left_out = {*own, *np.flatnonzero(space.norms == 0).tolist()}
    if not vector.any() or len(left_out) == len(space):
        return Neighbours(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float64)), 0
    found = nearest(space, -vector, k=len(space), exclude=left_out)
    if not len(found.rows):
        return found, 0
    tied = np.abs(found.scores - found.scores[:k][-1]) < TIED
    level, listed = int(tied.sum()), int(tied[:k].sum())
    return Neighbours(found.rows[:k], -found.scores[:k]), level if level > listed else 0


def changed(before: Neighbours, after: Neighbours) -> tuple[list[int], list[int]]:
    """Rows that left the list and rows that came into it, in their order."""
    old, new = before.rows.tolist(), after.rows.tolist()
    return [row for row in old if row not in new], [row for row in new if row not in old]


def rarity(score: float, sample: NDArray[np.floating]) -> str:
    """How rare a cosine is among random pairs, rounded down to the digits that hold: “98 % of random pairs”.

    From 99 % on decimals tell more, as far as they are larger than the error of the sample (95 % of draws).
    """
    share = 100 * np.count_nonzero(sample < score - SAME) / len(sample)
    if share == 100:
        return f"all of {len(sample):,} random pairs"
    error = 1.96 * np.sqrt(share * (100 - share) / len(sample))
    decimals = 0 if share < 99 or error > 0.05 else 1 if error > 0.005 else 2
    shown = np.floor(share * 10**decimals) / 10**decimals
    return f"{shown:.{decimals}f} % of random pairs" if shown else "less than 1 % of random pairs"


def _resolve(space: Space, query: int | str | ArrayLike) -> tuple[Vectors, tuple[int, ...]]:
    if isinstance(query, str):
        query = find_row(space, query)
    if isinstance(query, int | np.integer):
        return space.vectors[query], (int(query) % len(space),)
    vector = np.asarray(query, dtype=np.float32)
    if vector.shape != (space.dimension,):
        raise EmbeddingError(f"A vector of this space has {space.dimension} numbers, got {vector.size}.")
    if not np.isfinite(vector).all():
        raise EmbeddingError("The vector holds a value that is not a finite number.")
    return vector, ()


def _look_closer(away: Scores, space: Space, query: Vectors, k: int) -> None:
    """Put exact values of 1 − cosine in place of those that could be among the k smallest.

    Where vectors share nothing, 1 is exact already. What differs in the thirteenth digit is equal but for rounding.
    """
    last = np.partition(away, k - 1)[k - 1]
    doubtful = np.flatnonzero((away <= last + ROUNDING) & (away != 1))
    digits, power = np.frexp(from_cosine(space.vectors[doubtful], query))
    away[doubtful] = np.ldexp(np.round(digits, 12), power)


def _top(away: Scores, k: int, asking: int) -> Rows:
    if k < 1:
        return np.empty(0, dtype=np.int32)
    rows = np.flatnonzero(away <= np.partition(away, k - 1)[k - 1])
    rows = rows[np.lexsort((by_lot(asking, rows), away[rows]))]
    return rows[:k].astype(np.int32)
