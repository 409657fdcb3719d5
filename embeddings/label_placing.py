"""Places on a chart for names and dots, so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Exact = NDArray[np.float64]
# Pixels: a letter and a line of a label, and its way from the point; a label on the farther ring must cover less.
LETTER = 7.4
LINE = 18.0
GAP = 11.0
RINGS = (1.0, 2.6)
FARTHER = 5.0
STEPS = 24
AROUND = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]
BINS = 140
# Names beside the tips of arrows, in smaller print: a letter, a line, and the way from the tip.
SMALL_LETTER, SMALL_LINE, BESIDE = 6.4, 15.0, 7.0
# Where such a name may stand from its tip, and the part of its width and height that then lies left of and below it.
SIDES = {
    "middle right": (BESIDE, 0.0, 0.0, 0.5),
    "middle left": (-BESIDE, 0.0, 1.0, 0.5),
    "top center": (0.0, BESIDE, 0.5, 0.0),
    "bottom center": (0.0, -BESIDE, 0.5, 1.0),
}
# Points of an arrow that no name may cover.
ARROW_STEPS = 40


class Place(NamedTuple):
    """Where the centre of a label lies from its point, in pixels; y runs upwards."""

    x: float
    y: float


def label_places(
    points: Exact, labels: Sequence[str], lines: Sequence[tuple[int, int]], size: tuple[float, float]
) -> list[Place]:
    """One place for each label, so that they cover neither each other nor points nor lines.

    Args:
        points: in pixels from the lower left corner, shape (n, 2), y upwards.
        labels: one line each.
        lines: pairs of points that are joined by a line.
        size: width and height of the picture, which labels should not leave.
    """
    obstacles = np.vstack([points, *(np.linspace(points[a], points[b], STEPS) for a, b in lines)])
    middle = points.mean(axis=0)
    boxes: list[Exact] = []
    places: list[Place] = []
    for point, label in zip(points, labels, strict=True):
        offers = [_offer(point, label, side, ring) for ring in RINGS for side in AROUND]
        costs = [_cost(box, boxes, obstacles) + _outside(box, size) + _inward(box, point, middle) for _, box in offers]
        costs = [cost + FARTHER * (number >= len(AROUND)) for number, cost in enumerate(costs)]
        place, box = offers[int(np.argmin(costs))]
        places.append(place)
        boxes.append(box)
    return places


def fitting_labels(tips: Exact, labels: Sequence[str], *, also: Exact) -> list[str | None]:
    """A side for each label, None where there is no room; earlier labels go first.

    Args:
        tips: in pixels from where all arrows begin, shape (n, 2), y upwards.
        labels: one line each.
        also: the tips of arrows without labels, shape (m, 2).
    """
    arrows = np.concatenate([step * np.vstack([tips, also]) for step in np.linspace(0.1, 1, ARROW_STEPS)])
    boxes: list[Exact] = []
    sides: list[str | None] = []
    for tip, label in zip(tips, labels, strict=True):
        taken = np.array(boxes).reshape(-1, 4)
        found = next((side for side in _sides(tip) if _free(_box_beside(tip, label, side), taken, arrows)), None)
        sides.append(found)
        if found is not None:
            boxes.append(_box_beside(tip, label, found))
    return sides


def stacked(places: NDArray[np.float32], *, bins: int = BINS) -> NDArray[np.float64]:
    """Heights in −1 to 1 that stack dots of about the same place above and below 0; larger piles, taller stacks."""
    if not len(places):
        return np.zeros(0)
    span = float(np.ptp(places)) or 1.0
    bin_of = np.minimum(((places - places.min()) / span * bins).astype(int), bins - 1)
    order = np.argsort(bin_of, kind="stable")
    starts = np.searchsorted(bin_of[order], np.arange(bins))
    rank = np.empty(len(places), dtype=int)
    rank[order] = np.arange(len(places)) - starts[bin_of[order]]
    signed = (rank + 1) // 2 * np.where(rank % 2, 1, -1)
    heights: NDArray[np.float64] = signed / max(12, int(np.abs(signed).max()))
    return heights


def staggered(places: NDArray[np.float32], words: Sequence[str], *, letter: float) -> list[int]:
    """For each word the lowest level on which its name overlaps no other; `letter` is the width of a letter."""
    free: list[float] = []
    levels = [0] * len(words)
    for n in np.argsort(places, kind="stable"):
        half = letter * len(words[n]) / 2 + letter
        left = float(places[n]) - half
        level = next((level for level, end in enumerate(free) if end <= left), len(free))
        free[level : level + 1] = [float(places[n]) + half]
        levels[n] = level
    return levels


def _offer(point: Exact, label: str, side: tuple[int, int], ring: float) -> tuple[Place, Exact]:
    """A place and the box (left, bottom, right, top) that the label then covers."""
    half = np.array([LETTER * len(label) / 2, LINE / 2])
    offset = np.array(side) * (half + GAP * ring)
    return Place(*offset.tolist()), np.concatenate([point + offset - half, point + offset + half])


def _cost(box: Exact, boxes: list[Exact], obstacles: Exact) -> float:
    """How much a box covers: other labels count most."""
    inside = ((obstacles > box[:2]) & (obstacles < box[2:])).all(axis=1).sum()
    overlaps = [np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2]) for other in boxes]
    return float(10 * inside + sum(float(each.prod()) for each in overlaps if (each > 0).all()))


def _outside(box: Exact, size: tuple[float, float]) -> float:
    """How far a box leaves the picture, in pixels."""
    return float(np.maximum(-box[:2], 0).sum() + np.maximum(box[2:] - np.array(size), 0).sum())


def _inward(box: Exact, point: Exact, middle: Exact) -> float:
    """A small preference for labels that point away from the middle."""
    outward = (box[:2] + box[2:]) / 2 - point
    away = point - middle
    lengths = float(np.linalg.norm(outward) * np.linalg.norm(away))
    return 1 - float(outward @ away) / lengths if lengths > 0 else 0.0


def _sides(tip: Exact) -> list[str]:
    """Outward sides first, so that a label does not lie on its own arrow."""
    across = ["middle right", "middle left"] if tip[0] >= 0 else ["middle left", "middle right"]
    along = ["top center", "bottom center"] if tip[1] >= 0 else ["bottom center", "top center"]
    return [across[0], along[0], along[1]] if abs(tip[0]) >= abs(tip[1]) else [along[0], *across]


def _box_beside(tip: Exact, label: str, side: str) -> Exact:
    """Left, bottom, right and top of a label."""
    place = np.array(SIDES[side])
    size = np.array([SMALL_LETTER * len(label), SMALL_LINE])
    start = tip + place[:2] - size * place[2:]
    return np.concatenate([start, start + size])


def _free(box: Exact, boxes: Exact, points: Exact) -> bool:
    """Whether a box covers no other box and no point of an arrow."""
    apart = (box[:2] >= boxes[:, 2:]) | (box[2:] <= boxes[:, :2])
    covered = ((points > box[:2]) & (points < box[2:])).all(axis=1)
    return bool(apart.any(axis=1).all()) and not covered.any()
