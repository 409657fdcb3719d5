"""From items to vectors, in one process, and what an encoder tells of items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from types import MappingProxyType

import numpy as np

from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.encoders.base import Encoder, FittedEncoder, ImageEncoder
from embeddings.encoders.inspection import Inspection, TokenCounts, View
from embeddings.kinds import Item
from embeddings.space import Space, Vectors


def embed(
    collection: Collection, encoder: str | Encoder, *, on_progress: Callable[[int, int], None] | None = None
) -> Space:
    """Encode a collection; equal items are encoded once.

    Args:
        collection: of a kind that the encoder takes.
        encoder: a name in ENCODERS, `hub:…`, `folder:…`, or an encoder of your own.
        on_progress: called with (done, total) distinct items after each batch.

    Raises:
        EncoderUnavailable: a package or model is missing; the message is the remedy.
        EmbeddingError: the items cannot be encoded.
    """
    model = load_encoder(encoder) if isinstance(encoder, str) else encoder
    if isinstance(model, FittedEncoder):
        model.fit(collection.items)
    distinct = list(collection.rows)
    batches = []
    for start in range(0, len(distinct), model.batch_size):
        batches.append(model.encode(distinct[start : start + model.batch_size]))
        if on_progress is not None:
            on_progress(min(start + model.batch_size, len(distinct)), len(distinct))
    vectors = np.vstack(batches)
    place = {item: position for position, item in enumerate(distinct)}
    rows = [place[item] for item in collection.items]
    name = encoder if isinstance(encoder, str) else model.name
    return Space(collection, vectors[rows], name, MappingProxyType(dict(model.params)))


def encode(model: Encoder, items: Sequence[Item]) -> Vectors:
    """Vectors of items that need not be in a collection, shape (m, d)."""
    return model.encode(items)


def look_up(model: Encoder, items: Sequence[Item]) -> Vectors:
    """Vectors of what is looked up in a collection, as the encoder reads queries; shape (m, d)."""
    return model.encode_query(items)


def inspect(model: Encoder, item: Item, *, looked_up: bool = False) -> Inspection:
    """What an encoder sees of an item, or of something that is looked up."""
    return model.inspect_query(item) if looked_up else model.inspect(item)


def view(model: Encoder, item: bytes) -> View | None:
    """What an encoder sees of a picture; None for one that looks at none."""
    return model.view(item) if isinstance(model, ImageEncoder) else None


def count_tokens(model: Encoder, items: Sequence[Item]) -> TokenCounts:
    """How many tokens items have, and how much of them the encoder can read."""
    return model.count(items)


def speed(model: Encoder, items: Sequence[Item], *, machine: str) -> float:
    """Items a second of a loaded encoder on this machine; the first item warms it up.

    Args:
        model: loaded, and fitted where it learns.
        items: at least one.
        machine: what the measurement is of, for whoever keeps it.
    """
    model.encode(items[:1])
    start = perf_counter()
    model.encode(items)
    return len(items) / max(perf_counter() - start, 1e-9)
