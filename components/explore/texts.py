"""The texts of items, looked up only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from embeddings.space import Space


class ItemTexts(Sequence[str]):
    """The texts of a space's items, without a copy."""

    def __init__(self, space: Space) -> None:
        self._collection = space.collection

    def __len__(self) -> int:
        return len(self._collection)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self._collection.text(each) for each in range(*row.indices(len(self)))]
        return self._collection.text(int(row))
