"""Which labels of arrows can be drawn without covering each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Exact = NDArray[np.float64]
LETTER = 6.4
LINE = 15.0
GAP = 7.0
STEPS = 40
# Where a label may stand from its tip, and the part of its width and height that then lies left of and below it.
SIDES = {
    "middle right": (GAP, 0.0, 0.0, 0.5),
    "middle left": (-GAP, 0.0, 1.0, 0.5),
    "top center": (0.0, GAP, 0.5, 0.0),
    "bottom center": (0.0, -GAP, 0.5, 1.0),
}


def fitting_labels(tips: Exact, labels: Sequence[str], *, also: Exact) -> list[str | None]:
    """A side for each label, None where there is no room; earlier labels go first.

    Args:
        tips: in pixels from where all arrows begin, shape (n, 2), y upwards.
        labels: one line each.
        also: the tips of arrows without labels, shape (m, 2).
    """
    arrows = np.concatenate([step * np.vstack([tips, also]) for step in np.linspace(0.1, 1, STEPS)])
    boxes: list[Exact] = []
    sides: list[str | None] = []
    for tip, label in zip(tips, labels, strict=True):
        taken = np.array(boxes).reshape(-1, 4)
        free = (side for side in _sides(tip) if _free(_box(tip, label, side), taken, arrows))
        found = next(free, None)
        sides.append(found)
        if found is not None:
            boxes.append(_box(tip, label, found))
    return sides


def _sides(tip: Exact) -> list[str]:
    """Outward sides first, so that a label does not lie on its own arrow."""
    across = ["middle right", "middle left"] if tip[0] >= 0 else ["middle left", "middle right"]
    along = ["top center", "bottom center"] if tip[1] >= 0 else ["bottom center", "top center"]
    return [across[0], along[0], along[1]] if abs(tip[0]) >= abs(tip[1]) else [along[0], *across]


def _box(tip: Exact, label: str, side: str) -> Exact:
    """Left, bottom, right and top of a label."""
    place = np.array(SIDES[side])
    size = np.array([LETTER * len(label), LINE])
    start = tip + place[:2] - size * place[2:]
    return np.concatenate([start, start + size])


def _free(box: Exact, boxes: Exact, points: Exact) -> bool:
    """Whether a box covers no other box and no point of an arrow."""
    apart = (box[:2] >= boxes[:, 2:]) | (box[2:] <= boxes[:, :2])
    covered = ((points > box[:2]) & (points < box[2:])).all(axis=1)
    return bool(apart.any(axis=1).all()) and not covered.any()
