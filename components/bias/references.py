"""Items of the collection in word sets: `#12` by its number, `shape=circle` by what a column says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from components.kit.words import shorten
from embeddings.bias.lookup import Name
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of

MOST = 25
_NUMBER = re.compile(r"#(\d{1,9})(?:-#?(\d{1,9}))?")
_VALUE = re.compile(r"([^=]+)=(.+)")


def refer(words: Sequence[str], own: Collection, *, most: int = MOST, seed: int = 0) -> tuple[Name, ...]:
    """Typed words as a probe takes them: texts, and rows for pictures; `#12-#20` are nine items.

    Of `column=value`, at most so many items are taken, drawn at random with the seed. Where the collection holds no
    such column, it is a word like any other.

    Args:
        words: as typed.
        own: the visitor's collection, whose items the numbers and columns are about.
        most: items that a column's value gives.
        seed: which of them, where there are more.

    Raises:
        EmbeddingError: there is no item of a number, or none with a value.
    """
    names: list[Name] = []
    for word in words:
        names += _named(word, own, most, seed)
    return tuple(names)


def _named(word: str, own: Collection, most: int, seed: int) -> Sequence[Name]:
    number = _NUMBER.fullmatch(word)
    if number:
        return [_name(own, row) for row in _rows(own, int(number[1]), int(number[2] or number[1]))]
    value = _VALUE.fullmatch(word)
    if value and value[1].strip() in own.columns:
        return [_name(own, row) for row in _of_value(own, value[1].strip(), value[2].strip(), most, seed)]
    return [word]


def _rows(own: Collection, first: int, last: int) -> range:
    if not 1 <= first <= last <= len(own):
        wrong = first if not 1 <= first <= len(own) else last
        raise EmbeddingError(f"There is no item #{wrong} here: this collection has #1 to #{len(own):,}.")
    return range(first - 1, last)


def _of_value(own: Collection, column: str, value: str, most: int, seed: int) -> list[int]:
    rows = [row for row, label in enumerate(labels_of(own, column)) if label == value]
    if not rows:
        raise EmbeddingError(f"No item has “{shorten(value, 40)}” in the column “{shorten(column, 40)}”.")
    if len(rows) <= most:
        return rows
    return sorted(np.random.default_rng(seed).choice(rows, size=most, replace=False).tolist())


def _name(own: Collection, row: int) -> Name:
    """A text by itself, for it may be asked of another vocabulary; a picture by its row."""
    item = own.items[row]
    return item if isinstance(item, str) else row
