"""Asking the workers for a probe: the same question is answered once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from components import caching
from components.choice import encoder_name
from components.spaces import Request
from embeddings.errors import PASSING, EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.jobs import bias_tasks
from embeddings.jobs.client import hold, submit_reporting
from embeddings.jobs.job import Job
from embeddings.reading.wording import quoted
from embeddings.space import Space

NAMED = 5


def probe_request(
    space: Space, probe: str, inputs: Mapping[str, Any], *, vectors_of: VectorsOf = NONE_GIVEN, stage: str
) -> Request[Any]:
    """The job that runs a probe of the table; that its inputs cannot be used is an answer too.

    Args:
        space: a stored one.
        probe: a name in PROBES.
        inputs: see `bias_tasks.run_probe`; they stand for the result together with the space.
        vectors_of: vectors of texts among the inputs, which follow from them.
        stage: what the reader sees while waiting.
    """

    def run(job: Job) -> Any:
        return asked(job, stage, space, bias_tasks.run_probe, probe, dict(inputs), vectors_of=vectors_of)

    return request_key("probe", space, probe, sorted(inputs.items())), run


def asked(
    job: Job, stage: str, space: Space, task: Callable[..., Any], *args: Any, vectors_of: VectorsOf = NONE_GIVEN
) -> Any:
    """What a task of the workers says about a stored space, or why it cannot be said; vectors are its last argument."""
    store = caching.store()
    store.keep(space.collection)
    reference = store.home, space.collection.fingerprint, space.encoder
    return answered(job, stage, task, reference, *args, hold(dict(vectors_of)))


def answered(job: Job, stage: str, task: Callable[..., Any], *args: Any) -> Any:
    """What a task of the workers gives; it takes the topic of its progress as last argument."""
    job.enter(stage)
    try:
        return job.wait_for(submit_reporting(task, *args, listener=job.measure))
    except PASSING:
        raise
    except EmbeddingError as error:
        return error


def unknown_words(space: Space, vectors_of: VectorsOf) -> str:
    """Why words that were encoded cannot be used: the encoder learnt nothing of them; empty where it knows all."""
    unknown = [word for word, vector in vectors_of.items() if not np.any(vector)]
    if not unknown:
        return ""
    more = f" and {len(unknown) - NAMED:,} more" if len(unknown) > NAMED else ""
    return (
        f"{encoder_name(space.encoder)} learnt only what stands in this collection and knows nothing of "
        f"{quoted(unknown[:NAMED])}{more}. Take words that occur in it, or an encoder that reads any text."
    )


def request_key(kind: str, space: Space, *content: Any) -> str:
    """What stands for a result: the space, and everything else that it depends on."""
    digest = hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()
    return f"{kind}|{space.fingerprint}|{digest}"
