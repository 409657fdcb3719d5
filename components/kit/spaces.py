"""What the pages ask for: the chosen collection, its space, its neighbour graph and its maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from components.kit import caching
from components.kit.ask import Request, ask, asking, asking_as
from components.kit.visitors import why_not_named
from embeddings.collection import Collection, Item
from embeddings.computations import EncoderOf, graph_of
from embeddings.encoders.inspection import Inspection, TokenCounts, View
from embeddings.errors import EncoderUnavailable
from embeddings.graph import KnnGraph
from embeddings.jobs.encoding import embed
from embeddings.jobs.job import Job
from embeddings.projections import Layout
from embeddings.samples import SAMPLES
from embeddings.space import Space, Vectors
from embeddings.store import Saved, space_fingerprint
from embeddings.trust import NeighboursKept

T = TypeVar("T")


class LayoutSettings(NamedTuple):
    """How a map is drawn.

    Attributes:
        method: registry name of the projection.
        dims: 2 or 3.
        seed: of its random steps.
        params: the method's own settings.
    """

    method: str = "PCA"
    dims: int = 2
    seed: int = 0
    params: dict[str, float | str] = {}  # noqa: RUF012 - never changed


def open_collection(choice: str) -> tuple[Collection, Saved | None]:
    """A ready collection by its key, or a saved one by its id.

    Raises:
        EmbeddingError: the id is not on this server.
    """
    if choice in SAMPLES:
        return caching.sample(choice), None
    saved = caching.store().find(choice)
    return caching.saved_collection(saved.fingerprint, saved.name), saved


def space_request(collection: Collection, encoder: str) -> Request[Space]:
    """The job that gives the vectors of a collection.

    Raises:
        EncoderUnavailable: visitors may not name this encoder.
    """
    refused = why_not_named(encoder)  # before its folder is looked at
    if refused:
        raise EncoderUnavailable(refused)
    key = space_fingerprint(collection, encoder)
    return Request(f"space|{key}", lambda job: embed(caching.store(), collection, encoder, job))


def space_of(collection: Collection, encoder: str) -> Space:
    """The vectors of a collection; waits with progress while they are computed."""
    return ask(space_request(collection, encoder))


def graph_request(space: Space, metric: str = "cosine", k: int = 0) -> Request[KnnGraph]:
    """The job that gives the shared neighbour graph of a space, with at least k neighbours."""
    name, args, settings = graph_of(space, k=k, metric=metric)
    return asking(name, *args, **settings)


def layout_request(space: Space, settings: LayoutSettings) -> Request[Layout]:
    """The job that draws a map of a space; its key stands for the map wherever something is kept of it."""
    method, dims, seed, params = settings
    return asking("layout", space, method=method, dims=dims, seed=seed, **params)


def kept_request(space: Space, layout: Layout) -> Request[NeighboursKept]:
    """The job that says what a map keeps of each item's true neighbours."""
    return asking("neighbours kept", space, layout=layout)


def typed_request(space: Space, item: Item) -> Request[Vectors]:
    """The job that gives the vector of a text or a picture that the visitor looks up, shape (d,)."""
    asked = asking("look-up", EncoderOf(space.collection, space.encoder), [item])

    def look_up(job: Job) -> Vectors:
        vector: Vectors = asked.run(job)[0]
        return vector

    return Request(asked.key, look_up)


def texts_request(space: Space, items: Sequence[Item]) -> Request[Vectors]:
    """The job that gives the vectors of several texts or pictures of the visitor, read as items are; shape (m, d)."""
    return asking("vectors", EncoderOf(space.collection, space.encoder), list(items))


def query_sentence(space: Space) -> str:
    """How the encoder reads what is looked up otherwise than the items; empty where it does not."""
    if "query prompt" not in space.params:
        return ""
    asked, items = (f"“{text}”" if text else "nothing" for text in map(space.params.get, ("query prompt", "prompt")))
    return f"Read as a query: {asked} is put before it, {items} before the items."


def inspect_request(space: Space, item: Item, *, looked_up: bool = False) -> Request[Inspection]:
    """The job that says what the encoder of a space sees of an item, or of something that is looked up."""
    return asking("inspection", EncoderOf(space.collection, space.encoder), item, looked_up=looked_up)


def inspect_item(space: Space, item: Item, *, looked_up: bool = False) -> Inspection:
    """The same, waited for."""
    return ask(inspect_request(space, item, looked_up=looked_up))


def view_item(space: Space, item: bytes) -> View | None:
    """What the encoder of a space sees of a picture; None for an encoder that looks at none."""
    seen: View | None = ask(asking("view", EncoderOf(space.collection, space.encoder), item))
    return seen


def token_request(collection: Collection, encoder: str) -> Request[TokenCounts]:
    """The job that counts the tokens of each item, and those that the encoder does not know."""
    key = space_fingerprint(collection, encoder)
    return asking_as(key, "tokens", EncoderOf(collection, encoder), collection.items)
