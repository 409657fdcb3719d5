"""The tables of the page on pictures and texts: recall before and after, and every step of closing the gap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.joint.charts import DIRECTIONS, Direction, recalls_of
from components.kit.words import shorten
from embeddings.gap import ModalityGap
from embeddings.intervals import Interval
from embeddings.joint import Rows
from embeddings.retrieval import GapSweep
from embeddings.space import Space
from embeddings.units import unit


def percent(interval: Interval) -> str:
    """A share with its interval: “81 % [77, 85]”."""
    return f"{100 * interval.share:.0f} % [{100 * interval.low:.0f}, {100 * interval.high:.0f}]"


def before_and_after(sweep: GapSweep, direction: Direction, share: float) -> pa.Table:
    """Recall at each k as the space is, with the gap partly closed, and by chance."""
    found = recalls_of(sweep, direction)
    first, now = found[0], found[step_of(sweep, share)]
    columns = {"among the": [f"first {k}" if k > 1 else "first" for k in first.k]}
    columns["as it is"] = [percent(each) for each in first.shares]
    if share:
        columns[f"{share:.0%} closed"] = [percent(each) for each in now.shares]
    return pa.table(columns | {"chance": [f"{100 * chance:.1f} %" for chance in first.chance]})


def step_of(sweep: GapSweep, share: float) -> int:
    """The step of a sweep that is nearest to a share."""
    return int(np.abs(np.array(sweep.shares) - share).argmin())


def every_step(sweep: GapSweep) -> pa.Table:
    """Gap, mean cosines and recall both ways with their intervals, one row a step."""
    columns: dict[str, list[float]] = {"closed": list(sweep.shares)}
    columns["gap"] = [gap.size for gap in sweep.gaps]
    columns["gap by chance"] = [gap.by_chance for gap in sweep.gaps]
    for name in ("within_pictures", "within_texts", "across", "pairs"):
        columns[f"mean cosine {name.replace('_', ' ')}"] = [_mean(gap, name) for gap in sweep.gaps]
    for direction in DIRECTIONS if sweep.retrievals else ():
        found = recalls_of(sweep, direction)
        for number, k in enumerate(found[0].k):
            for end in Interval._fields:
                label = f"{direction} recall@{k}" + ("" if end == "share" else f" {end}")
                columns[label] = [float(getattr(each.shares[number], end)) for each in found]
            columns[f"{direction} chance@{k}"] = [each.chance[number] for each in found]
    return pa.table(columns)


def nearest_of_other_kind(space: Space, row: int, rows: Rows, *, k: int) -> tuple[Rows, NDArray[np.float32]]:
    """Of some rows the k nearest to an item by cosine, nearest first, and their cosines; ties in row order."""
    cosines = unit(space.vectors[rows]) @ unit(space.vectors[row])
    order = np.argsort(-cosines, kind="stable")[:k]
    return rows[order], cosines[order]


def names_of(space: Space, rows: Sequence[int], length: int = 80) -> list[str]:
    """What items are called, on one line each."""
    return [shorten(space.collection.text(int(row)), length) for row in rows]


def _mean(gap: ModalityGap, name: str) -> float:
    cosines = getattr(gap, name)
    return float(cosines.mean()) if len(cosines) else float("nan")
