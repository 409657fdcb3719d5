"""Near-duplicates: groups of items that are almost the same, and what would be dropped."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.clusters.base import Progress, Rows
from embeddings.errors import EmbeddingError
from embeddings.space import Space, Vectors
from embeddings.units import unit

THRESHOLD = 0.95
# Cosines held at once: 2**22 are 16 MB.
AT_ONCE = 2**22
ROUNDING = 1e-6


class Duplicates(NamedTuple):
    """Groups of near-duplicates, the largest first, of equal ones that with the lower first row.

    Items are in one group when a chain of pairs at or above the threshold joins them, so that the ends of a long chain
    can be less alike: `similarities` shows it.

    Attributes:
        groups: rows of each group, ascending; the first of them is the one that would be kept.
        similarities: cosine of each row of a group with the kept one, in the order of `groups`; the first is 1.
        kept: rows that stay when every group is cut down to its first item, ascending; all other items are among them.
        dropped: rows that would go, ascending.
        threshold: the cosine asked for.
    """

    groups: tuple[Rows, ...]
    similarities: tuple[Vectors, ...]
    kept: Rows
    dropped: Rows
    threshold: float


def near_duplicates(space: Space, *, threshold: float = THRESHOLD, on_progress: Progress | None = None) -> Duplicates:
    """Group items whose cosine is at least the threshold: all pairs, in blocks of bounded memory.

    Vectors of length zero are like nothing, not even each other.

    Args:
        space: n items.
        threshold: above 0, at most 1; 1 finds the same direction up to rounding.
        on_progress: told (done, total) in rows after each block; may raise `Cancelled`.

    Raises:
        EmbeddingError: the threshold is out of range.
    """
    if not 0 < threshold <= 1:
        raise EmbeddingError(f"The threshold must lie above 0 and at most at 1, got {threshold:g}.")
    units = unit(space.vectors)
    n = len(units)
    component = np.arange(n, dtype=np.intp)
    block = max(1, AT_ONCE // n)
    for start in range(0, n, block):
        cosines = units[start : start + block] @ units[start:].T
        above, beside = np.nonzero(cosines >= threshold - ROUNDING)
        component = _joined(component, above + start, beside + start)
        if on_progress:
            on_progress(min(start + block, n), n)
    return _grouped(units, component, threshold)


def _joined(component: Rows, one: Rows, other: Rows) -> Rows:
    """Components after rows were joined in pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(component)
    pairs = coo_array((np.ones(len(one), dtype=np.float32), (component[one], component[other])), shape=(n, n))
    _, merged = connected_components(pairs, directed=False)
    return np.asarray(merged[component], dtype=np.intp)


def _grouped(units: Vectors, component: Rows, threshold: float) -> Duplicates:
    order = np.argsort(component, kind="stable")
    starts = np.flatnonzero(np.diff(component[order])) + 1
    groups = sorted(
        (rows for rows in np.split(order, starts) if len(rows) > 1), key=lambda rows: (-len(rows), int(rows[0]))
    )
    dropped = np.sort(np.concatenate([np.empty(0, dtype=np.intp), *(rows[1:] for rows in groups)]))
    return Duplicates(
        tuple(groups),
        tuple(units[rows] @ units[rows[0]] for rows in groups),
        np.setdiff1d(np.arange(len(units)), dropped),
        dropped,
        threshold,
    )
