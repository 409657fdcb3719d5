"""Columns of labels: which can be the truth or a grouping, and what their values are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.types as types
from numpy.typing import NDArray

from components.kit.widgets import pick_from_list
from components.kit.words import shorten
from embeddings.bias.checking import MOST_WORDS
from embeddings.bias.lookup import Name
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.labelled import label_counts

MOST_VALUES = 200
PAIRS_NAMED = 3
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
USUAL = ("label", "class", "digit", "shape")
NO_LABELS = ("width", "height", "file", "caption")
HELD_OUT = "held out"


def label_columns(collection: Collection) -> list[str]:
    """Columns that can be the truth: from 2 to 200 different values, fewer than items; the usual names first."""
    found = [name for name in collection.columns if _is_label(collection, name)]
    return sorted(found, key=lambda name: USUAL.index(name.casefold()) if name.casefold() in USUAL else len(USUAL))


def values_of(collection: Collection, column: str) -> list[str]:
    """The different values of a column as texts, numbers in their order, others as the alphabet has them."""
    return sorted(
        label_counts(collection, column),
        key=lambda text: (not text.isdecimal(), int(text) if text.isdecimal() else 0, text),
    )


def held_out(collection: Collection, encoder: str) -> NDArray[np.bool_] | None:
    """Which pictures the training of an encoder never saw, where a column of the encoder's name tells; shape (n,)."""
    if encoder not in collection.columns:
        return None
    mask = np.array([value == HELD_OUT for value in collection.column(encoder).to_pylist()])
    return mask if mask.any() and not mask.all() else None


def usual_labels(values: Sequence[str]) -> list[str]:
    """What values are called if nobody says otherwise: small whole numbers by their words, others as they are."""
    if all(value.isdecimal() and int(value) < len(NUMBERS) for value in values):
        return [NUMBERS[int(value)] for value in values]
    return list(values)


def match_labels(values: Iterable[str], labels: Sequence[str]) -> dict[str, str]:
    """For each value the label that means it: equal, equal but for case, or the word of a number; others are left out.

    Of several such labels the first way that fits is taken.
    """
    folded = {label.casefold(): label for label in reversed(labels)}
    numbers = {word: str(number) for number, word in enumerate(NUMBERS)}
    found = {}
    for value in values:
        key = value.casefold()
        word = NUMBERS[int(key)] if key.isdecimal() and int(key) < len(NUMBERS) else ""
        ways = [way for way in (key, word, numbers.get(key, "")) if way in folded]
        if value in labels or ways:
            found[value] = value if value in labels else folded[ways[0]]
    return found


def called(names: Mapping[str, str], values: Sequence[str]) -> str:
    """Which values no label means, in one sentence; empty where all are meant."""
    missing = [value for value in values if value not in names]
    if not missing:
        return ""
    some = ", ".join(f"“{value}”" for value in missing[:5]) + (" …" if len(missing) > 5 else "")
    return f"No label means {some}: their pictures are named, but not counted."


def same_sentence(labels: Sequence[str], same: Sequence[tuple[int, int]], encoder: str) -> str:
    """Which labels an encoder cannot tell apart, and which of them is never named; empty where it can tell all."""
    if not same:
        return ""
    pairs = [f"“{shorten(labels[one], 60)}” and “{shorten(labels[other], 60)}”" for one, other in same[:PAIRS_NAMED]]
    more = f" and {len(same) - PAIRS_NAMED:,} more pairs" if len(same) > PAIRS_NAMED else ""
    return (
        f"{encoder} cannot tell {', '.join(pairs)}{more} apart: it reads the same in both. Only the first of each pair "
        "is ever named; keep one, or write them differently."
    )


def cut_sentence(cut: Sequence[str], limit: int) -> str:
    """Which labels are too long for the encoder to read to their end; empty where none is."""
    if not cut:
        return ""
    some = ", ".join(f"“{shorten(label, 60)}”" for label in cut[:PAIRS_NAMED])
    more = f" and {len(cut) - PAIRS_NAMED:,} more" if len(cut) > PAIRS_NAMED else ""
    return f"The encoder reads {limit} tokens and cuts off the rest of {some}{more}: what stands there has no effect."


def _is_label(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or name in NO_LABELS or name in ENCODERS:
        return False
    return 2 <= len(label_counts(collection, name)) <= min(MOST_VALUES, max(2, len(collection) - 1))


def group_columns(collection: Collection) -> list[str]:
    """Columns with at least 2 different values of which some repeat; the usual names first."""
    found = [name for name in collection.columns if _groups(collection, name)]
    return sorted(found, key=lambda name: USUAL.index(name.casefold()) if name.casefold() in USUAL else len(USUAL))


def group_picker(columns: list[str], *, key: str) -> str:
    """One of these columns; it stands in the link."""
    return pick_from_list("Labels", columns, key=key, width=240, kept=False)


def _groups(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or types.is_nested(values.type) or name in NO_LABELS or name in ENCODERS:
        return False
    counts = label_counts(collection, name)
    return 2 <= len(counts) < counts.total()


def number_columns(collection: Collection) -> list[str]:
    """The columns that hold numbers."""
    kinds = {name: collection.column(name).type for name in collection.columns}
    return [name for name, kind in kinds.items() if types.is_integer(kind) or types.is_floating(kind)]


def numbered_items(collection: Collection, column: str, seed: int) -> tuple[tuple[Name, ...], tuple[float, ...]]:
    """The items with a number in a column, and their numbers; of more than 1,000 so many at random."""
    values = collection.column(column).cast(pa.float64()).to_numpy()
    rows = np.flatnonzero(np.isfinite(values))
    if len(rows) > MOST_WORDS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, size=MOST_WORDS, replace=False))
    return tuple(rows.tolist()), tuple(values[rows].tolist())
