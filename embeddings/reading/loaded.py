"""A table as it came out of a file, before anyone chose columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa


class Loaded(NamedTuple):
    """A table whose column names differ from each other.

    Attributes:
        table: the rows and columns.
        encoding: how its text was stored.
        notes: what was assumed or left out.
        first_row: the number the reader gives to the first row; 2 below a header.
    """

    table: pa.Table
    encoding: str
    notes: tuple[str, ...]
    first_row: int = 1


def distinct_names(names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Column names made unique, with a note for each that had to change; nameless columns are numbered."""
    taken: set[str] = set()
    result: list[str] = []
    notes: list[str] = []
    for number, given in enumerate(names, 1):
        name = wanted = given.strip() or f"column {number}"
        copy = 2
        while name in taken:
            name, copy = f"{wanted} ({copy})", copy + 1
        if name != wanted:
            notes.append(f"Two columns are called “{wanted}”; the later one is now “{name}”.")
        taken.add(name)
        result.append(name)
    return result, tuple(notes)
