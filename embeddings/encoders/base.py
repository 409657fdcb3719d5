"""What an encoder is: the one method a new encoder must bring, and the checks all encoders share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.encoders.inspection import Inspection, TokenCounts, View
from embeddings.encoders.words import encodable
from embeddings.errors import EmbeddingError
from embeddings.kinds import KINDS, Item, kind_of, listed_kinds

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class EncoderSpec:
    """One row of the table of encoders: what a reader must know before choosing it.

    Attributes:
        summary: one sentence in plain words.
        factory: `"module:Class"`, imported only when the encoder is loaded, in a worker process.
        options: keyword arguments for the factory.
        dimension: components of a vector; None when it depends on the collection or the model.
        licence: licence of the weights, or of the method's library.
        megabytes: size of the download or of the bundled files; 0 for methods without weights.
        kinds: what it encodes.
        version: of bundled weights or rules that may change; vectors of other versions are never mixed with its own.
        model: hub id, `file:NAME` put by hand into the models folder, or `folder:PATH`; empty when bundled.
        packages: importable names it needs, looked for before it is offered.
        fits: it learns from the collection it encodes, so its vectors mean nothing outside it.
        prepares: what its first load does once and for all, as a stage for the reader; empty when nothing.
        joint: texts and images share its space.
        every_script: it reads texts in any script, not in Latin letters alone.
    """

    summary: str
    factory: str
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    dimension: int | None = None
    licence: str = ""
    megabytes: int = 0
    kinds: frozenset[str] = frozenset({"text"})
    model: str = ""
    packages: tuple[str, ...] = ()
    version: str = ""
    fits: bool = False
    prepares: str = ""
    joint: bool = False
    every_script: bool = False

    @property
    def bundled(self) -> bool:
        """Whether it works without internet, out of the box."""
        return not self.model

    def takes(self, *kinds: str) -> bool:
        """Whether it encodes items of these kinds; several together need a joint space."""
        wanted = frozenset(kinds)
        return wanted <= self.kinds and (self.joint or len(wanted) == 1)


class Encoder(ABC):
    """Turns items into vectors; equal items get equal vectors.

    A subclass sets `name` in its constructor and implements `_encode`; the rest has sensible defaults.
    """

    name: str
    batch_size: ClassVar[int] = 256
    kinds: ClassVar[frozenset[str]] = frozenset({"text"})

    def encode(self, items: Sequence[Item]) -> Vectors:
        """Vectors of the items, float32 of shape (n, d); `_encode` sees each distinct item once.

        Raises:
            EmbeddingError: an item cannot be encoded.
        """
        if not items:
            raise ValueError("items must hold at least one item, got none")
        self.check(items)
        distinct = {item: row for row, item in enumerate(dict.fromkeys(items))}
        vectors = np.ascontiguousarray(self._encode(list(distinct)), dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(distinct):
            raise ValueError(f"{self.name} must give vectors of shape ({len(distinct)}, d), got {vectors.shape}")
        if len(distinct) == len(items):
            return vectors
        return vectors[[distinct[item] for item in items]]

    def check(self, items: Sequence[Item]) -> None:
        """Refuse items of a kind that it does not take.

        Raises:
            EmbeddingError: there is a picture where it reads texts only, or a text where it looks at pictures only.
        """
        for kind in sorted({kind_of(item) for item in items} - self.kinds):
            own, other = sorted(self.kinds), KINDS[kind]
            takes = f"{KINDS[own[0]].verbs} {listed_kinds(own)}"
            raise EmbeddingError(f"{self.name} {takes} only; it cannot {other.verb} a {other.noun}.")

    @abstractmethod
    def _encode(self, items: list[Any]) -> Vectors: ...

    def encode_query(self, items: Sequence[Item]) -> Vectors:
        """Vectors of what is looked up among the items; another text for a model that reads queries in its own way.

        Raises:
            EmbeddingError: an item cannot be encoded.
        """
        return self.encode(items)

    @property
    def params(self) -> dict[str, str | int | float | bool]:
        """How it runs here (number format, device, fitted size, …), for the reader."""
        return {}

    def inspect(self, item: Item) -> Inspection:
        """What the encoder sees of one item; without a tokeniser, its words."""
        return Inspection(tuple(str(item).split()), None, 0, ())

    def inspect_query(self, item: Item) -> Inspection:
        """What the encoder sees of something that is looked up."""
        return self.inspect(item)

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many tokens the items have, and how many of them it does not know; without a tokeniser it knows all."""
        lengths = np.array([len(self.inspect(item).tokens) for item in items], dtype=np.int64)
        return TokenCounts(lengths, self.limit, lengths, np.zeros_like(lengths))

    @property
    def limit(self) -> int | None:
        """How many tokens it reads of an item; None for no limit."""
        return None


class FittedEncoder(Encoder):
    """An encoder that learns from the collection; `fit` must come before `encode`."""

    @abstractmethod
    def fit(self, items: Sequence[Item]) -> Self:
        """Learn from all items of a collection and return the encoder itself.

        Raises:
            EmbeddingError: the items hold nothing to learn from.
        """


class ImageEncoder(Encoder):
    """An encoder of pictures: items are the bytes of kept pictures."""

    batch_size = 64
    kinds = frozenset({"image"})

    def inspect(self, item: Item) -> Inspection:
        """Nothing: a picture has no tokens; see `view`."""
        return Inspection((), None, 0, ())

    @abstractmethod
    def view(self, item: bytes) -> View:
        """What the encoder sees of a picture."""


class Tokeniser(Protocol):
    """What a joint encoder makes of a text."""

    @property
    def limit(self) -> int | None:
        """How many tokens are read of a text, special ones included; None for no limit."""

    def inspect(self, text: str) -> Inspection:
        """Tokens of a text as the model reads them."""

    def count(self, texts: Sequence[str]) -> TokenCounts:
        """How many tokens the texts have, and how many of them are unknown."""


class JointEncoder(ImageEncoder):
    """An encoder that puts pictures and texts into one space; its vectors have length 1."""

    kinds = frozenset({"text", "image"})
    _tokens: Tokeniser

    def _encode(self, items: list[Any]) -> Vectors:
        texts = [row for row, item in enumerate(items) if isinstance(item, str)]
        pictures = [row for row, item in enumerate(items) if not isinstance(item, str)]
        parts = []
        if texts:
            parts.append(self._encode_texts([items[row] for row in texts]))
        if pictures:
            parts.append(self._encode_images([items[row] for row in pictures]))
        vectors = np.vstack(parts)
        return np.ascontiguousarray(vectors[np.argsort(texts + pictures)])

    def inspect(self, item: Item) -> Inspection:
        """Tokens of a text as the model reads them; a picture has none."""
        return self._tokens.inspect(encodable(item)) if isinstance(item, str) else super().inspect(item)

    def count(self, items: Sequence[Item]) -> TokenCounts:
        """How many tokens the texts have, and how many of them it does not know; pictures have none."""
        counts = self._tokens.count([encodable(item) if isinstance(item, str) else "" for item in items])
        return counts._replace(lengths=np.where([isinstance(item, str) for item in items], counts.lengths, 0))

    @property
    def limit(self) -> int | None:
        """How many tokens it reads of a text, special ones included."""
        return self._tokens.limit

    @abstractmethod
    def _encode_texts(self, texts: list[str]) -> Vectors: ...

    @abstractmethod
    def _encode_images(self, images: list[bytes]) -> Vectors: ...
