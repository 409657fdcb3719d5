"""A picture of how crowded each part of a large 2D map is."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

import numpy as np
from PIL import Image

from components.map.content import Positions, View

Theme = Literal["light", "dark"]
_TINTS = {"light": (0, 78, 130), "dark": (120, 190, 245)}
_MOST_ALPHA = 110
CELLS = 360


def density_png(positions: Positions, view: View, theme: Theme) -> bytes:
    """A transparent PNG of the view, at most 360 cells a side; opacity grows with the logarithm of the count."""
    counts = _counts(positions, view)
    top = np.log1p(counts.max()) or 1.0
    shade = np.log1p(counts) / top
    pixels = np.empty((*counts.shape, 4), dtype=np.uint8)
    pixels[..., :3] = _TINTS[theme]
    pixels[..., 3] = np.rint(shade * _MOST_ALPHA)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=4)
    return out.getvalue()


def _counts(positions: Positions, view: View) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    wide, high = view.x1 - view.x0, view.y1 - view.y0
    longest = max(wide, high)
    columns, lines = max(1, round(CELLS * wide / longest)), max(1, round(CELLS * high / longest))
    points = positions.coordinates[positions.in_view(view)]
    column = np.minimum(((points[:, 0] - view.x0) / wide * columns).astype(np.intp), columns - 1)
    line = np.minimum(((view.y1 - points[:, 1]) / high * lines).astype(np.intp), lines - 1)
    return np.bincount(line * columns + column, minlength=lines * columns).reshape(lines, columns)
