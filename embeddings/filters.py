"""Filters: which rows conditions keep, what each column holds among them, and how a picked bar changes the filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.conditions import Condition, joined, read, replaced
from embeddings.errors import EmbeddingError
from embeddings.facets import Counts, Facet, Mask, Names, Scale, facet_of

# Categories without a bar that are offered where one is typed.
MOST_OFFERED = 300
LONGEST_TYPED = 200


class Kept(NamedTuple):
    """What a filter keeps.

    Attributes:
        rows: bool of shape (n,).
        counts: by column, how many rows that all conditions on other columns keep are in each bar; see `Facet.counts`.
        totals: by column, how many rows these are.
    """

    rows: Mask
    counts: Mapping[str, Counts]
    totals: Mapping[str, int]


def cross(facets: Mapping[str, Facet], conditions: Sequence[Condition], n: int) -> Kept:
    """Filter n rows by all conditions, and count each column among what the conditions on the others keep.

    Raises:
        EmbeddingError: a condition does not fit its column; see `filtered`.
    """
    masks: dict[str, Mask] = {}
    for condition in conditions:
        kept = facets[condition.column].keeps(condition)
        masks[condition.column] = masks[condition.column] & kept if condition.column in masks else kept
    failed = np.zeros(n, dtype=np.int16)
    for mask in masks.values():
        failed += ~mask
    rows = failed == 0
    others = {name: failed == ~mask for name, mask in masks.items()}
    seen = {name: others.get(name, rows) for name in facets}
    counts = {name: facet.counts(seen[name]) for name, facet in facets.items()}
    return Kept(rows, counts, {name: int(np.count_nonzero(each)) for name, each in seen.items()})


def keep(collection: Collection, conditions: Sequence[Condition]) -> Mask:
    """The rows that a filter keeps, shape (n,).

    Raises:
        EmbeddingError: a column is not in the collection, or a condition does not fit it.
    """
    facets = {each.column: facet_of(collection, each.column) for each in conditions}
    return cross(facets, conditions, len(collection)).rows


class Filtered(NamedTuple):
    """A filter as it is written, and what can be done with it now.

    Attributes:
        wanted: all of its conditions.
        used: those that are used.
        facets: the columns that are filtered by or drawn; None for one that is still being made ready.
        kept: what the conditions keep.
        reasons: why it is not read, which conditions are not used, and which of their values there are not.
    """

    wanted: tuple[Condition, ...]
    used: tuple[Condition, ...]
    facets: Mapping[str, Facet | None]
    kept: Kept
    reasons: tuple[str, ...]

    @property
    def rows(self) -> NDArray[np.int32] | None:
        """The rows that are kept, ascending; None where no condition is used."""
        return np.flatnonzero(self.kept.rows).astype(np.int32) if self.used else None


def filtered(text: str, drawn: Iterable[str], facet: Callable[[str], Facet | None], n: int) -> Filtered:
    """Filter n rows by what a link says; what of it cannot be used is left out, with the reason.

    Args:
        text: the filter; see `embeddings.conditions`.
        drawn: columns that are to be counted also where no condition is on them.
        facet: gives a column made ready, None while it is being made so; raises `EmbeddingError` where it cannot be.
        n: rows.
    """
    wanted, reasons = _read(text)
    facets: dict[str, Facet | None] = {}
    for name in dict.fromkeys([*(each.column for each in wanted), *drawn]):
        try:
            facets[name] = facet(name)
        except EmbeddingError as error:
            reasons.append(str(error))
    used = []
    for condition in wanted:
        ready = facets.get(condition.column)
        if ready is not None:
            problem = _why_not(ready, condition)
            reasons.append(problem or ready.unknown(condition))
            used += [] if problem else [condition]
        elif condition.column in facets:
            reasons.append(f"“{condition.column}” is being looked at; the filter does not go by it yet.")
    known = {name: each for name, each in facets.items() if each is not None}
    return Filtered(wanted, tuple(used), facets, cross(known, used, n), tuple(dict.fromkeys(filter(None, reasons))))


def _read(text: str) -> tuple[tuple[Condition, ...], list[str]]:
    try:
        return read(text), []
    except EmbeddingError as error:
        return (), [str(error)]


def _why_not(facet: Facet, condition: Condition) -> str:
    try:
        facet.keeps(condition)
    except EmbeddingError as error:
        return str(error)
    return ""


class Summary(NamedTuple):
    """A column among the rows that the conditions on all other columns keep, beside all rows.

    Attributes:
        column: its name.
        labels: of its bars.
        of_all, kept: how many rows are in each bar; of texts, how many have its word.
        picked: whether a condition on this column has to do with the bar.
        other, other_kept, others: the same for values without a bar, and how many different ones these are.
        missing, missing_kept, missing_picked: the same for rows without a value.
        known: how many of the kept have a value.
        scale: whether the bars are in an order, as of numbers.
        offered: names without a bar.
        hint: what may be typed for it.
    """

    column: str
    labels: list[str]
    of_all: list[int]
    kept: list[int]
    picked: list[bool]
    other: int
    other_kept: int
    others: int
    missing: int
    missing_kept: int
    missing_picked: bool
    known: int
    scale: bool
    offered: list[str]
    hint: str


def summary(found: Filtered, column: str) -> Summary | None:
    """What a chart of a column shows; None while it is being made ready."""
    facet = found.facets[column]
    if facet is None:
        return None
    many = len(facet.bars)
    of_all, kept = facet.counts().tolist(), found.kept.counts[column].tolist()
    own = [each for each in found.used if each.column == column]
    names, scale = isinstance(facet, Names), isinstance(facet, Scale)
    return Summary(
        column,
        [bar.label for bar in facet.bars],
        of_all[:many],
        kept[:many],
        [any(each) for each in zip(*map(facet.picked, own), strict=True)] if own else [False] * many,
        *(of_all[many], kept[many], facet.others if names else 0),
        *(of_all[many + 1], kept[many + 1], any(each.missing for each in own)),
        found.kept.totals[column] - kept[many + 1],
        scale and many > 1,
        list(facet.names[many : many + MOST_OFFERED]) if isinstance(facet, Names) else [],
        "from..to" if scale else "another value" if names else "other words",
    )


def changed(found: Filtered, told: Any) -> tuple[Condition, ...] | None:
    """The conditions after a chart told of picked bars, or of something typed; None where that cannot be read.

    Args:
        found: the filter before.
        told: as it came from the browser: `column`, and `bars` with `missing`, or `typed`.
    """
    facet = found.facets.get(str(told.get("column"))) if isinstance(told, Mapping) else None
    if facet is None:
        return None
    before = next((each for each in found.used if each.column == facet.column), None)
    bars, typed = told.get("bars"), told.get("typed")
    if isinstance(typed, str):
        try:
            given = facet.typed(typed[:LONGEST_TYPED])
        except EmbeddingError:
            return None
        now: Condition | None = given if isinstance(facet, Scale) else joined(before, given)
    elif isinstance(bars, list):
        on = [bar for bar in bars if isinstance(bar, int) and 0 <= bar < len(facet.bars)]
        now = facet.picking(on, missing=told.get("missing") is True, before=before)
    else:
        return None
    return replaced(found.wanted, facet.column, now)
