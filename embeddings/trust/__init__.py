"""How far a map can be trusted: scores, points, seeds, islands and settings."""

from embeddings.trust.islands import Islands, IslandStability, island_stability, islands, neighbours_inside
from embeddings.trust.kept import NeighboursKept, neighbours_kept
from embeddings.trust.labels import NeighbourhoodHit, neighbourhood_hit
from embeddings.trust.point import PointTrust, point_trust
from embeddings.trust.scores import Trust, trust, trust_of_maps
from embeddings.trust.seeds import SeedSpread, seed_spread
from embeddings.trust.sentence import trust_sentence
from embeddings.trust.shepard import Shepard, shepard
from embeddings.trust.sweep import Cell, SweptCell, sweep, sweep_cell, sweep_graph, sweep_plan

__all__ = [
    "Cell",
    "IslandStability",
    "Islands",
    "NeighbourhoodHit",
    "NeighboursKept",
    "PointTrust",
    "SeedSpread",
    "Shepard",
    "SweptCell",
    "Trust",
    "island_stability",
    "islands",
    "neighbourhood_hit",
    "neighbours_inside",
    "neighbours_kept",
    "point_trust",
    "seed_spread",
    "shepard",
    "sweep",
    "sweep_cell",
    "sweep_graph",
    "sweep_plan",
    "trust",
    "trust_of_maps",
    "trust_sentence",
]
