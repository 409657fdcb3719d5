"""From a collection to its space, in one process."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np

from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.encoders.base import Encoder, FittedEncoder
from embeddings.space import Space


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
