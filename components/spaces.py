"""What the pages ask for: the chosen collection, its space, its neighbour graph and its maps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from components import caching
from components.reach import why_not_named
from components.work import wait_for
from embeddings.collection import Collection, Item
from embeddings.encoders.inspection import Inspection, TokenCounts, View
from embeddings.errors import EncoderUnavailable
from embeddings.graph import KnnGraph
from embeddings.jobs import tasks
from embeddings.jobs.client import submit_large, submit_urgent
from embeddings.jobs.cluster import QUICK
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import embed_stored, graph_stored, kept_stored, layout_key, layout_stored
from embeddings.projections import Layout
from embeddings.samples import SAMPLES
from embeddings.space import Space, Vectors
from embeddings.store import Saved, space_fingerprint
from embeddings.store.vectors import item_keys
from embeddings.trust import NeighboursKept

T = TypeVar("T")
Request = tuple[str, Callable[[Job], T]]


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
    return f"space|{key}", lambda job: embed_stored(caching.store(), collection, encoder, job)


def graph_request(space: Space, metric: str = "cosine") -> Request[KnnGraph]:
    """The job that gives the neighbour graph of a space."""
    key = f"graph|{space.fingerprint}|{metric}"
    return key, lambda job: graph_stored(caching.store(), space, job, metric=metric)


def layout_request(space: Space, settings: LayoutSettings) -> Request[Layout]:
    """The job that draws a map of a space."""
    method, dims, seed, params = settings
    return layout_key(space.fingerprint, *settings), lambda job: layout_stored(
        caching.store(), space, job, method=method, dims=dims, seed=seed, params=params
    )


def space_of(collection: Collection, encoder: str) -> Space:
    """The vectors of a collection; waits with progress while they are computed."""
    return wait_for(*space_request(collection, encoder))


def kept_request(space: Space, layout: Layout, settings: LayoutSettings) -> Request[NeighboursKept]:
    """The job that says what a map keeps of each item's true neighbours."""
    key = layout_key(space.fingerprint, *settings)

    def check(job: Job) -> NeighboursKept:
        graph = graph_stored(caching.store(), space, job)
        return kept_stored(caching.store(), space, graph, layout, key, job)

    return f"kept|{key}", check


def typed_request(space: Space, item: Item) -> Request[Vectors]:
    """The job that gives the vector of a text or a picture that the visitor looks up, shape (d,)."""

    def encode(job: Job) -> Vectors:
        vector: Vectors = _ask(job, f"Encoding your {_called(item)}", tasks.look_up, space, [item])[0]
        return vector

    return f"typed|{space.fingerprint}|{_content(item)}", encode


def texts_request(space: Space, items: Sequence[Item]) -> Request[Vectors]:
    """The job that gives the vectors of several texts or pictures of the visitor, read as items are; shape (m, d)."""

    def encode(job: Job) -> Vectors:
        vectors: Vectors = _ask(job, f"Encoding {len(items):,} of your inputs", tasks.encode_query, space, list(items))
        return vectors

    content = item_keys([_content(item) for item in items]).tobytes()
    return f"typed|{space.fingerprint}|{hashlib.blake2b(content, digest_size=16).hexdigest()}", encode


def query_sentence(space: Space) -> str:
    """How the encoder reads what is looked up otherwise than the items; empty where it does not."""
    if "query prompt" not in space.params:
        return ""
    asked, items = (f"“{text}”" if text else "nothing" for text in map(space.params.get, ("query prompt", "prompt")))
    return f"Read as a query: {asked} is put before it, {items} before the items."


def inspect_request(space: Space, item: Item, *, looked_up: bool = False) -> Request[Inspection]:
    """The job that says what the encoder of a space sees of an item, or of something that is looked up."""
    task = tasks.inspect_query if looked_up else tasks.inspect

    def look(job: Job) -> Inspection:
        seen: Inspection = _ask(job, "Looking at your text", task, space, item)
        return seen

    return f"seen|{space.fingerprint}|{looked_up}|{_content(item)}", look


def inspect_item(space: Space, item: Item, *, looked_up: bool = False) -> Inspection:
    """The same, waited for."""
    return wait_for(*inspect_request(space, item, looked_up=looked_up))


def view_item(space: Space, item: bytes) -> View | None:
    """What the encoder of a space sees of a picture; None for an encoder that looks at none."""
    key = f"view|{space.fingerprint}|{_content(item)}"

    def look(job: Job) -> View | None:
        seen: View | None = _ask(job, "Looking at your picture", tasks.view, space, item)
        return seen

    return wait_for(key, look)


def token_request(collection: Collection, encoder: str) -> Request[TokenCounts]:
    """The job that counts the tokens of each item, and those that the encoder does not know."""

    def count(job: Job) -> TokenCounts:
        job.enter("Counting tokens")
        counted: TokenCounts = job.wait_for(submit_large(tasks.count_tokens, collection.items, encoder, place=QUICK))
        return counted

    return f"tokens|{space_fingerprint(collection, encoder)}", count


def _called(item: Item) -> str:
    return "text" if isinstance(item, str) else "picture"


def _content(item: Item) -> str:
    return f"{_called(item)} {item_keys([item]).tobytes().hex()}"


def _ask(job: Job, stage: str, task: object, space: Space, argument: object) -> Any:
    job.enter(stage)
    store = caching.store()
    store.keep(space.collection)
    return job.wait_for(submit_urgent(task, store.home, space.collection.fingerprint, space.encoder, argument))
