"""Labels of items: what counts as one, which rows have one, and which kinds there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError


class Labelled(NamedTuple):
    """The rows that have a label.

    Attributes:
        rows: int64 of shape (m,), ascending.
        codes: the place of each row's label in `names`, shape (m,).
        names: the labels as texts, in order of first appearance.
        rare: how many items have a label that stands on too few.
    """

    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    names: tuple[str, ...]
    rare: int


def label_texts(values: Iterable[Any]) -> list[str]:
    """Values of a column as labels: texts without blanks around them; None, NaN and blanks are none, an empty text."""
    return ["" if value is None or value != value else str(value).strip() for value in values]


def labels_of(collection: Collection, column: str) -> list[str | None]:
    """The label of each item by a column of metadata; None for an item without one."""
    return [text or None for text in label_texts(collection.column(column).to_pylist())]


def label_counts(collection: Collection, column: str) -> Counter[str]:
    """How many items have each label of a column; in order of first appearance."""
    counts: Counter[str] = Counter()
    values, times = collection.column(column).value_counts().flatten()
    for text, count in zip(label_texts(values.to_pylist()), times.to_pylist(), strict=True):
        counts[text] += count
    del counts[""]
    return counts


def label_places(values: Iterable[Any]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """The different labels, and the place of each item's among them, −1 for an item without one.

    The most frequent comes first, of equally frequent ones the first by spelling.
    """
    texts = label_texts(values)
    counts = Counter(text for text in texts if text)
    names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    place = {name: number for number, name in enumerate(names)}
    return names, np.array([place.get(text, -1) for text in texts], dtype=np.intp)


def labelled(labels: Sequence[Any], n: int, *, at_least: int = 1) -> Labelled:
    """Sort out labels, one for each of n items.

    Args:
        labels: values of a column, see `label_texts`.
        n: number of items.
        at_least: labels on fewer rows are left out.

    Raises:
        EmbeddingError: fewer than 2 labels are left.
        ValueError: there are not n labels.
    """
    if len(labels) != n:
        raise ValueError(f"labels must hold one value for each of n = {n} items, got {len(labels)}")
    texts = label_texts(labels)
    counts = Counter(text for text in texts if text)
    names = [text for text, count in counts.items() if count >= at_least]
    if len(names) < 2:
        often = f" on at least {at_least} items each" if at_least > 1 else ""
        raise EmbeddingError(f"At least 2 different labels{often} are needed to tell them apart, got {len(names)}.")
    code = {name: number for number, name in enumerate(names)}
    codes = np.array([code.get(text, -1) for text in texts], dtype=np.int64)
    rows = np.flatnonzero(codes >= 0)
    return Labelled(rows, codes[rows], tuple(names), counts.total() - len(rows))


def same_by_chance(codes: NDArray[np.int64]) -> float:
    """Probability that two different random items have the same label."""
    counts = np.bincount(codes)
    m = len(codes)
    return float((counts * (counts - 1)).sum() / (m * (m - 1)))
