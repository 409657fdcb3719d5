"""The checks that all items pass, whichever file they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from embeddings.errors import ReadError
from embeddings.reading.limits import Limits
from embeddings.reading.wording import several


def check_items(items: Sequence[str], name: str, limits: Limits, place: Callable[[int], str]) -> None:
    """Check the number of items and the length of each; `place(i)` names where item i stands, as in `line 7`.

    Raises:
        ReadError: there are too many, or one is too long.
    """
    check_count(len(items), name, limits)
    lengths = [len(item) for item in items]
    longest = max(lengths, default=0)
    if longest > limits.max_item_chars:
        where = place(lengths.index(longest))
        raise ReadError(
            f"The text in {where} of “{name}” has {longest:,} characters; a text can have at most "
            f"{limits.max_item_chars:,}."
        )


def check_count(n: int, name: str, limits: Limits) -> None:
    """Check a number of items or rows, before they are made where that is possible.

    Raises:
        ReadError: there are too many.
    """
    if n > limits.max_items:
        raise ReadError(f"“{name}” holds {n:,} items; at most {limits.max_items:,} can be read.")


def check_size(rows: int, columns: int, name: str, limits: Limits) -> None:
    """Check rows, columns and values of a table or of vectors.

    Raises:
        ReadError: one of them is over its limit.
    """
    check_count(rows, name, limits)
    if columns > limits.max_columns:
        raise ReadError(f"“{name}” has {columns:,} columns; at most {limits.max_columns:,} can be read.")
    if rows * columns > limits.max_values:
        raise ReadError(
            f"“{name}” holds {rows:,} × {columns:,} = {rows * columns:,} values; "
            f"at most {limits.max_values:,} can be read."
        )


def duplicates_note(items: Sequence[str]) -> tuple[str, ...]:
    """A sentence on items that occur more than once, or nothing."""
    again = len(items) - len(set(items))
    if not again:
        return ()
    verb = "repeats an earlier one and is" if again == 1 else "repeat earlier ones and are"
    return (f"{several(again, 'item')} {verb} kept.",)
