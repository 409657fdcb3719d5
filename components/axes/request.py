"""The job that makes an axis, its random rivals included."""

from __future__ import annotations

import hashlib

from components.axes.definition import Seeds
from components.axes.lookup import look_up
from components.kit import caching
from components.kit.ask import Request
from components.kit.spaces import texts_request
from embeddings.axes import Axis
from embeddings.errors import EmbeddingError
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.space import Space

Made = Axis | EmbeddingError


def axis_request(space: Space, seeds: Seeds) -> Request[Axis]:
    """The job that makes an axis; that there is none between the seeds is an answer too, not a failure.

    Raises:
        EmbeddingError: a seed has no vector here.
    """
    found = look_up(space, seeds.words)

    def make(job: Job) -> Axis:
        vectors = dict(found.given)
        if found.to_encode:
            encoded = texts_request(space, list(found.to_encode)).within(job)
            vectors |= dict(zip(found.to_encode, encoded, strict=True))
        axis: Axis
        if seeds.paired:
            pairs = list(zip(seeds.low, seeds.high, strict=True))
            axis = compute(caching.store(), job, "axis of pairs", space, pairs, vectors_of=vectors)
        else:
            axis = compute(caching.store(), job, "axis of lists", space, seeds.low, seeds.high, vectors_of=vectors)
        return axis

    return Request(axis_key(space, seeds), make)


def axis_key(space: Space, seeds: Seeds) -> str:
    """What stands for an axis of a space; what it is called does not matter."""
    content = repr((seeds.paired, seeds.low, seeds.high)).encode()
    return f"axis|{space.fingerprint}|{hashlib.blake2b(content, digest_size=16).hexdigest()}"
