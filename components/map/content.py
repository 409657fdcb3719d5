"""What a map serves over HTTP: positions, one number for each point, chosen rows and labels."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from components.text import shorten

Floats = NDArray[np.float32]
Rows = NDArray[np.uint32]

MOST_POINTS_2D = 50_000
MOST_POINTS_3D = 20_000
LONGEST_LABEL = 120
_SEED = 0


class View(NamedTuple):
    """A rectangle of a 2D map, in the map's own units."""

    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, eq=False)
class Positions:
    """Where the points of a map are: float32 of shape (n, 2) or (n, 3)."""

    coordinates: Floats

    @property
    def nbytes(self) -> int:
        """Size in bytes, the drawing order included."""
        return self.coordinates.nbytes + 8 * len(self.coordinates)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """A fixed random rank for each point: a closer view then keeps the points that the wider one showed."""
        return np.random.default_rng(_SEED).permutation(len(self.coordinates))

    def in_view(self, view: View | None) -> NDArray[np.intp]:
        """Rows of the points in a view, ascending; without a view, all."""
        if view is None:
            return np.arange(len(self.coordinates))
        x, y = self.coordinates[:, 0], self.coordinates[:, 1]
        return np.flatnonzero((x >= view.x0) & (x <= view.x1) & (y >= view.y0) & (y <= view.y1))

    def sample(self, view: View | None, limit: int, first: Rows | None = None) -> tuple[NDArray[np.intp], int]:
        """At most `limit` rows of a view, ascending, and how many points the view holds; `first` are taken first."""
        rows = self.in_view(view)
        total = len(rows)
        if total > limit:
            rank = self.order[rows]
            if first is not None:
                rank = np.where(np.isin(rows, first), rank - len(self.coordinates), rank)
            rows = np.sort(rows[np.argpartition(rank, limit)[:limit]])
        return rows, total

    def to_bytes(self, view: View | None, limit: int, first: Rows | None = None) -> bytes:
        """A sample as little-endian bytes.

        Header: uint32 count, total in view, n, dimensions; float32 low and high of x, y and z over all points.
        Then uint32 rows[count], float32 x[count], y[count] and, in 3D, z[count].
        """
        rows, total = self.sample(view, limit, first)
        n, dimensions = self.coordinates.shape
        low, high = np.zeros(3, np.float32), np.zeros(3, np.float32)
        low[:dimensions], high[:dimensions] = self.coordinates.min(axis=0), self.coordinates.max(axis=0)
        header = struct.pack("<4I6f", len(rows), total, n, dimensions, *low, *high)
        chosen = np.ascontiguousarray(self.coordinates[rows].T, dtype="<f4")
        return header + rows.astype("<u4").tobytes() + chosen.tobytes()


@dataclass(frozen=True, eq=False)
class Values:
    """One float32 for each point (a category's place, a number, a size, a halo; NaN is missing), or outlines."""

    values: Floats

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return self.values.nbytes

    def to_bytes(self) -> bytes:
        """Little-endian float32."""
        return self.values.astype("<f4", copy=False).tobytes()


@dataclass(frozen=True, eq=False)
class ChosenRows:
    """Rows that stand out, ascending."""

    rows: Rows

    @property
    def nbytes(self) -> int:
        """Size in bytes."""
        return self.rows.nbytes

    def to_bytes(self) -> bytes:
        """Little-endian uint32."""
        return self.rows.astype("<u4", copy=False).tobytes()


@dataclass(frozen=True, eq=False)
class Labels:
    """The texts of the points, handed out a few at a time."""

    texts: Sequence[str]

    @cached_property
    def nbytes(self) -> int:
        """Roughly the size in bytes."""
        return sum(map(len, self.texts)) + 60 * len(self.texts)

    def to_json(self, rows: Sequence[int]) -> bytes:
        """The labels of some rows as a JSON list.

        Raises:
            IndexError: a row is not there.
        """
        if any(not 0 <= row < len(self.texts) for row in rows):
            raise IndexError(f"rows must be between 0 and {len(self.texts) - 1}")
        texts = [shorten(self.texts[row], LONGEST_LABEL) for row in rows]
        return json.dumps(texts).encode()
