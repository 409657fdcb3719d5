"""The job that makes an axis, its random rivals included."""

from __future__ import annotations

import hashlib

import numpy as np

from components import caching
from components.axes.definition import Seeds
from components.axes.lookup import look_up
from components.spaces import Request, texts_request
from embeddings.axes import DRAWS, Axis
from embeddings.errors import PASSING, EmbeddingError
from embeddings.jobs import tasks
from embeddings.jobs.client import submit_urgent
from embeddings.jobs.job import Job
from embeddings.space import Space

Made = Axis | EmbeddingError


def axis_request(space: Space, seeds: Seeds) -> Request[Made]:
    """The job that makes an axis; that there is none between the seeds is an answer too, not a failure.

    Raises:
        EmbeddingError: a seed has no vector here.
    """
    found = look_up(space, seeds.words)

    def make(job: Job) -> Made:
        vectors = dict(found.given)
        if found.to_encode:
            encoded: np.ndarray = texts_request(space, list(found.to_encode))[1](job)
            vectors |= dict(zip(found.to_encode, encoded, strict=True))
        job.enter(f"Making the axis and {DRAWS} random ones")
        store = caching.store()
        store.keep(space.collection)
        reference = store.home, space.collection.fingerprint, space.encoder
        try:
            axis: Axis = job.wait_for(
                submit_urgent(tasks.make_axis, *reference, seeds.low, seeds.high, seeds.paired, vectors)
            )
        except PASSING:
            raise
        except EmbeddingError as error:
            return error
        return axis

    return axis_key(space, seeds), make


def axis_key(space: Space, seeds: Seeds) -> str:
    """What stands for an axis of a space; what it is called does not matter."""
    content = repr((seeds.paired, seeds.low, seeds.high)).encode()
    return f"axis|{space.fingerprint}|{hashlib.blake2b(content, digest_size=16).hexdigest()}"
