"""An immutable, ordered list of items, such as texts and pictures, with one row of metadata for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from embeddings.errors import EmbeddingError
from embeddings.items import FirstRows, Items, as_bytes
from embeddings.kinds import Item as Item

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

NAMING = ("caption", "file")


class LeftOut(NamedTuple):
    """A file of an upload that could not become an item, and why; the reason goes on after its name."""

    file: str
    reason: str


@dataclass(frozen=True, eq=False)
class Collection:
    """Items in a fixed order; two collections of equal content have equal fingerprints.

    Attributes:
        name: what the reader calls it; not part of the content.
        items: n texts as `str`, pictures as the bytes of an image file (see `embeddings.images.keep`), and so on by
            `embeddings.kinds`; any sequence is taken, and held in Arrow's memory.
        metadata: a table of n rows; may have no columns.
        notes: what reading it had to assume or leave out, as sentences for the reader; not part of the content.
        left_out: files that could not be read, with the reasons; not kept with the content.
    """

    name: str
    items: Items
    metadata: pa.Table
    notes: tuple[str, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", Items.of(self.items))
        if not len(self.items):
            raise EmbeddingError(f"“{self.name}” holds no items.")
        if self.metadata.num_columns and self.metadata.num_rows != len(self.items):
            raise ValueError(f"metadata must have n = {len(self.items)} rows, got {self.metadata.num_rows}")

    @classmethod
    def from_texts(
        cls, texts: Iterable[str], *, name: str, metadata: pa.Table | None = None, notes: Sequence[str] = ()
    ) -> Collection:
        """Make a collection of texts.

        Raises:
            EmbeddingError: there is no text.
            ValueError: metadata has another number of rows.
        """
        return cls(name, Items.of(texts), pa.table({}) if metadata is None else metadata, tuple(notes))

    @classmethod
    def from_images(
        cls,
        images: Iterable[str | Path | bytes | PillowImage],
        *,
        name: str,
        metadata: pa.Table | None = None,
        notes: Sequence[str] = (),
    ) -> Collection:
        """Make a collection of pictures from paths, the bytes of image files, or Pillow's images.

        Raises:
            EmbeddingError: there is no picture.
            ReadError: one cannot be read; the message names it.
            ValueError: metadata has another number of rows.
        """
        from embeddings.images import keep_any

        items = Items.of(keep_any(image, name=f"image {number}").data for number, image in enumerate(images, 1))
        return cls(name, items, pa.table({}) if metadata is None else metadata, tuple(notes))

    def __len__(self) -> int:
        return len(self.items)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its items, in the order in which they appear."""
        return self.items.kinds

    @property
    def columns(self) -> list[str]:
        """Names of the metadata columns."""
        return list(self.metadata.column_names)

    def column(self, name: str) -> pa.ChunkedArray:
        """One metadata column, n values; missing ones are null."""
        return self.metadata.column(name)

    def text(self, row: int) -> str:
        """The item of a row as a text; a picture answers with its caption, its file or its row number."""
        item = self.items[row]
        if isinstance(item, str):
            return item
        named = (self.column(name)[row].as_py() for name in NAMING if name in self.columns)
        return next((str(name) for name in named if name), f"image {row + 1}")

    @cached_property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stand for kind, items and metadata (BLAKE2b over length-prefixed content)."""
        digest = hashlib.blake2b(digest_size=16)
        several = len(self.kinds) > 1
        _add(digest, ("mixed" if several else self.kinds[0]).encode())
        for item in self.items:
            if several:
                _add(digest, type(item).__name__.encode())
            _add(digest, as_bytes(item))
        for name, column in zip(self.metadata.column_names, self.metadata.columns, strict=True):
            _add(digest, name.encode())
            _add(digest, repr(column.to_pylist()).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    @cached_property
    def rows(self) -> FirstRows:
        """The first row of each distinct item."""
        return FirstRows(self.items)


def _add(digest: hashlib.blake2b, content: bytes) -> None:
    digest.update(len(content).to_bytes(8, "little"))
    digest.update(content)
