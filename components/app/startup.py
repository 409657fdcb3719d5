"""What the server does before and after it serves: the cluster, and the first map prepared in the background."""

from __future__ import annotations

import gc
import logging
import socket
import threading
from contextlib import suppress
from functools import partial
from typing import TypeVar

from components.kit import caching
from components.kit.ask import Request, keeping
from components.kit.candidates import DEFAULT_SIZE
from components.kit.choice import COLLECTION, ENCODED_IN_ADVANCE, ENCODER, FIRST_MAP, suitable_encoder
from components.kit.spaces import graph_request, layout_request, space_request
from embeddings.errors import EmbeddingError, NotStored
from embeddings.jobs import client
from embeddings.jobs.cluster import LONG, QUICK, READ
from embeddings.jobs.encoding import load
from embeddings.jobs.job import SERVER
from embeddings.projections import warm_up_umap
from embeddings.reading import guess

T = TypeVar("T")
TIDY_EVERY = 600.0
TCP = {(family, socket.SOCK_STREAM) for family in (socket.AF_INET, socket.AF_INET6)}
log = logging.getLogger("vectorscope")
_ending = threading.Event()


def start() -> None:
    """Connect to the workers, then prepare in the background what the bare address and the ready pictures show."""
    answer_at_once()
    client.start()
    _ending.clear()
    threading.Thread(target=_prepare, name="first map", daemon=True).start()
    threading.Thread(target=_tidy, name="tidy", daemon=True).start()


def answer_at_once() -> None:
    """Let small answers leave at once: without this, each waits some 40 ms for the one before to be acknowledged.

    Streamlit makes its listening socket without naming TCP, and asyncio then leaves Nagle's algorithm on; connections
    inherit what is set here.
    """
    for each in gc.get_objects():
        if type(each) is socket.socket and each.fileno() >= 0 and (each.family, each.type) in TCP:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def stop() -> None:
    """End the local workers."""
    _ending.set()
    client.close()


def _tidy() -> None:
    """Remove what was kept for an hour, also where nobody comes who would."""
    while True:
        with suppress(NotStored):
            caching.store().uploads.sweep()
        if _ending.wait(TIDY_EVERY):
            return


def _prepare() -> None:
    loaded = client.submit(load, caching.store().home, ENCODER, "warm-up", place=QUICK, urgency=client.URGENT)
    compiled = client.submit(warm_up_umap, place=LONG)
    imported = client.submit(partial(guess, name="warm-up.txt"), b"one\ntwo\n", place=READ)
    try:
        space = _finish(space_request(caching.sample(COLLECTION), ENCODER))
        _finish(layout_request(space, FIRST_MAP._replace(method="PCA", params={})))
        _finish(graph_request(space))
        _finish(layout_request(space, FIRST_MAP))
        _finish(space_request(caching.words(DEFAULT_SIZE), ENCODER))
        for key in ENCODED_IN_ADVANCE:
            collection = caching.sample(key)
            _finish(space_request(collection, suitable_encoder(key, collection)))
    except EmbeddingError as error:
        log.warning("the first map is not ready: %s", error)
    for warmed in (loaded, compiled, imported):
        warmed.release()


def _finish(request: Request[T]) -> T:
    """Run a job that nobody has asked for yet, after all that somebody waits for."""
    for job in caching.board().running():
        if not job.only_in_advance:
            job.future.exception()
    job = caching.board().start(request.key, keeping(request.key, request.run), visitor=SERVER)
    found: T = job.future.result()
    return found
