"""What the server does before and after it serves: the cluster, and the first map prepared in the background."""

from __future__ import annotations

import logging
import threading
from typing import TypeVar

from components import caching
from components.defaults import COLLECTION, ENCODER, FIRST_MAP
from components.spaces import Request, graph_request, layout_request, space_request
from embeddings.errors import EmbeddingError
from embeddings.jobs import client, tasks

T = TypeVar("T")
log = logging.getLogger("vectorscope")


def start() -> None:
    """Connect to the workers, then prepare in the background what the bare address shows."""
    client.client()
    threading.Thread(target=_prepare, name="first map", daemon=True).start()


def stop() -> None:
    """End the local workers."""
    client.close()


def _prepare() -> None:
    compiled = client.submit_long(tasks.warm_up_umap)
    try:
        space = _finish(space_request(caching.sample(COLLECTION), ENCODER))
        _finish(layout_request(space, FIRST_MAP._replace(method="PCA", params={})))
        _finish(graph_request(space))
        _finish(layout_request(space, FIRST_MAP))
    except EmbeddingError as error:
        log.warning("the first map is not ready: %s", error)
    loaded = client.submit_urgent(tasks.load, caching.store().home, ENCODER, "warm-up")
    loaded.add_done_callback(lambda _: compiled.release())


def _finish(request: Request[T]) -> T:
    key, run = request
    result: T = caching.board().start(key, run, visitor="server").future.result()
    caching.outcomes().put(key, result)
    return result
