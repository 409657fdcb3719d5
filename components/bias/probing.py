"""Asking the workers for a probe: the same question is answered once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from components import caching
from components.spaces import Request
from embeddings.errors import Cancelled, EmbeddingError, EncoderUnavailable
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.jobs import bias_tasks
from embeddings.jobs.client import submit_reporting
from embeddings.jobs.job import Job
from embeddings.space import Space


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
        return asked(job, stage, space, bias_tasks.run_probe, probe, dict(inputs), dict(vectors_of))

    return request_key("probe", space, probe, sorted(inputs.items())), run


def asked(job: Job, stage: str, space: Space, task: Callable[..., Any], *args: Any) -> Any:
    """What a task of the workers says about a stored space, or why it cannot be said."""
    store = caching.store()
    store.keep(space.collection)
    reference = store.home, space.collection.fingerprint, space.encoder
    return answered(job, stage, task, reference, *args)


def answered(job: Job, stage: str, task: Callable[..., Any], *args: Any) -> Any:
    """What a task of the workers gives; it takes the topic of its progress as last argument."""
    job.enter(stage)
    try:
        return job.wait_for(submit_reporting(task, *args, listener=job.measure))
    except (Cancelled, EncoderUnavailable):
        raise
    except EmbeddingError as error:
        return error


def request_key(kind: str, space: Space, *content: Any) -> str:
    """What stands for a result: the space, and everything else that it depends on."""
    digest = hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()
    return f"{kind}|{space.fingerprint}|{digest}"
