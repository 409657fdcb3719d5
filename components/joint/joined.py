"""What the page on pictures and texts asks for: the joint space, its map with the gap partly closed, and recall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from components.kit import caching
from components.kit.ask import Pending, Request, ask, asking
from components.kit.spaces import LayoutSettings, layout_request, space_of, space_request
from embeddings.collection import Collection
from embeddings.jobs.computing import EncoderOf, compute
from embeddings.jobs.job import Job
from embeddings.joint import Rows, picture_rows
from embeddings.projections import LinearMap
from embeddings.retrieval import GapSweep
from embeddings.space import Space, Vectors
from embeddings.store import space_fingerprint
from embeddings.units import unit

FEW = 256
SIDE = "Side view"


def joint_space(pictures: Collection, texts: Sequence[str], encoder: str) -> Space:
    """Pictures and texts by one joint encoder as one space; waits with progress while it is computed."""
    return caching.joined_space(space_of(pictures, encoder), text_space(texts, encoder))


def text_space(texts: Sequence[str], encoder: str) -> Space:
    """The vectors of some texts; waits while they are computed. A few typed ones leave nothing in the store."""
    if len(texts) <= FEW:
        return ask(few_texts_request(texts, encoder))
    return ask(space_request(Collection.from_texts(texts, name="texts"), encoder))


def sweep_request(space: Space, pairs: Rows) -> Request[GapSweep]:
    """The job that closes the gap step by step and counts what is found."""
    return asking("gap", _light(space), pairs if len(pairs) else None)


class Placed(NamedTuple):
    """Where the items are with the gap partly closed.

    Attributes:
        coordinates: float32 of shape (n, 2).
        method: how they were placed; another than the wanted one while that is being drawn.
        axes: titles of the axes where they mean something.
    """

    coordinates: NDArray[np.float32]
    method: str
    axes: tuple[str, ...] = ()


def place_all(space: Space, share: float, method: str, pending: Pending) -> Placed:
    """The map of a joint space.

    On linear maps the axes stay those of the space as it is, so that what moves is the items. UMAP is drawn anew; the
    view from the side stands in until it is ready.
    """
    moved = caching.moved_space(space, share)
    if method == "UMAP":
        drawn = pending.ask(layout_request(moved, LayoutSettings(method)))
        if drawn is not None:
            return Placed(drawn.coordinates, method)
    if method == "PCA":
        flat = ask(layout_request(space, LayoutSettings(method))).linear
        if flat is not None:
            return Placed(_shadow(moved.vectors, flat), method, _titles("PC 1", "PC 2", flat))
    view = caching.side_view(space)
    titles = _titles("texts ← along the gap → pictures", "where they differ most besides", view)
    return Placed(_shadow(unit(moved.vectors), view), SIDE, titles)


def _shadow(vectors: Vectors, view: LinearMap) -> NDArray[np.float32]:
    return np.asarray((vectors - view.mean) @ view.axes.T, dtype=np.float32)


def _titles(first: str, second: str, view: LinearMap) -> tuple[str, ...]:
    shares = [f"{100 * share:.1f} % of the variance" for share in view.explained]
    return (f"{first} ({shares[0]})", f"{second} ({shares[1]})")


def few_texts_request(texts: Sequence[str], encoder: str) -> Request[Space]:
    """The job that encodes at most 256 texts, which leave nothing in the store."""
    collection = Collection.from_texts(texts, name="texts")
    fingerprint = space_fingerprint(collection, encoder)
    key = f"texts|{fingerprint}"

    def encode(job: Job) -> Space:
        vectors = compute(caching.store(), job, "vectors", EncoderOf(collection, encoder), list(collection.items))
        return Space(collection, vectors, encoder, {}, fingerprint)

    return Request(key, encode)


def _light(space: Space) -> Space:
    """The space with row numbers in place of the pictures, which the workers need not see."""
    collection = space.collection
    count = len(picture_rows(collection))
    items = (*(row.to_bytes(4, "little") for row in range(count)), *collection.items[count:])
    light = Collection(collection.name, "mixed", items, collection.metadata.select([]))
    return Space(light, space.vectors, space.encoder, {}, space.fingerprint)
