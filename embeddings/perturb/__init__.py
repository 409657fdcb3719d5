"""How much an encoder minds small changes of its items."""

from embeddings.perturb.movement import Movement, MovementSummary, movement, movement_summary
from embeddings.perturb.table import PERTURBATIONS, Perturbation, find_perturbation, perturb

__all__ = [
    "PERTURBATIONS",
    "Movement",
    "MovementSummary",
    "Perturbation",
    "find_perturbation",
    "movement",
    "movement_summary",
    "perturb",
]
