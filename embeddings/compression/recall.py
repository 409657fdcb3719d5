"""What smaller vectors cost: recall of the float32 neighbours, for the collection and for one item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compression.methods import Compressed, find_compression
from embeddings.errors import EmbeddingError
from embeddings.ranks import Points, Progress, Rows, blocks, check_k
from embeddings.space import Space

QUERIES = 2_000
TIMES = (4, 10)
PARTS = (2, 4, 8)


class Setting(NamedTuple):
    """A name in COMPRESSIONS, and its number where it takes one."""

    method: str
    amount: int = 0


class Smaller(NamedTuple):
    """What one setting costs.

    Attributes:
        setting: which.
        bytes_per_item: of the form that is searched.
        bytes_kept: of the float32 vector that rescoring looks up, 0 without.
        recall: mean share of an item's k float32 neighbours (cosine) that are found, 0 to 1.
        item_recall: float32 of shape (m,), for each item asked.
        asked: rows of these.
    """

    setting: Setting
    bytes_per_item: int
    bytes_kept: int
    recall: float
    item_recall: NDArray[np.float32]
    asked: NDArray[np.int64]


class LostNeighbours(NamedTuple):
    """The neighbours of one item before and after; rows nearest first.

    Attributes:
        true: its k float32 neighbours.
        found: its k neighbours by the smaller vectors.
        lost: those of `true` that are not found.
        wrong: those of `found` that are not true.
    """

    true: Rows
    found: Rows
    lost: Rows
    wrong: Rows


def usual_settings(space: Space) -> tuple[Setting, ...]:
    """What is worth a row of the table: each method once, those with a number at a few."""
    d = space.dimension
    cuts = dict.fromkeys(d // part for part in PARTS if d // part)
    return (
        Setting("float32"),
        Setting("int8"),
        Setting("int8, one range a vector"),
        Setting("binary"),
        *(Setting("binary, rescored", times) for times in TIMES),
        *(Setting("first components", cut) for cut in cuts),
        *(Setting("principal components", cut) for cut in cuts if cut <= len(space)),
    )


def compress(space: Space, setting: Setting) -> Compressed:
    """Make a space smaller.

    Raises:
        EmbeddingError: there is no such method, its number is out of range, or all vectors are equal.
    """
    if (space.vectors == space.vectors[0]).all():
        raise EmbeddingError("All vectors of this space are equal, so there are no neighbours to lose.")
    return find_compression(setting.method).compress(space, setting.amount)


def compression_recall(
    space: Space,
    settings: Sequence[Setting] | None = None,
    *,
    k: int = 10,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> tuple[Smaller, ...]:
    """Measure settings, each by the neighbours of the same items: all, or 2,000 random ones, each among all.

    Items ask with their own smaller vectors. Between equal distances the lot decides: bits make many such.

    Args:
        space: more than k items.
        settings: by default `usual_settings`.
        k: how many neighbours count.
        seed: of the sample.
        on_progress: called with (done, total) settings; raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: a setting is out of range, k is too large, or all vectors are equal.
    """
    n = len(space)
    check_k(k, n, most=n - 1)
    chosen = usual_settings(space) if settings is None else tuple(settings)
    asked = np.arange(n)
    if n > QUERIES:
        asked = np.sort(np.random.default_rng(seed).choice(n, size=QUERIES, replace=False))
    original = Points(space.vectors, "cosine")
    true = _searched(original, original, 0, asked, k)
    rows = []
    for done, setting in enumerate(chosen, 1):
        small = compress(space, setting)
        found = _searched(Points(small.vectors, small.metric), original, small.rescored, asked, k)
        shares = (true[:, :, None] == found[:, None, :]).any(axis=2).mean(axis=1).astype(np.float32)
        rows.append(Smaller(setting, small.bytes_per_item, small.bytes_kept, float(shares.mean()), shares, asked))
        if on_progress is not None:
            on_progress(done, len(chosen))
    return tuple(rows)


def lost_neighbours(space: Space, small: Compressed, row: int, *, k: int = 10) -> LostNeighbours:
    """What one item loses, quick enough for a slider.

    Raises:
        EmbeddingError: there are not more than k items.
    """
    check_k(k, len(space), most=len(space) - 1)
    at, original = np.array([row]), Points(space.vectors, "cosine")
    true = _searched(original, original, 0, at, k)[0]
    found = _searched(Points(small.vectors, small.metric), original, small.rescored, at, k)[0]
    return LostNeighbours(true, found, true[~np.isin(true, found)], found[~np.isin(found, true)])


def _searched(points: Points, original: Points, times: int, asked: NDArray[np.int64], k: int) -> Rows:
    """The k nearest of each row asked, shape (m, k); with `times`, those of times · k candidates, by the original."""
    found = []
    for part in blocks(asked, len(points)):
        ranked = points.ranked(part)
        if not times:
            found.append(ranked.first(k).rows)
            continue
        candidates = np.sort(ranked.first(min(times * k, len(points) - 1)).rows, axis=1)
        distances = np.take_along_axis(original.among(part), candidates, axis=1)
        order = np.argsort(distances, axis=1, kind="stable")[:, :k]
        found.append(np.take_along_axis(candidates, order, axis=1))
    return np.concatenate(found)
