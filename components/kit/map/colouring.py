"""How the points of a map are coloured: not at all, by category or by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.kit import colours as palettes
from components.kit.caching import remembered
from components.kit.colours import CATEGORICAL, MOST_CATEGORIES, SEQUENTIAL, Colours, Palette, Scale
from embeddings.columns import DAY, FEW, NAMING, is_date, is_numeric, numbers, seconds
from embeddings.labelled import labels_of
from embeddings.space import Space

Floats = NDArray[np.float32]
Rows = NDArray[np.uint32]

OTHER = "other"
WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)


@dataclass(frozen=True, eq=False)
class Colouring:
    """One number for each point and what the numbers mean.

    Attributes:
        kind: "none" has no codes; "categorical" codes are places in `labels`; "numeric" codes are the values.
        title: what the colour shows, for the legend.
        codes: float32 of shape (n,); NaN is missing and drawn grey.
        labels: names of the categories, most frequent first, or in their order where they have one.
        counts: points in each category.
        ordered: whether the categories have an order, which their colours then show.
        has_other: whether the last category gathers all that have no colour of their own.
        low: value of the first colour; smaller values take it too.
        high: value of the last colour; greater values take it too.
        dates: whether the numbers are days since 1970.
        scale: "diverging" has its neutral colour midway between low and high.
        missing: what the legend calls points without a number.
    """

    kind: Literal["none", "categorical", "numeric"] = "none"
    title: str = ""
    codes: Floats | None = None
    labels: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    ordered: bool = False
    has_other: bool = False
    low: float = 0.0
    high: float = 1.0
    scale: Scale = "sequential"
    dates: bool = False
    missing: str = "no value"

    def __post_init__(self) -> None:
        if (self.kind == "none") != (self.codes is None):
            raise ValueError(f"a colouring of kind {self.kind!r} {'has no' if self.kind == 'none' else 'needs'} codes")
        if len(self.labels) > MOST_CATEGORIES:
            raise ValueError(f"a colouring has at most {MOST_CATEGORIES} categories, got {len(self.labels)}")

    def code_of(self, label: str) -> int | None:
        """The code of a category, that of “other” where it has no colour of its own; None if there is neither."""
        if label in self.labels:
            return self.labels.index(label)
        return len(self.labels) - 1 if self.has_other else None


PLAIN_COLOURING = Colouring()


def category_colours(colouring: Colouring) -> Palette:
    """The colours of its categories, in their order; “other” has its own."""
    many = len(colouring.labels)
    if colouring.ordered:
        return Palette(_steps(SEQUENTIAL.light, many), _steps(SEQUENTIAL.dark, many))
    own = many - colouring.has_other
    rest = palettes.OTHER if colouring.has_other else Palette((), ())
    return Palette(CATEGORICAL.light[:own] + rest.light, CATEGORICAL.dark[:own] + rest.dark)


def tints(colouring: Colouring, colours: Colours) -> tuple[str, ...]:
    """The same in the colours of a theme."""
    both = category_colours(colouring)
    return both.dark if colours == palettes.DARK else both.light


def _steps(stops: Sequence[str], many: int) -> tuple[str, ...]:
    """So many colours from the first to the last of a scale."""
    parts = np.array([[int(stop[start : start + 2], 16) for start in (1, 3, 5)] for stop in stops], dtype=np.float64)
    at = np.linspace(0, len(stops) - 1, many) if many > 1 else np.array([(len(stops) - 1) / 2])
    mixed = [np.interp(at, np.arange(len(stops)), channel) for channel in parts.T]
    return tuple(f"#{round(r):02x}{round(g):02x}{round(b):02x}" for r, g, b in zip(*mixed, strict=True))


def by_category(title: str, values: Sequence[Hashable | None], *, missing: str = "no value") -> Colouring:
    """Colour by category; None and NaN are missing.

    Up to 20 categories each get a colour; of more, the 19 most frequent do and the rest are “other”. Ties go to the
    category met first. Names that are all whole numbers stand in their order.
    """
    present = [value for value in values if not _is_missing(value)]
    ranked = Counter(present).most_common()
    kept = ranked if len(ranked) <= MOST_CATEGORIES else ranked[: MOST_CATEGORIES - 1]
    if all(WHOLE.fullmatch(str(value)) for value, _ in kept):
        kept.sort(key=lambda pair: int(str(pair[0])))
    labels, counts = [str(value) for value, _ in kept], [count for _, count in kept]
    has_other = len(kept) < len(ranked)
    code = {value: place for place, (value, _) in enumerate(kept)}
    if has_other:
        labels.append(OTHER)
        counts.append(len(present) - sum(counts))
    codes = [np.nan if _is_missing(value) else code.get(value, len(kept)) for value in values]
    known = np.array(codes, dtype=np.float32)
    return Colouring("categorical", title, known, tuple(labels), tuple(counts), has_other=has_other, missing=missing)


def by_order(title: str, values: Sequence[Any], *, ordered: bool = True, missing: str = "no value") -> Colouring:
    """Colour by at most 20 values in their order, such as ratings from 1 to 5; None and NaN are missing.

    With `ordered` the colours show the order; without, as of digits, they only tell the values apart.
    """
    counts = Counter(value for value in values if not _is_missing(value))
    ranked = sorted(counts)
    code = {value: place for place, value in enumerate(ranked)}
    codes = np.array([np.nan if _is_missing(value) else code[value] for value in values], dtype=np.float32)
    labels = tuple(f"{value:g}" if isinstance(value, float) else str(value) for value in ranked)
    return Colouring(
        "categorical", title, codes, labels, tuple(counts[value] for value in ranked), ordered=ordered, missing=missing
    )


def by_number(
    title: str,
    values: ArrayLike,
    *,
    low: float | None = None,
    high: float | None = None,
    scale: Scale = "sequential",
) -> Colouring:
    """Colour by number; values that are not finite are missing.

    The scale runs from the smallest to the largest finite value unless `low` and `high` say otherwise.
    """
    codes = np.array(values, dtype=np.float32)
    finite = np.isfinite(codes)
    codes[~finite] = np.nan
    known = codes[finite] if finite.any() else np.zeros(1, np.float32)
    low = float(known.min()) if low is None else low
    high = float(known.max()) if high is None else high
    return Colouring("numeric", title, codes, low=low, high=high, scale=scale)


def _is_missing(value: Hashable | None) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


PLAIN = "nothing"


def colour_by_column(space: Space, column: str) -> Colouring:
    """Colour by a metadata column: numbers and dates by size, few of them as steps, everything else by category."""
    if column == PLAIN or column not in space.collection.columns:
        return PLAIN_COLOURING
    return remembered(f"colours|{space.collection.fingerprint}|{column}", lambda: _by_column(space, column))


def _by_column(space: Space, column: str) -> Colouring:
    values = space.collection.column(column)
    dates = is_date(values)
    if not dates and not is_numeric(values):
        return by_category(column, labels_of(space.collection, column))
    if len(values.unique()) <= FEW:
        return by_order(column, values.to_pylist(), ordered=column.strip().casefold() not in NAMING)
    return replace(by_number(column, seconds(values) / DAY if dates else numbers(values)), dates=dates)


def size_by_column(space: Space, column: str) -> NDArray[np.float32] | None:
    """Sizes by a numeric column. None for no column."""
    known = column != PLAIN and column in space.collection.columns
    return sizes_of(numbers(space.collection.column(column))) if known else None


def sizes_of(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Numbers as sizes, shifted so that the smallest is 0; missing ones are 0."""
    known = np.isfinite(values)
    low = values[known].min() if known.any() else 0
    return np.where(known, values - low, 0).astype(np.float32)
