"""Neighbours and points as tables: the pure part, without a page."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.trust import PointTrust, Trust

ITEM = 90
WORDS = {"cosine": "cosine", "dot": "dot product", "Euclidean": "distance"}


def truly_near(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """A point's true neighbours, and where the map put them."""
    k = len(point.shown)
    return pa.table(
        {
            "item": _names(collection, point.true),
            "on the map": [_kept(int(rank), k) for rank in point.map_ranks],
            WORDS[metric]: point.scores[point.true],
        }
    )


def near_on_map(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """What the map shows near a point, and how near that truly is."""
    k = len(point.shown)
    return pa.table(
        {
            "item": _names(collection, point.shown),
            "in the space": [_true(int(rank), k) for rank in point.true_ranks],
            WORDS[metric]: point.scores[point.shown],
        }
    )


def both_lists(collection: Collection, point: PointTrust, *, metric: str) -> pa.Table:
    """Both lists as one table of numbers, for taking away; each row an item that is in either."""
    rows = np.concatenate([point.true, point.false])
    shown = {int(row): place + 1 for place, row in enumerate(point.shown)}
    on_map = {int(row): int(rank) for row, rank in zip(point.true, point.map_ranks, strict=True)} | shown
    truly = {int(row): int(rank) for row, rank in zip(point.shown, point.true_ranks, strict=True)}
    truly |= {int(row): place + 1 for place, row in enumerate(point.true)}
    kinds = {int(row): "kept" for row in point.kept} | {int(row): "missing" for row in point.missing}
    return pa.table(
        {
            "item": [collection.text(int(row)) for row in rows],
            "kind": [kinds.get(int(row), "false") for row in rows],
            "true rank": [truly[int(row)] for row in rows],
            "rank on the map": [on_map[int(row)] for row in rows],
            WORDS[metric]: point.scores[rows],
            "row": [int(row) + 1 for row in rows],
        }
    )


def points_table(collection: Collection, trust: Trust, rows: NDArray[np.integer]) -> pa.Table:
    """Some points with their kept, false and missing neighbours."""
    kept = np.rint(trust.k * trust.point_kept[rows])
    return pa.table(
        {
            "item": [shorten(collection.text(int(row)), ITEM) for row in rows],
            "kept": kept,
            "false": trust.k - kept,
            "missing": trust.k - kept,
            "trustworthiness": trust.point_trustworthiness[rows],
            "continuity": trust.point_continuity[rows],
            "row": [int(row) + 1 for row in rows],
        }
    )


def point_sentence(point: PointTrust) -> str:
    """“Of its 15 true neighbours the map shows 3 near it; the other 12 points near it are strangers.”"""
    k, kept = len(point.true), len(point.kept)
    if not k:
        return "It has nothing in common with any other item, so it has no true neighbours."
    if kept == k:
        return f"All of its {k} true neighbours are its nearest on the map too." if k > 1 else _one(kept=True)
    if k == 1:
        return _one(kept=False)
    worst = int(point.map_ranks.max())
    strangers, near = len(point.false), len(point.shown)
    others = "all points" if strangers == near else f"{strangers} of the {near} points"
    others += " near it are strangers"
    return (
        f"Of its {k} true neighbours the map shows {kept} near it; {others}. The true neighbour put farthest away has "
        f"{worst - 1:,} points before it on the map."
    )


def _one(*, kept: bool) -> str:
    return "Its true neighbour is its nearest on the map too." if kept else "Its nearest on the map is a stranger."


def _names(collection: Collection, rows: NDArray[np.integer]) -> list[str]:
    return [shorten(collection.text(int(row)), ITEM) for row in rows]


def _kept(rank: int, k: int) -> str:
    return f"✓ {rank}" if rank <= k else f"○ {rank:,}"


def _true(rank: int, k: int) -> str:
    return f"✓ {rank}" if rank <= k else f"× {rank:,}"
