"""The jobs behind five seeds: the maps laid over each other, and what of its true neighbours an island holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from components import caching
from components.spaces import LayoutSettings, Request
from components.trust.asked import Asked
from components.trust.requests import draw_all, key_of
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import graph_stored
from embeddings.jobs.trusting import Over, over_seeds_stored
from embeddings.space import Space
from embeddings.trust import Islands, neighbours_inside

SEEDS = 5


def seeds_settings(settings: LayoutSettings) -> list[LayoutSettings]:
    """The chosen seed and the four after it."""
    return [settings._replace(seed=settings.seed + step) for step in range(SEEDS)]


def seeds_request(space: Space, settings: LayoutSettings) -> Request[Over]:
    """The job that draws five seeds one after the other, each shown as soon as it is there."""
    wished = seeds_settings(settings)

    def work(job: Job) -> Over:
        return over_seeds_stored(caching.store(), draw_all(space, wished, job), job)

    return f"seeds|{key_of(space, settings)}", work


def inside_request(space: Space, found: Islands, asked: Asked) -> Request[NDArray[np.float64]]:
    """The job that looks how many of their true neighbours the points of each island have on it."""

    def look(job: Job) -> NDArray[np.float64]:
        graph = graph_stored(caching.store(), space, job, k=asked.k, metric=asked.metric)
        return neighbours_inside(found, graph, k=asked.k)

    return f"inside|{asked.k}|{asked.metric}|{key_of(space, asked.settings)}", look
