"""Neighbours as tables: the pure part, without a page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.text import shorten
from embeddings.metrics import METRICS
from embeddings.neighbours import Neighbours
from embeddings.space import Space


def neighbour_table(space: Space, found: Neighbours, sample: NDArray[np.float32], *, metric: str) -> pa.Table:
    """Rank, item, score and how rare such a score is among random pairs (percentile), one row a neighbour."""
    return pa.table(
        {
            "rank": np.arange(1, len(found.rows) + 1),
            "item": [shorten(space.collection.text(int(row)), 120) for row in found.rows],
            "score": found.scores,
            "closer than": percentile(found.scores, sample, metric=metric),
            "row": found.rows,
        }
    )


def percentile(scores: NDArray[np.float32], sample: NDArray[np.float32], *, metric: str) -> NDArray[np.float64]:
    """Share of random pairs that are less near than each score, 0 to 100."""
    if not len(sample):
        return np.full(len(scores), np.nan)
    ordered = np.sort(sample)
    if METRICS[metric].larger_is_closer:
        return 100 * np.searchsorted(ordered, scores, side="left") / len(ordered)
    return 100 * (1 - np.searchsorted(ordered, scores, side="right") / len(ordered))


def side_by_side(space: Space, found: Mapping[str, Neighbours]) -> pa.Table:
    """The lists of several metrics beside each other; ↑ ↓ mark a place that differs from the first metric's, ● a new item."""
    first = next(iter(found.values()))
    places = {int(row): place for place, row in enumerate(first.rows)}
    columns: dict[str, list[object]] = {"rank": list(range(1, len(first.rows) + 1))}
    for number, (metric, neighbours) in enumerate(found.items()):
        names = [
            shorten(space.collection.text(int(row)), 60) + ("" if number == 0 else _mark(places.get(int(row)), place))
            for place, row in enumerate(neighbours.rows)
        ]
        columns[metric] = list(names)
        columns[f"{metric} score"] = [float(score) for score in neighbours.scores]
    return pa.table(columns)


def changed(before: Neighbours, after: Neighbours) -> tuple[list[int], list[int]]:
    """Rows that left the list and rows that came into it, in their order."""
    old, new = before.rows.tolist(), after.rows.tolist()
    return [row for row in old if row not in new], [row for row in new if row not in old]


def _mark(old: int | None, place: int) -> str:
    if old is None:
        return "  ●"
    if old == place:
        return ""
    return f"  ↑{old - place}" if old > place else f"  ↓{place - old}"
