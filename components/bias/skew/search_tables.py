"""A search skew as tables: the groups, and the ranked items."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from components.kit.words import p_text, shorten
from embeddings.bias.search_skew import SearchSkew
from embeddings.collection import Collection
from embeddings.labelled import label_texts

LEVEL = 0.05
NONE = "no place"
AS_USUAL, MORE, FEWER = "as in random orders", "more than in random orders", "fewer than in random orders"


def group_table(found: SearchSkew) -> pa.Table:
    """Every group, the most favoured first; counts and shares among the first k against what is expected.

    Skew@k is null for a group without a place: its logarithm is −∞.
    """
    order = by_skew(found)
    share, whole = found.counts / found.k, found.totals / found.totals.sum()
    return pa.table(
        {
            "group": [found.groups[place] for place in order],
            f"in the first {found.k}": found.counts[order],
            "share there": share[order],
            "in the collection": found.totals[order],
            "share in the collection": whole[order],
            "share compared with": found.expected[order],
            "usual from": found.usual[order, 0],
            "usual to": found.usual[order, 1],
            f"Skew@{found.k}": [float(value) if np.isfinite(value) else None for value in found.skew[order]],
            "p": found.p_values[order],
        }
    )


def shown_table(found: SearchSkew) -> pa.Table:
    """The same for the page, with ranges in one column and words in place of −∞."""
    order = by_skew(found)
    return pa.table(
        {
            "group": [shorten(found.groups[place], 40) for place in order],
            f"first {found.k}": found.counts[order],
            "share": 100 * found.counts[order] / found.k,
            "compared with": 100 * found.expected[order],
            "by chance": [f"{low} to {high}" for low, high in found.usual[order].tolist()],
            f"Skew@{found.k}": [skew_text(value) for value in found.skew[order]],
            "p": [p_text(value) for value in found.p_values[order]],
        }
    )


def by_skew(found: SearchSkew) -> list[int]:
    """The places of the groups, the most favoured first; those without a place last, the most expected of them last."""
    beyond = found.expected - found.counts / found.k
    finite = np.where(np.isfinite(found.skew), found.skew, -1e9)
    order: list[int] = np.lexsort((beyond, -finite)).tolist()
    return order


def ranked_table(collection: Collection, found: SearchSkew, column: str, *, most: int | None = None) -> pa.Table:
    """The first items with their groups of a column; without `most`, all that are ranked."""
    rows = found.rows[:most].tolist()
    groups = label_texts(collection.column(column).take(pa.array(rows, pa.int64())).to_pylist())
    return pa.table(
        {
            "rank": list(range(1, len(rows) + 1)),
            "group": groups,
            "item": [shorten(collection.text(row), 200) for row in rows],
        }
    )


def standings(found: SearchSkew) -> list[str]:
    """For each group, whether it is among the first k as often as in random orders, by its corrected p-value."""
    share, whole = found.counts / found.k, found.totals / found.totals.sum()
    return [
        AS_USUAL if p >= LEVEL else MORE if there > usual else FEWER
        for p, there, usual in zip(found.p_values, share, whole, strict=True)
    ]


def skew_text(value: float) -> str:
    """A Skew@k in two digits with its sign; in words for a group without a place."""
    return f"{value:+.2f}".replace("-", "−") if np.isfinite(value) else NONE
