"""Neighbours as tables: the pure part, without a page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.pictures import picture_column
from components.kit.words import shorten
from components.neighbours.lookup import Query
from embeddings.metrics import METRICS
from embeddings.neighbours import Neighbours, nearest
from embeddings.reading.wording import several
from embeddings.space import Space, Vectors
from embeddings.store import is_given

# Cosines in float32 that differ by less are equal.
TIED = 1e-6

SAME = 1e-12


def percentile(scores: NDArray[np.floating], sample: NDArray[np.floating], *, metric: str) -> NDArray[np.float64]:
    """Share of random pairs that are less near than each score, 0 to 100; what differs by rounding is equal."""
    if not len(sample):
        return np.full(len(scores), np.nan)
    # Counting for each of a few scores takes a hundredth of the time of sorting the sample.
    if METRICS[metric].larger_is_closer:
        less = [np.count_nonzero(sample < score - SAME) for score in scores]
    else:
        less = [np.count_nonzero(sample > score + SAME) for score in scores]
    return 100 * np.array(less, np.float64) / len(sample)


def rarity(score: float, sample: NDArray[np.floating], *, metric: str = "cosine") -> str:
    """How rare a score is among random pairs, rounded down to the digits that hold: “98 % of random pairs”.

    From 99 % on decimals tell more, as far as they are larger than the error of the sample (95 % of draws).
    """
    share = float(percentile(np.array([score]), sample, metric=metric)[0])
    if share == 100:
        return f"all of {len(sample):,} random pairs"
    error = 1.96 * np.sqrt(share * (100 - share) / len(sample))
    decimals = 0 if share < 99 or error > 0.05 else 1 if error > 0.005 else 2
    shown = np.floor(share * 10**decimals) / 10**decimals
    return f"{shown:.{decimals}f} % of random pairs" if shown else "less than 1 % of random pairs"


def list_note(space: Space, vector: Vectors, found: Neighbours, k: int, noun: str = "item") -> str:
    """Why a list of the k nearest is shorter than asked for, or no answer, in a sentence; empty where it is whole."""
    if len(found.rows) >= min(k, len(space) - 1):
        return ""
    if not vector.any():
        known = "" if is_given(space.encoder) else ": the encoder knows nothing of it"
        return f"No answer. Its vector has length zero{known}, so everything is equally near."
    if not len(found.rows):
        return f"No answer. No {noun} is nearer to it than the others: all are equally near."
    are = several(len(found.rows), f"{noun} is", f"{noun}s are")
    return f"Only {are} nearer than the rest: the others are all equally far, so none of them is listed."


def side_by_side(space: Space, found: Mapping[str, Neighbours]) -> pa.Table:
    """The lists of several metrics; ↑ ↓ mark a place that differs from the first metric's, ● an item it lacks."""
    first = next(iter(found.values()))
    places = {int(row): place for place, row in enumerate(first.rows)}
    longest = max(len(neighbours.rows) for neighbours in found.values())
    columns: dict[str, list[object]] = {"rank": list(range(1, longest + 1))}
    for number, (metric, neighbours) in enumerate(found.items()):
        names = [
            shorten(space.collection.text(int(row)), 60) + ("" if number == 0 else _mark(places.get(int(row)), place))
            for place, row in enumerate(neighbours.rows)
        ]
        missing = [None] * (longest - len(names))
        columns[metric] = [*names, *missing]
        columns[f"{metric} score"] = [*(float(score) for score in neighbours.scores), *missing]
    return pa.table(columns)


def with_pictures(space: Space, table: pa.Table, found: Mapping[str, Neighbours]) -> pa.Table:
    """The same lists with a column of thumbnails before each metric's items, for `st.dataframe`."""
    columns: dict[str, object] = {}
    for name in table.column_names:
        if name in found:
            pictures = picture_column(space.collection, found[name].rows.tolist()).to_pylist()
            columns[f"{name} picture"] = pa.array([*pictures, *[None] * (table.num_rows - len(pictures))], pa.string())
        columns[name] = table.column(name)
    return pa.table(columns)


def least_similar(space: Space, query: Query, k: int) -> tuple[Neighbours, int]:
    """The k items of lowest cosine, lowest first; and how many share the last one, where not all of them are listed.

    What has no direction is left out, and so is the query itself.
    """
    vector = query.vector(space)
    own = {query.target} if isinstance(query.target, int) else set()
    left_out = own.union(np.flatnonzero(space.norms == 0).tolist())
    if not vector.any() or len(left_out) == len(space):
        return Neighbours(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)), 0
    found = nearest(space, -vector, k=len(space), exclude=left_out)
    if not len(found.rows):
        return found, 0
    level = int((np.abs(found.scores - found.scores[:k][-1]) < TIED).sum())
    listed = int((np.abs(found.scores[:k] - found.scores[:k][-1]) < TIED).sum())
    return Neighbours(found.rows[:k], -found.scores[:k]), level if level > listed else 0


def in_powers(table: pa.Table) -> pa.Table:
    """The same lists with scores as powers of ten where three decimals would say nothing or run out of the column."""
    for place, name in enumerate(table.column_names):
        scores = table.column(name).to_pylist() if name.endswith(" score") else []
        largest = max((abs(score) for score in scores if score is not None), default=0)
        if largest >= 1e5 or 0 < largest < 0.01:
            words = [None if score is None else f"{score:.2e}" for score in scores]
            table = table.set_column(place, name, [words])
    return table


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
