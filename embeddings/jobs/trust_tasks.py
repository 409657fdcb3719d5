"""What workers do to say how far maps can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.graph import KnnGraph
from embeddings.jobs.running import reporter
from embeddings.jobs.tasks import kept_space
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import (
    Cell,
    IslandStability,
    NeighbourhoodHit,
    SeedSpread,
    Shepard,
    SweptCell,
    Trust,
    island_stability,
    neighbourhood_hit,
    seed_spread,
    shepard,
    sweep_cell,
    trust_of_maps,
)

Reference = tuple[str, str, str]


def score_maps(of: Reference, layouts: Sequence[Layout], k: int, metric: str, topic: str) -> tuple[Trust, ...]:
    """Scores of maps of a kept space; it stops when nobody waits any more."""
    return trust_of_maps(_space(of), layouts, k=k, metric=metric, on_progress=reporter(topic))


def compare_distances(of: Reference, layout: Layout, metric: str) -> Shepard:
    """True distances in a kept space beside those on a map."""
    return shepard(_space(of), layout, metric=metric)


def same_labels(of: Reference, layout: Layout, labels: Sequence[str | None], k: int, metric: str) -> NeighbourhoodHit:
    """Whether neighbours have the same label, on a map and in a kept space."""
    return neighbourhood_hit(_space(of), layout, labels, k=k, metric=metric)


def over_seeds(layouts: Sequence[Layout]) -> tuple[SeedSpread, IslandStability]:
    """How far points wander from seed to seed, and which islands come back."""
    return seed_spread(layouts), island_stability(layouts)


def draw_cell(of: Reference, graph: KnnGraph, cell: Cell, k: int, seed: int) -> SweptCell:
    """The map of one pair of settings with its scores."""
    return sweep_cell(_space(of), graph, cell, k=k, seed=seed)


def _space(of: Reference) -> Space:
    return kept_space(*of)
