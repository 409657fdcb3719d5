"""How much an encoder minds small changes of its items."""

from embeddings.perturb.movement import Movement, MovementSummary, movement, movement_summary
from embeddings.perturb.table import PERTURBATIONS, Altered, Perturbation, encode_changed, find_perturbation, perturb

__all__ = [
    "PERTURBATIONS",
    "Altered",
    "Movement",
    "MovementSummary",
    "Perturbation",
    "encode_changed",
    "find_perturbation",
    "movement",
    "movement_summary",
    "perturb",
]
