"""Asking for a probe: that its inputs cannot be used is an answer too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.choice import encoder_name
from embeddings.errors import PASSING, EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.reading.wording import quoted
from embeddings.space import Space

NAMED = 5


def probe_request(
    space: Space, probe: str, inputs: Mapping[str, Any], *, vectors_of: VectorsOf = NONE_GIVEN
) -> Request[Any]:
    """The job that runs a probe of the table.

    Args:
        space: the first input.
        probe: a name in PROBES.
        inputs: the others, see `run_probe`.
        vectors_of: vectors of texts among the inputs that the space does not hold.
    """
    return asking("probe", space, probe=probe, vectors_of=dict(vectors_of), **inputs)


def asked(job: Job, name: str, *args: Any, **settings: Any) -> Any:
    """What a computation gives within a job, or why it cannot be said."""
    try:
        return compute(caching.store(), job, name, *args, **settings)
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
