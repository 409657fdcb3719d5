"""Items in Arrow's memory: a sequence that costs the bytes of its content and little more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.kinds import KINDS, Item, kind_of

Keys = NDArray[np.uint8]
# Items that become Python's objects at once while somebody goes through all of them.
AT_ONCE = 4_096


class Items(Sequence[Item]):
    """n items in their order, each of its kind's class; never changed.

    Args:
        column: their content, as strings or as bytes.
        kinds: those that there are, in the order in which they appear.
        codes: which of `kinds` each item is, shape (n,); None where there is one kind only.
    """

    def __init__(self, column: pa.ChunkedArray, kinds: Sequence[str], codes: NDArray[np.uint8] | None = None) -> None:
        self._column = column
        self.kinds = tuple(kinds)
        self._codes = codes

    @classmethod
    def of(cls, items: Iterable[Item]) -> Items:
        """Items from Python's objects."""
        if isinstance(items, Items):
            return items
        held = items if isinstance(items, (tuple, list)) else tuple(items)
        names = [kind_of(item) for item in held]
        kinds = tuple(dict.fromkeys(names)) or ("text",)
        if all(issubclass(KINDS[kind].content, str) for kind in kinds):
            try:
                return cls.named(
                    pa.chunked_array([pa.array(held, pa.large_string())], pa.large_string()), names or kinds
                )
            except UnicodeEncodeError:  # half of a surrogate pair, which Arrow's strings cannot hold
                pass
        content = pa.array([as_bytes(item) for item in held], pa.large_binary())
        return cls.named(pa.chunked_array([content], pa.large_binary()), names)

    @property
    def column(self) -> pa.ChunkedArray:
        """The items as Arrow holds them."""
        return self._column

    @classmethod
    def named(cls, column: pa.ChunkedArray, names: Sequence[str]) -> Items:
        """Items from Arrow with the kind of each, or one kind for all."""
        kinds = tuple(dict.fromkeys(names))
        codes = np.array([kinds.index(name) for name in names], np.uint8) if len(kinds) > 1 else None
        return cls(column, kinds, codes)

    @property
    def names(self) -> pa.Array:
        """The kind of each item."""
        codes = np.zeros(len(self), np.uint8) if self._codes is None else self._codes
        return pa.array(self.kinds).take(pa.array(codes))

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Which items are of a kind, shape (n,)."""
        code = self.kinds.index(kind) if kind in self.kinds else -1
        return np.full(len(self), code == 0) if self._codes is None else self._codes == code

    @property
    def texts(self) -> NDArray[np.bool_]:
        """Which items are texts, shape (n,)."""
        of_texts = [issubclass(KINDS[kind].content, str) for kind in self.kinds]
        return np.full(len(self), of_texts[0]) if self._codes is None else np.array(of_texts)[self._codes]

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return int(self._column.nbytes) + (0 if self._codes is None else self._codes.nbytes)

    @cached_property
    def keys(self) -> Keys:
        """16 bytes for each item, equal for equal content, shape (n, 16) (BLAKE2b)."""
        return item_keys(self)

    def take(self, rows: Sequence[int] | NDArray[np.integer]) -> Items:
        """Some of the items, in the order of their rows."""
        places = np.asarray(rows, np.int64)
        taken = self._column.take(pa.array(places))
        if self._codes is None:
            return Items(taken, self.kinds)
        codes = self._codes[places]
        there = list(dict.fromkeys(codes.tolist()))
        renumbered = np.array([there.index(code) for code in codes.tolist()], np.uint8)
        return Items(taken, [self.kinds[code] for code in there], renumbered if len(there) > 1 else None)

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(len(self))))
        row = int(place)
        return self._made(self._column[row].as_py(), 0 if self._codes is None else int(self._codes[row]))

    def __iter__(self) -> Iterator[Item]:
        for start in range(0, len(self), AT_ONCE):
            part = self._column.slice(start, AT_ONCE).to_pylist()
            codes = [0] * len(part) if self._codes is None else self._codes[start : start + AT_ONCE].tolist()
            yield from map(self._made, part, codes)

    def _made(self, found: Item, code: int) -> Item:
        """An item of its kind's class from what Arrow gives."""
        content = KINDS[self.kinds[code]].content
        if isinstance(found, bytes) and issubclass(content, str):
            found = found.decode("utf-8", "surrogatepass")
        return found if type(found) is content else content(found)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Items):
            return len(self) == len(other) and bool(
                (self.keys == other.keys).all() and (self.texts == other.texts).all()
            )
        return isinstance(other, tuple) and tuple(self) == other

    __hash__ = None  # type: ignore[assignment]

    def _same_kinds(self, other: Items) -> bool:
        return self.kinds == other.kinds and all(
            (self.of_kind(kind) == other.of_kind(kind)).all() for kind in self.kinds
        )


class FirstRows(Mapping[Item, int]):
    """The first row of each distinct item, in the order of these rows."""

    def __init__(self, items: Items) -> None:
        self._items = items
        # A picture and a text can be of the same bytes.
        halves = np.ascontiguousarray(items.keys).view(np.uint64) ^ items.texts[:, None].astype(np.uint64)
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        ordered = halves[order]
        new = np.ones(len(items), dtype=bool)
        new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
        self._first = order[new].astype(np.int64)
        self._halves = ordered[new]
        self._rows = np.sort(self._first)

    @property
    def all(self) -> NDArray[np.int64]:
        """The first rows, ascending."""
        return self._rows

    def __getitem__(self, item: Item) -> int:
        if isinstance(item, (str, bytes)):
            key = item_keys([item]).view(np.uint64)[0] ^ np.uint64(isinstance(item, str))
            place = int(np.searchsorted(self._halves[:, 0], key[0]))
            if place < len(self._halves) and (self._halves[place] == key).all():
                return int(self._first[place])
        raise KeyError(item)

    def __iter__(self) -> Iterator[Item]:
        return (self._items[row] for row in self._rows.tolist())

    def __len__(self) -> int:
        return len(self._rows)


def item_keys(items: Iterable[Item]) -> Keys:
    """16 bytes for each item, equal for equal content: shape (n, 16)."""
    digests = b"".join(hashlib.blake2b(as_bytes(item), digest_size=16).digest() for item in items)
    return np.frombuffer(digests, dtype=np.uint8).reshape(-1, 16)


def as_bytes(item: Item) -> bytes:
    """A picture as it is, a text in UTF-8; half of a surrogate pair stays what it is."""
    return item.encode("utf-8", "surrogatepass") if isinstance(item, str) else item
