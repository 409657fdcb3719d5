"""What can be laid over and under the points of a map: names, outlines, and what the signs on it mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from components.map.colouring import Colouring
from components.map.content import Floats

MOST_CORNERS = 200_000


class MapName(NamedTuple):
    """A name written on the map, such as a cluster's.

    Attributes:
        text: the name; 40 characters of it are written.
        coordinates: where it belongs; it is written there or close by.
        code: the category whose colour it takes; see `Colouring.code_of`. None for the colour of text.
    """

    text: str
    coordinates: Sequence[float]
    code: int | None = None


class Outline(NamedTuple):
    """A closed line around a part of a 2D map, such as a cluster's hull.

    Attributes:
        corners: shape (m, 2), at least three, in order; the line closes itself.
        code: the category whose colour it takes; see `Colouring.code_of`. None for grey.
    """

    corners: ArrayLike
    code: int | None = None


class Signs(NamedTuple):
    """What the signs on a map mean, in a few words each; an empty text explains nothing.

    The words stand below the map while there are crosses, outlines or halos on it, and in its downloads.
    """

    marked: str = "true neighbour"
    crossed: str = "false neighbour: near on this map only"
    outline: str = ""
    halo: str = ""


SIGNS = Signs()


def shown_code(code: int | None, colouring: Colouring) -> int | None:
    """The category's code where the points are coloured by category, else None.

    Raises:
        ValueError: there is no such category.
    """
    if code is None or colouring.kind != "categorical":
        return None
    if not 0 <= code < len(colouring.labels):
        raise ValueError(f"code must be one of the {len(colouring.labels)} categories of the colouring, got {code}")
    return int(code)


def packed(outlines: Sequence[Outline], colouring: Colouring) -> Floats:
    """Outlines one after the other: code (NaN without one), number of corners m, then x and y of each corner."""
    parts: list[Floats] = []
    for outline in outlines:
        corners = np.asarray(outline.corners, dtype=np.float32)
        if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
            raise ValueError(f"corners of an outline must have shape (m, 2) with m ≥ 3, got {corners.shape}")
        if not np.isfinite(corners).all():
            raise ValueError("corners of an outline must be finite numbers")
        code = shown_code(outline.code, colouring)
        parts.append(np.array([np.nan if code is None else code, len(corners)], dtype=np.float32))
        parts.append(corners.ravel())
    numbers = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if len(numbers) > 2 * MOST_CORNERS:
        raise ValueError(
            f"outlines must have at most {MOST_CORNERS:,} corners together, got about {len(numbers) // 2:,}"
        )
    return numbers
