"""What a map shows: points, colours, sizes, what stands out on it, and what is laid over and under the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.kit.map.colouring import PLAIN_COLOURING, Colouring, Floats, Rows


class ExtraPoint(NamedTuple):
    """A point put on the map that no row stands for, such as a typed text."""

    label: str
    coordinates: tuple[float, ...]


class Pictures(NamedTuple):
    """The points that are drawn as pictures: those of the first rows.

    Attributes:
        token: of the published pictures; see `components.kit.pictures.publish_pictures`.
        n: how many rows are pictures.
    """

    token: str
    n: int


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


@dataclass(frozen=True, eq=False)
class MapScene:
    """The points of a map, in the order of the collection's rows.

    Attributes:
        coordinates: float32 of shape (n, 2) or (n, 3), finite.
        texts: n labels; they travel only when somebody looks at them.
        texts_key: stands for the content of `texts`, such as the collection's fingerprint.
        description: the map in one sentence, for people who do not see it; the title of its pictures.
        note: how it was made and how far it can be trusted; stands below that title.
        file: what the files of its pictures are called.
        dimmed: whether it only stands here until the wanted map is made.
        colouring: what the colours mean.
        sizes: n numbers ≥ 0, or None; a point's area grows with its number.
        axes: titles of the axes, where they mean something (PCA).
        pictures: what is drawn in place of dots where there is room for it; None for dots only.
        halos: n radii in the map's own units, or None; a faint disc lies beneath each point that has one (NaN: none).
            A 3D map leaves them out.
    """

    coordinates: Floats
    texts: Sequence[str]
    texts_key: str
    description: str
    colouring: Colouring = PLAIN_COLOURING
    sizes: Floats | None = None
    axes: tuple[str, ...] = ()
    pictures: Pictures | None = None
    halos: Floats | None = None
    note: str = ""
    file: str = "map"
    dimmed: bool = False

    def __post_init__(self) -> None:
        coordinates = np.ascontiguousarray(self.coordinates, dtype=np.float32)
        if coordinates.ndim != 2 or coordinates.shape[1] not in (2, 3) or not len(coordinates):
            raise ValueError(f"coordinates must have shape (n, 2) or (n, 3), got {coordinates.shape}")
        if not np.isfinite(coordinates).all():
            raise ValueError("coordinates must be finite numbers")
        object.__setattr__(self, "coordinates", coordinates)
        each = {"texts": self.texts, "codes": self.colouring.codes, "sizes": self.sizes, "halos": self.halos}
        for name, values in each.items():
            if values is not None and len(values) != len(coordinates):
                raise ValueError(f"{name} must have n = {len(coordinates)} entries, got {len(values)}")
        if self.pictures is not None and not 0 < self.pictures.n <= len(coordinates):
            raise ValueError(f"pictures must have 1 to n = {len(coordinates)} entries, got {self.pictures.n}")

    def __len__(self) -> int:
        return len(self.coordinates)


@dataclass(frozen=True, eq=False)
class Highlights:
    """What stands out on a map.

    Attributes:
        selected: row with a ring and its label.
        marked: rows tied to the selected one by a thin line (its neighbours), most important first; 100 are drawn.
        hits: rows that keep their colour while all others turn grey; None greys nothing, no rows greys everything.
        extra: points that no row stands for.
        crossed: rows crossed out (the selected one's false neighbours), most important first; 100 are drawn.
        names: written larger than the labels of points, most important first; 100 are sent, and those without room are
            left out.
        outlines: lines around parts of a 2D map, filled faintly, beneath the points; a 3D map leaves them out.
        signs: what lines, crosses, outlines and halos mean.
    """

    selected: int | None = None
    marked: Sequence[int] = ()
    hits: ArrayLike | None = None
    extra: Sequence[ExtraPoint] = field(default=())
    crossed: Sequence[int] = ()
    names: Sequence[MapName] = ()
    outlines: Sequence[Outline] = ()
    signs: Signs = SIGNS

    def hit_rows(self) -> Rows | None:
        """The rows of the hits, ascending and each once."""
        if self.hits is None:
            return None
        rows: NDArray[np.uint32] = np.unique(np.asarray(self.hits, dtype=np.int64)).astype(np.uint32)
        return rows
