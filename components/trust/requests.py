"""The jobs behind the Trust page, and what of them is there already."""

from __future__ import annotations

from typing import NamedTuple

from components import caching
from components.spaces import LayoutSettings, Request
from components.trust.asked import Asked
from embeddings.graph import KnnGraph
from embeddings.jobs import trust_tasks
from embeddings.jobs.client import submit
from embeddings.jobs.cluster import LONG
from embeddings.jobs.job import Job
from embeddings.jobs.pipeline import graph_stored, layout_key, layout_stored
from embeddings.jobs.trusting import (
    Part,
    cell_stored,
    find_cell,
    trust_key,
    trust_stored,
)
from embeddings.labelled import labels_of
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import Cell, NeighbourhoodHit, PointTrust, Shepard, SweptCell, Trust, point_trust


def key_of(space: Space, settings: LayoutSettings) -> str:
    """What stands for a map."""
    return layout_key(space.fingerprint, *settings)


def trust_request(space: Space, layout: Layout, key: str, asked: Asked) -> Request[Trust]:
    """The job that scores one map."""

    def score(job: Job) -> Trust:
        return trust_stored(caching.store(), space, {key: layout}, job, k=asked.k, metric=asked.metric)[0]

    return trust_key(key, asked.k, asked.metric), score


def shepard_request(space: Space, layout: Layout, key: str, metric: str) -> Request[Shepard]:
    """The job that compares distances."""

    def compare(job: Job) -> Shepard:
        job.enter("Comparing distances")
        found: Shepard = job.wait_for(
            submit(trust_tasks.compare_distances, _reference(space), layout, metric, place=LONG)
        )
        return found

    return f"shepard|{key}|{metric}", compare


def hit_request(space: Space, layout: Layout, key: str, column: str, asked: Asked) -> Request[NeighbourhoodHit]:
    """The job that looks whether neighbours have the same label."""

    def look(job: Job) -> NeighbourhoodHit:
        job.enter("Comparing labels of neighbours")
        labels = labels_of(space.collection, column)
        found: NeighbourhoodHit = job.wait_for(
            submit(trust_tasks.same_labels, _reference(space), layout, labels, asked.k, asked.metric, place=LONG)
        )
        return found

    return f"hit|{key}|{space.collection.fingerprint}|{column}|{asked.k}|{asked.metric}", look


def point_of(space: Space, layout: Layout, key: str, row: int, asked: Asked) -> PointTrust:
    """One point of a map, worked out once."""
    name = f"point|{key}|{row}|{asked.k}|{asked.metric}"
    known: PointTrust | None = caching.outcomes().get(name)
    if known is None:
        known = point_trust(space, layout, row, k=asked.k, metric=asked.metric)
        caching.outcomes().put(name, known)
    return known


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
        maps = draw_all(space, wished, job)
        scored = trust_stored(caching.store(), space, maps, job, k=asked.k, metric=asked.metric)
        found = []
        for trust, (key, layout) in zip(scored, maps.items(), strict=True):
            distances = shepard_request(space, layout, key, asked.metric)[1](job)
            hit = hit_request(space, layout, key, column, asked)[1](job) if column else None
            found.append(MethodScores(trust, distances, hit))
        return tuple(found)

    return f"methods|{column}|{asked.k}|{asked.metric}|{'|'.join(key_of(space, each) for each in wished)}", work


def cell_settings(cell: Cell, asked: Asked) -> LayoutSettings:
    """A pair of settings as the Map page would draw it."""
    params: dict[str, float | str] = {
        "n_neighbors": cell.n_neighbors,
        "min_dist": cell.min_dist,
        "metric": asked.metric,
    }
    return LayoutSettings("UMAP", 2, asked.settings.seed, params)


def sweep_request(space: Space, cells: tuple[Cell, ...], asked: Asked) -> Request[tuple[SweptCell, ...]]:
    """The job that draws a grid of settings from one graph, each shown as soon as it is there."""

    def work(job: Job) -> tuple[SweptCell, ...]:
        graph: list[KnnGraph] = []
        found = []
        for number, cell in enumerate(cells):
            found.append(_cell(space, cell, cells, asked, (Part(job, number, len(cells)), graph)))
            caching.outcomes().put(_cell_key(space, cell, asked), found[-1])
        return tuple(found)

    return f"sweep|{cells}|{asked.k}|{key_of(space, cell_settings(cells[0], asked))}", work


def known_layout(space: Space, settings: LayoutSettings) -> Layout | None:
    """A map that is there already."""
    found: Layout | None = caching.outcomes().get(key_of(space, settings))
    return found


def known_cell(space: Space, cell: Cell, asked: Asked) -> SweptCell | None:
    """A cell of the grid that is there already."""
    found: SweptCell | None = caching.outcomes().get(_cell_key(space, cell, asked))
    return found


def draw_all(space: Space, wished: list[LayoutSettings], job: Job) -> dict[str, Layout]:
    """Draw maps one after the other, each shown as soon as it is there; by their keys."""
    maps: dict[str, Layout] = {}
    for number, settings in enumerate(wished):
        method, dims, seed, params = settings
        part = Part(job, number, len(wished))
        key = key_of(space, settings)
        maps[key] = layout_stored(caching.store(), space, part, method=method, dims=dims, seed=seed, params=params)
        caching.outcomes().put(key, maps[key])
    return maps


def _cell(
    space: Space, cell: Cell, cells: tuple[Cell, ...], asked: Asked, at: tuple[Part, list[KnnGraph]]
) -> SweptCell:
    part, graph = at
    store, layout = caching.store(), key_of(space, cell_settings(cell, asked))
    known = find_cell(store, cell, layout, k=asked.k, metric=asked.metric)
    if known is not None:
        part.check()
        return known
    if not graph:
        most = max(each.n_neighbors for each in cells)
        graph.append(graph_stored(store, space, part, k=most, metric=asked.metric))
    part.enter("Drawing and scoring maps, all from one graph of neighbours")
    return cell_stored(store, space, graph[0], cell, part, layout=layout, k=asked.k, seed=asked.settings.seed)


def _cell_key(space: Space, cell: Cell, asked: Asked) -> str:
    return f"cell|{asked.k}|{key_of(space, cell_settings(cell, asked))}"


def _reference(space: Space) -> tuple[str, str, str]:
    return caching.store().home, space.collection.fingerprint, space.encoder
