"""What changes do to items, in sentences and as a table: to one, and to a sample of a collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.columns import nullable
from embeddings.kinds import kind_of
from embeddings.perturb.movement import Movement, MovementSummary, movement_summary
from embeddings.perturb.table import PERTURBATIONS, find_perturbation
from embeddings.reading.wording import several

# Encoders at half precision give a text slightly other vectors in other batches.
SAME = 0.9995
CHANGED = 300
Moved = tuple[Movement, NDArray[np.bool_]]
Summaries = Mapping[tuple[str, str], MovementSummary]


def moved_sentence(name: str, moved: Movement, noun: str) -> str:
    """What a change did to one item, in a sentence of Markdown; the name must be escaped."""
    kept, had, rank = kept_of(moved), int(moved.had[0]), float(moved.ranks[0])
    if not had:
        return (
            f"**{name}** gives no answer: before the change already, no {noun} is nearer to this one than all the rest."
        )
    if kept is None:
        return f"**{name}** gives no answer: it knows nothing of the changed one, to which everything is equally near."
    if float(moved.cosines[0]) > SAME and rank == 1 and kept == had:
        return f"**{name}** sees no difference."
    still = "its original is still nearest" if rank == 1 else f"its original is only number {rank:,.0f}"
    return f"**{name}**: {still}, and {kept} of {had} neighbours stay."


def kept_of(moved: Movement) -> int | None:
    """How many neighbours the first item keeps; None where it has none before or after."""
    kept = float(moved.kept[0])
    return None if isnan(kept) else round(int(moved.had[0]) * kept)


def changed_rows(collection: Collection, name: str) -> NDArray[np.int64]:
    """The rows that are changed, ascending: those of the change's kind, at most 300 random ones (seed 0)."""
    wanted = find_perturbation(name).kind
    rows = np.array([row for row, item in enumerate(collection.items) if kind_of(item) == wanted], dtype=np.int64)
    if len(rows) <= CHANGED:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, size=CHANGED, replace=False))


def summaries(names: Sequence[str], changes: Sequence[str], each: Sequence[Moved | None]) -> Summaries:
    """What is known of the changes that all encoders have been asked about, change by change."""
    found: dict[tuple[str, str], MovementSummary] = {}
    for place, change in enumerate(changes):
        moved = [one for one in each[place * len(names) : (place + 1) * len(names)] if one is not None]
        if len(moved) == len(names):
            pairs = zip(names, moved, strict=True)
            found |= {(change, name): movement_summary(*one) for name, one in pairs}
    return found


def moved_most(found: Summaries, encoder: str, name: str) -> str:
    """Which change moves an encoder's items most and which least, in Markdown; the name must be escaped."""
    kept = {change: one.kept for (change, whose), one in found.items() if whose == encoder and not isnan(one.kept)}
    if len(kept) < 2:
        return f"**{name}**: too few items were changed to say which change matters most."
    least, most = min(kept, key=lambda change: kept[change]), max(kept, key=lambda change: kept[change])
    return (
        f"**{name}** is moved most by “{least}” (items keep {100 * kept[least]:.0f} % of their neighbours), least by "
        f"“{most}” ({100 * kept[most]:.0f} %).{_no_answer(found, encoder)}"
    )


def _no_answer(found: Summaries, encoder: str) -> str:
    """Where an encoder knows nothing of changed items, and which it had no neighbours for, in sentences."""
    mine = {change: one for (change, whose), one in found.items() if whose == encoder}
    worst = max(mine, key=lambda change: mine[change].lost)
    said = ""
    if mine[worst].lost:
        said += (
            f" After “{worst}” it has no answer for {mine[worst].lost:,} of {mine[worst].changed:,} items, because it "
            "knows nothing that is left in them: they keep no neighbour."
        )
    alone = max(one.alone for one in mine.values())
    if alone:
        said += (
            f" {several(alone, 'item shares', 'items share')} nothing with any other: without neighbours to keep, "
            f"{'it does' if alone == 1 else 'they do'} not count."
        )
    return said


def summary_table(found: Summaries, k: int) -> pa.Table:
    """One row for each change and encoder."""
    each = list(found.values())
    return pa.table(
        {
            "change": [change for change, _ in found],
            "encoder": [encoder for _, encoder in found],
            "same meaning": ["yes" if PERTURBATIONS[change].keeps_meaning else "no" for change, _ in found],
            "items changed": [one.changed for one in each],
            "no answer": [one.lost for one in each],
            "cosine (median)": nullable([one.cosine for one in each]),
            "rank of the original (median)": nullable([one.rank for one in each]),
            "original still nearest": nullable([100 * one.recognised.share for one in each]),
            f"of {k} neighbours kept": nullable([k * one.kept for one in each]),
            "farther than its neighbour": nullable([100 * one.farther for one in each]),
        }
    )
