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
BLOCK = 512
ROUNDING = 1e-6


class Duplicates(NamedTuple):
    """What would stay of near-duplicates and what would go, so that all that goes has something that stays near to it.

    Attributes:
        groups: rows of each group, the largest first, of equal ones that with the lower first row: first the item that
            would stay, then, ascending, those that would go because they are near to it.
        similarities: cosine of each row of a group with the one that stays, in the order of `groups`; the first is 1,
            the others are at least the threshold.
        chains: rows, ascending, of what hangs together by pairs at or above the threshold although several of it stay:
            the ends of a chain are less alike than the threshold. Largest first.
        kept: rows that stay, ascending, no two of them near each other; items without a near-duplicate are among them.
        dropped: rows that would go, ascending.
        threshold: the cosine asked for.
    """

    groups: tuple[Rows, ...]
    similarities: tuple[Vectors, ...]
    chains: tuple[Rows, ...]
    kept: Rows
    dropped: Rows
    threshold: float


def near_duplicates(space: Space, *, threshold: float = THRESHOLD, on_progress: Progress | None = None) -> Duplicates:
    """Group items whose cosine is at least the threshold: all pairs, in blocks of bounded memory.

    What stays is a greedy cover: the item with the most near-duplicates (of equal ones the lower row) stays, what is
    near to it goes, and so on with the rest; what goes is listed with the nearest of those that stay. Vectors of length
    zero are like nothing, not even each other.

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
    component, near = np.arange(n, dtype=np.intp), np.zeros(n, dtype=np.intp)
    block = max(1, AT_ONCE // n)
    for start in range(0, n, block):
        cosines = units[start : start + block] @ units[start:].T
        above, beside = np.nonzero(cosines >= threshold - ROUNDING)
        component = _joined(component, above + start, beside + start)
        # A block is compared with itself in both directions, with what comes after it once.
        near += np.bincount(above + start, minlength=n)
        near += np.bincount(beside[beside >= len(cosines)] + start, minlength=n)
        if on_progress:
            on_progress(min(start + block, n), n)
    return _grouped(units, component, near, threshold)


def _joined(component: Rows, one: Rows, other: Rows) -> Rows:
    """Components after rows were joined in pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(component)
    pairs = coo_array((np.ones(len(one), dtype=np.float32), (component[one], component[other])), shape=(n, n))
    _, merged = connected_components(pairs, directed=False)
    return np.asarray(merged[component], dtype=np.intp)


def _grouped(units: Vectors, component: Rows, near: Rows, threshold: float) -> Duplicates:
    order = np.argsort(component, kind="stable")
    starts = np.flatnonzero(np.diff(component[order])) + 1
    joined = [rows for rows in np.split(order, starts) if len(rows) > 1]
    groups, chains = [], []
    for rows in joined:
        stay = _cover(units, rows[np.argsort(-near[rows], kind="stable")], threshold)
        groups += _around(units, rows, stay)
        chains += [rows] if len(stay) > 1 else []
    groups.sort(key=lambda group: (-len(group[0]), int(group[0][0])))
    dropped = np.sort(np.concatenate([np.empty(0, dtype=np.intp), *(rows[1:] for rows, _ in groups)]))
    return Duplicates(
        tuple(rows for rows, _ in groups),
        tuple(similarities for _, similarities in groups),
        tuple(sorted(chains, key=lambda rows: (-len(rows), int(rows[0])))),
        np.setdiff1d(np.arange(len(units)), dropped),
        dropped,
        threshold,
    )


def _cover(units: Vectors, left: Rows, threshold: float) -> Rows:
    """Rows that stay, ascending: the first that is left stays and what is near to it is left no more, in blocks."""
    stay: list[int] = []
    while len(left):
        some = left[:BLOCK]
        near = units[some] @ units[some].T >= threshold - ROUNDING
        chosen: list[int] = []
        for place in range(len(some)):
            if not near[place, chosen].any():
                chosen.append(place)
        picked, rest = some[chosen], left[BLOCK:]
        stay += picked.tolist()
        far = [units[part] @ units[picked].T < threshold - ROUNDING for part in _parts(rest, len(picked))]
        left = rest[np.concatenate([each.all(axis=1) for each in far])] if far else rest
    return np.sort(np.array(stay, dtype=np.intp))


def _around(units: Vectors, rows: Rows, stay: Rows) -> list[tuple[Rows, Vectors]]:
    """Each that stays with what goes because of it, and the cosines; none where it stays alone."""
    go = np.setdiff1d(rows, stay)
    if not len(go):
        return []
    cosines = [units[part] @ units[stay].T for part in _parts(go, len(stay))]
    place = np.concatenate([each.argmax(axis=1) for each in cosines])
    order = np.argsort(place, kind="stable")
    shared = np.split(go[order], np.cumsum(np.bincount(place, minlength=len(stay)))[:-1])
    groups = [np.concatenate([[row], others]) for row, others in zip(stay, shared, strict=True) if len(others)]
    return [(group, units[group] @ units[group[0]]) for group in groups]


def _parts(rows: Rows, across: int) -> list[Rows]:
    """Rows in parts whose cosines with `across` others fit in memory; none of no rows."""
    size = max(1, AT_ONCE // across)
    return [rows[start : start + size] for start in range(0, len(rows), size)]
