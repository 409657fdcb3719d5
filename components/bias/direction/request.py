"""The jobs of a direction, the encoding of typed words included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.axes.lookup import Lookup, look_up
from components.bias.direction.typed import Typed
from components.kit.ask import Request
from components.kit.caching import store
from components.kit.candidates import reads_texts
from components.kit.spaces import texts_request
from components.views.bias_inputs import or_why_not, request_key, unknown_words
from embeddings.bias.plan import Plan
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.space import Space


def leaning_request(space: Space, typed: Typed, strictness: float) -> Request[Any]:
    """The job that measures a direction and words along it; a mistake in them is an answer too.

    Raises:
        EmbeddingError: a word has no vector here.
    """
    found = look_up(space, _words(typed))

    def measure(job: Job) -> Any:
        try:
            vectors = encoded(job, space, found)
        except _Nothing as error:
            return EmbeddingError(str(error))
        return or_why_not(
            lambda: compute(store(), job, "leaning", space, *typed, strictness=strictness, vectors_of=vectors)
        )

    return Request(request_key("leaning", space, typed, strictness), measure)


def debias_request(space: Space, plan: Plan, others: Sequence[str]) -> Request[Any]:
    """The job that takes a direction out; `others` are words of the probes, which are refused where they are missing.

    Raises:
        EmbeddingError: a word of the pairs, or one to keep, has no vector here.
    """
    found = look_up(space, [*(str(word) for pair in plan.pairs for word in pair), *map(str, plan.keep)])
    more = look_up(space, others) if reads_texts(space.encoder) else Lookup({}, [])

    def debias(job: Job) -> Any:
        try:
            vectors = {**_of_probes(job, space, more), **encoded(job, space, found)}
        except _Nothing as error:
            return EmbeddingError(str(error))
        return or_why_not(lambda: compute(store(), job, "debiasing", space, plan, vectors_of=vectors))

    return Request(request_key("debias", space, plan), debias)


class _Nothing(Exception):
    """The encoder knows nothing of a word."""


def encoded(job: Job, space: Space, found: Lookup) -> VectorsOf:
    """The vectors of words that the space does not hold, within a job.

    Raises:
        _Nothing: a word has no direction, because the encoder learnt nothing of it.
    """
    vectors = {**found.given, **_of_texts(job, space, found.to_encode)}
    reason = unknown_words(space, {word: vectors[word] for word in found.to_encode})
    if reason:
        raise _Nothing(reason)
    return vectors


def _of_probes(job: Job, space: Space, more: Lookup) -> VectorsOf:
    """Those of words that the encoder knows; the others are missing, as the probes will say."""
    return {word: vector for word, vector in _of_texts(job, space, more.to_encode).items() if np.any(vector)}


def _of_texts(job: Job, space: Space, texts: Sequence[str]) -> dict[str, Any]:
    if not texts:
        return {}
    vectors: np.ndarray = texts_request(space, list(texts))[1](job)
    return dict(zip(texts, vectors, strict=True))


def _words(typed: Typed) -> list[str]:
    return [*(word for pair in typed.pairs for word in pair), *typed.words]
