"""Signposts: one direction for each thing that can be shown, shared by pictures and captions; only for training.

Without them a circle and a square look alike to the model for more than a thousand steps: as long as pictures say
nothing about shapes, captions learn nothing about them, and the other way round. They are thrown away afterwards.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from embeddings.scenes.scene import Codes
from embeddings.scenes.things import (
    BACKGROUNDS,
    COLOURS,
    COUNTS,
    DIGITS,
    INVERSE,
    POSITIONS,
    RELATIONS,
    SHAPES,
    TEXTURES,
)

_AXES = ("left of", "above", "inside")
_SIZES = (
    len(SHAPES), len(COLOURS), len(TEXTURES), len(SHAPES) * len(COLOURS), len(COUNTS), len(POSITIONS),
    len(BACKGROUNDS), len(DIGITS), *(len(SHAPES), len(COLOURS)) * (2 * len(_AXES)),
)  # fmt: skip
_STARTS = np.concatenate(([0], np.cumsum(_SIZES))).tolist()
_SHARPNESS = 16.0


class Signposts(nn.Module):  # type: ignore[misc]
    """The directions, and how well vectors point along those of what they stand for."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.directions = nn.Linear(dimension, _STARTS[-1])

    def forward(self, vectors: torch.Tensor, shown: Codes) -> torch.Tensor:
        """Mean cross-entropy over the kinds of property that at least one of the vectors has."""
        near, true = self.directions(_SHARPNESS * vectors), torch.from_numpy(properties(shown))
        kinds = []
        for start, end in pairwise(_STARTS):
            goal = true[:, start:end].float()
            rows = goal.sum(1) > 0
            if rows.any():
                share = goal[rows] / goal[rows].sum(1, keepdim=True)
                kinds.append(functional.cross_entropy(near[rows, start:end], share))
        return torch.stack(kinds).mean()


def properties(shown: Codes) -> NDArray[np.bool_]:
    """Which property each scene or description has, shape (n, all properties); what is not said is false."""
    found = np.zeros((len(shown), _STARTS[-1]), bool)
    told = _forwards(shown.astype(np.int64))
    first, second = told[:, 0:4], told[:, 4:8]
    for thing in (first, second):
        for kind, column in enumerate((0, 1, 3)):
            _mark(found, kind, thing[:, column])
        both = (thing[:, 0] > 0) & (thing[:, 1] > 0)
        _mark(found, 3, np.where(both, (thing[:, 0] - 1) * len(COLOURS) + thing[:, 1], 0))
    for kind, column in ((4, 9), (5, 10), (6, 11), (7, 12)):
        _mark(found, kind, told[:, column])
    _mark_roles(found, told)
    return found


def _mark_roles(found: NDArray[np.bool_], told: NDArray[np.int64]) -> None:
    """Shape and colour of the left, right, upper, lower, inner and outer thing, a kind each."""
    kind = 8
    for axis in _AXES:
        here = told[:, 8] == RELATIONS.index(axis) + 1
        for column in (0, 1, 4, 5):
            _mark(found, kind, np.where(here, told[:, column], 0))
            kind += 1


def _mark(found: NDArray[np.bool_], kind: int, values: NDArray[np.int64]) -> None:
    """Mark values from 1 on; 0 is unsaid, and what lies beyond the kind (any digit) is no property."""
    rows = np.flatnonzero((values > 0) & (values <= _SIZES[kind]))
    found[rows, _STARTS[kind] + values[rows] - 1] = True


def _forwards(shown: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every pair told from its left, upper or inner thing."""
    turned = np.array([0, *(RELATIONS.index(INVERSE[name]) + 1 for name in RELATIONS)])
    backwards = np.isin(shown[:, 8], [RELATIONS.index(name) + 1 for name in RELATIONS if name not in _AXES])
    swapped = shown[:, [4, 5, 6, 7, 0, 1, 2, 3, *range(8, shown.shape[1])]]
    swapped[:, 8] = turned[swapped[:, 8]]
    return np.where(backwards[:, None], swapped, shown)
