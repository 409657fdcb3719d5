"""The jobs behind the Trust page, and what of them is there already."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.spaces import LayoutSettings, graph_request, layout_request
from components.trust.asked import Asked
from embeddings.jobs.job import Job, Part
from embeddings.labelled import labels_of
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import (
    Cell,
    Islands,
    IslandStability,
    NeighbourhoodHit,
    PointTrust,
    SeedSpread,
    Shepard,
    SweptCell,
    Trust,
    neighbours_inside,
    point_trust,
)

SEEDS = 5
Over = tuple[SeedSpread, IslandStability]


def trust_request(space: Space, layouts: list[Layout], asked: Asked) -> Request[tuple[Trust, ...]]:
    """The job that scores maps; those not known yet are worked out together."""
    return asking("trust", space, layouts=layouts, k=asked.k, metric=asked.metric)


def shepard_request(space: Space, layout: Layout, metric: str) -> Request[Shepard]:
    """The job that compares distances."""
    return asking("shepard", space, layout, metric=metric)


def hit_request(space: Space, layout: Layout, column: str, asked: Asked) -> Request[NeighbourhoodHit]:
    """The job that looks whether neighbours have the same label."""
    labels = labels_of(space.collection, column)
    return asking("neighbourhood hit", space, layout, labels, k=asked.k, metric=asked.metric)


def point_of(space: Space, layout: Layout, settings: LayoutSettings, row: int, asked: Asked) -> PointTrust:
    """One point of a map, worked out once."""
    name = f"point|{layout_request(space, settings)[0]}|{row}|{asked.k}|{asked.metric}"
    return caching.remembered(name, lambda: point_trust(space, layout, row, k=asked.k, metric=asked.metric))


class MethodScores(NamedTuple):
    """What is known of one of several maps; `hit` is None without a column of labels."""

    trust: Trust
    shepard: Shepard
    hit: NeighbourhoodHit | None


def methods_request(
    space: Space, wished: list[LayoutSettings], column: str, asked: Asked
) -> Request[tuple[MethodScores, ...]]:
    """The job that draws the same space in several ways and scores all maps in one pass."""

    def work(job: Job) -> tuple[MethodScores, ...]:
        layouts = draw_all(space, wished, job)
        scored = trust_request(space, layouts, asked)[1](job)
        found = []
        for trust, layout in zip(scored, layouts, strict=True):
            distances = shepard_request(space, layout, asked.metric)[1](job)
            hit = hit_request(space, layout, column, asked)[1](job) if column else None
            found.append(MethodScores(trust, distances, hit))
        return tuple(found)

    keys = "|".join(layout_request(space, each)[0] for each in wished)
    return Request(f"methods|{column}|{asked.k}|{asked.metric}|{keys}", work)


def cell_settings(cell: Cell, asked: Asked) -> LayoutSettings:
    """A pair of settings as the Map page would draw it."""
    params: dict[str, float | str] = {
        "n_neighbors": cell.n_neighbors,
        "min_dist": cell.min_dist,
        "metric": asked.metric,
    }
    return LayoutSettings("UMAP", 2, asked.settings.seed, params)


def sweep_request(space: Space, cells: tuple[Cell, ...], asked: Asked) -> Request[tuple[SweptCell, ...]]:
    """The job that draws a grid of settings and scores each map, each shown as soon as it is there."""

    def work(job: Job) -> tuple[SweptCell, ...]:
        found = []
        for number, cell in enumerate(cells):
            part = Part(job, number, len(cells))
            layout = layout_request(space, cell_settings(cell, asked))[1](part)
            found.append(SweptCell(cell, layout, trust_request(space, [layout], asked)[1](part)[0]))
            caching.outcomes().put(_cell_key(space, cell, asked), found[-1])
        return tuple(found)

    return Request(f"sweep|{cells}|{asked.k}|{layout_request(space, cell_settings(cells[0], asked))[0]}", work)


def known_layout(space: Space, settings: LayoutSettings) -> Layout | None:
    """A map that is there already."""
    found: Layout | None = caching.outcomes().get(layout_request(space, settings)[0])
    return found


def known_cell(space: Space, cell: Cell, asked: Asked) -> SweptCell | None:
    """A cell of the grid that is there already."""
    found: SweptCell | None = caching.outcomes().get(_cell_key(space, cell, asked))
    return found


def draw_all(space: Space, wished: list[LayoutSettings], job: Job) -> list[Layout]:
    """Draw maps one after the other, each shown as soon as it is there."""
    layouts = []
    for number, settings in enumerate(wished):
        layouts.append(layout_request(space, settings).within(Part(job, number, len(wished))))
    return layouts


def seeds_settings(settings: LayoutSettings) -> list[LayoutSettings]:
    """The chosen seed and the four after it."""
    return [settings._replace(seed=settings.seed + step) for step in range(SEEDS)]


def seeds_request(space: Space, settings: LayoutSettings) -> Request[Over]:
    """The job that draws five seeds one after the other, each shown as soon as it is there, and compares them."""
    wished = seeds_settings(settings)

    def work(job: Job) -> Over:
        layouts = draw_all(space, wished, job)
        return asking("seed spread", layouts)[1](job), asking("island stability", layouts)[1](job)

    return Request(f"seeds|{layout_request(space, settings)[0]}", work)


def inside_request(space: Space, found: Islands, asked: Asked) -> Request[NDArray[np.float64]]:
    """The job that looks how many of their true neighbours the points of each island have on it."""

    def look(job: Job) -> NDArray[np.float64]:
        return neighbours_inside(found, graph_request(space, asked.metric, asked.k)[1](job), k=asked.k)

    return Request(f"inside|{asked.k}|{asked.metric}|{layout_request(space, asked.settings)[0]}", look)


def _cell_key(space: Space, cell: Cell, asked: Asked) -> str:
    return f"cell|{asked.k}|{layout_request(space, cell_settings(cell, asked))[0]}"
