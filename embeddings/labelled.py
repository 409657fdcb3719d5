"""Labels of items: which rows have one, and which kinds there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError


class Labelled(NamedTuple):
    """The rows that have a label.

    Attributes:
        rows: int64 of shape (m,), ascending.
        codes: the place of each row's label in `names`, shape (m,).
        names: the labels as texts, in order of first appearance.
    """

    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    names: tuple[str, ...]


def labelled(labels: Sequence[Any], n: int, *, at_least: int = 1) -> Labelled:
    """Sort out labels, one for each of n items; None and NaN are none.

    Args:
        labels: values of a column; equal texts are one label.
        n: number of items.
        at_least: labels on fewer rows are left out.

    Raises:
        EmbeddingError: fewer than 2 labels are left.
        ValueError: there are not n labels.
    """
    if len(labels) != n:
        raise ValueError(f"labels must hold one value for each of n = {n} items, got {len(labels)}")
    texts = ["" if label is None or label != label else str(label) for label in labels]
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    names = [text for text, count in counts.items() if text and count >= at_least]
    if len(names) < 2:
        often = f" on at least {at_least} items each" if at_least > 1 else ""
        raise EmbeddingError(f"At least 2 different labels{often} are needed to tell them apart, got {len(names)}.")
    code = {name: number for number, name in enumerate(names)}
    codes = np.array([code.get(text, -1) for text in texts], dtype=np.int64)
    rows = np.flatnonzero(codes >= 0)
    return Labelled(rows, codes[rows], tuple(names))


def same_by_chance(codes: NDArray[np.int64]) -> float:
    """Probability that two different random items have the same label."""
    counts = np.bincount(codes)
    m = len(codes)
    return float((counts * (counts - 1)).sum() / (m * (m - 1)))
