"""How the points of a map are coloured: not at all, by category or by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow.types as types
from numpy.typing import ArrayLike, NDArray

from components.kit.caching import remembered
from components.kit.colours import MOST_CATEGORIES, Scale
from embeddings.labelled import labels_of
from embeddings.space import Space

Floats = NDArray[np.float32]
Rows = NDArray[np.uint32]

OTHER = "other"


@dataclass(frozen=True, eq=False)
class Colouring:
    """One number for each point and what the numbers mean.

    Attributes:
        kind: "none" has no codes; "categorical" codes are places in `labels`; "numeric" codes are the values.
        title: what the colour shows, for the legend.
        codes: float32 of shape (n,); NaN is missing and drawn grey.
        labels: names of the categories, most frequent first.
        counts: points in each category.
        has_other: whether the last category gathers all that have no colour of their own.
        low: value of the first colour; smaller values take it too.
        high: value of the last colour; greater values take it too.
        scale: "diverging" has its neutral colour midway between low and high.
        missing: what the legend calls points without a number.
    """

    kind: Literal["none", "categorical", "numeric"] = "none"
    title: str = ""
    codes: Floats | None = None
    labels: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    has_other: bool = False
    low: float = 0.0
    high: float = 1.0
    scale: Scale = "sequential"
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


def by_category(title: str, values: Sequence[Hashable | None], *, missing: str = "no value") -> Colouring:
    """Colour by category; None and NaN are missing.

    Up to 20 categories each get a colour; of more, the 19 most frequent do and the rest are “other”. Ties go to the
    category met first.
    """
    present = [value for value in values if not _is_missing(value)]
    ranked = Counter(present).most_common()
    kept = ranked if len(ranked) <= MOST_CATEGORIES else ranked[: MOST_CATEGORIES - 1]
    labels, counts = [str(value) for value, _ in kept], [count for _, count in kept]
    has_other = len(kept) < len(ranked)
    code = {value: place for place, (value, _) in enumerate(kept)}
    if has_other:
        labels.append(OTHER)
        counts.append(len(present) - sum(counts))
    codes = [np.nan if _is_missing(value) else code.get(value, len(kept)) for value in values]
    known = np.array(codes, dtype=np.float32)
    return Colouring("categorical", title, known, tuple(labels), tuple(counts), has_other, missing=missing)


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


FEW = 12
PLAIN = "nothing"


def colour_by_column(space: Space, column: str) -> Colouring:
    """Colour by a metadata column: numbers by size, everything else (and few whole numbers) by category."""
    if column == PLAIN or column not in space.collection.columns:
        return PLAIN_COLOURING
    return remembered(f"colours|{space.collection.fingerprint}|{column}", lambda: _by_column(space, column))


def _by_column(space: Space, column: str) -> Colouring:
    if is_numeric(space, column) and len(space.collection.column(column).unique()) > FEW:
        return by_number(column, numbers(space, column))
    return by_category(column, labels_of(space.collection, column))


def size_by_column(space: Space, column: str) -> NDArray[np.float32] | None:
    """Sizes by a numeric column, shifted so that the smallest is 0; missing ones are 0. None for no column."""
    if column == PLAIN or column not in space.collection.columns:
        return None
    values = numbers(space, column)
    known = np.isfinite(values)
    low = values[known].min() if known.any() else 0
    return np.where(known, values - low, 0).astype(np.float32)


def numbers(space: Space, column: str) -> NDArray[np.float32]:
    """A numeric column, shape (n,); missing values are NaN."""
    values = space.collection.column(column).cast("float64").to_numpy(zero_copy_only=False)
    return np.asarray(values, dtype=np.float32)


def is_numeric(space: Space, column: str) -> bool:
    """Whether a metadata column holds numbers."""
    kind = space.collection.column(column).type
    return bool(types.is_integer(kind) or types.is_floating(kind))
