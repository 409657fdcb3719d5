"""The same space under many settings of UMAP: small maps with their scores, all from one graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa

from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph, knn_graph
from embeddings.projections import PROJECTIONS, Layout, project
from embeddings.ranks import Progress
from embeddings.space import Space
from embeddings.trust.scores import K, Trust, trust

METHOD = "UMAP"
N_NEIGHBORS = (5, 15, 30, 60)
MIN_DIST = (0.0, 0.1, 0.5, 0.9)
MOST_CELLS = 64


class Cell(NamedTuple):
    """One pair of settings."""

    n_neighbors: int
    min_dist: float


class SweptCell(NamedTuple):
    """The map of one pair of settings, and its scores."""

    cell: Cell
    layout: Layout
    trust: Trust


def sweep_plan(
    n: int, n_neighbors: Sequence[int] = N_NEIGHBORS, min_dist: Sequence[float] = MIN_DIST
) -> tuple[Cell, ...]:
    """All pairs of the settings, row by row of n_neighbors; settings that n items cannot tell apart stand once.

    Raises:
        EmbeddingError: there is none, one is out of the range of UMAP, or there are too many.
    """
    _check("n_neighbors", n_neighbors)
    _check("min_dist", min_dist)
    cells = tuple(dict.fromkeys(Cell(min(count, n), near) for count in n_neighbors for near in min_dist))
    if len(cells) > MOST_CELLS:
        raise EmbeddingError(f"{len(cells)} maps are too many for one grid: choose settings for at most {MOST_CELLS}.")
    return cells


def sweep_graph(space: Space, cells: Sequence[Cell], *, metric: str = "cosine") -> KnnGraph:
    """The one graph that all cells are laid out from."""
    return knn_graph(space, k=max(cell.n_neighbors for cell in cells), metric=metric)


def sweep_cell(space: Space, graph: KnnGraph, cell: Cell, *, k: int = K, seed: int = 0) -> SweptCell:
    """Lay out and score one cell; a job runs one of these at a time and shows it when it is there.

    Raises:
        EmbeddingError: as `project` and `trust`.
    """
    layout = project(
        space, METHOD, seed=seed, graph=graph, n_neighbors=cell.n_neighbors, min_dist=cell.min_dist, metric=graph.metric
    )
    return SweptCell(cell, layout, trust(space, layout, k=k, metric=graph.metric))


def sweep(
    space: Space,
    cells: Sequence[Cell],
    *,
    k: int = K,
    metric: str = "cosine",
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Iterator[SweptCell]:
    """All cells in their order, each as soon as it is there.

    Raises:
        EmbeddingError: as `project` and `trust`.
    """
    graph = sweep_graph(space, cells, metric=metric)
    for done, cell in enumerate(cells, 1):
        yield sweep_cell(space, graph, cell, k=k, seed=seed)
        if on_progress is not None:
            on_progress(done, len(cells))


def grid_sentence(cells: list[SweptCell]) -> str:
    """How much the settings change what is kept."""
    kept = [swept.trust.k * swept.trust.kept for swept in cells]
    best = cells[kept.index(max(kept))].cell
    return (
        f"From setting to setting a map keeps {min(kept):.1f} to {max(kept):.1f} of each point’s {cells[0].trust.k} "
        f"true neighbours; most with n_neighbors {best.n_neighbors} and min_dist {best.min_dist:g}."
    )


def cell_table(cells: list[SweptCell]) -> pa.Table:
    """The same as numbers."""
    scores = ("trustworthiness", "continuity")
    return pa.table(
        {
            **{name: [getattr(swept.cell, name) for swept in cells] for name in Cell._fields},
            "neighbours kept": [swept.trust.kept for swept in cells],
            **{name: [getattr(swept.trust, name) for swept in cells] for name in scores},
        }
    )


def _check(name: str, values: Sequence[float]) -> None:
    bounds = PROJECTIONS[METHOD].parameters[name]
    if not values:
        raise EmbeddingError(f"Choose at least one value of {name}.")
    for value in values:
        if not bounds.low <= value <= bounds.high:
            raise EmbeddingError(f"{name} must lie between {bounds.low:g} and {bounds.high:g}, got {value:g}.")
