"""An axis from one label of a collection to another, its seeds named by their numbers."""

from __future__ import annotations

from collections import Counter

from components.axes.definition import Seeds
from components.kit.labels import label_columns
from embeddings.collection import Collection
from embeddings.labelled import labels_of

SEEDS = 8


def axis_from_labels(collection: Collection) -> tuple[Seeds, tuple[str, ...], tuple[str, ...]] | None:
    """An axis between the two most frequent labels of the first column of labels, with held-out items of both.

    None where no column has two labels of enough items.
    """
    for column in label_columns(collection):
        values = labels_of(collection, column)
        ranked = Counter(value for value in values if value).most_common(2)
        if len(ranked) < 2 or ranked[1][1] < 2 * SEEDS:
            continue
        low, high = sorted(label for label, _ in ranked)
        lows, highs = (_numbers(values, label) for label in (low, high))
        names = tuple(" ".join(f"{column} {label}".split())[:40] for label in (low, high))
        seeds = Seeds(lows[:SEEDS], highs[:SEEDS], False, *names)
        return seeds, lows[SEEDS:], highs[SEEDS:]
    return None


def _numbers(values: list[str | None], label: str) -> tuple[str, ...]:
    """The first items of a label, twice as many as seeds."""
    rows = [row for row, value in enumerate(values) if value == label]
    return tuple(f"#{row + 1}" for row in rows[: 2 * SEEDS])
