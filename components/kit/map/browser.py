"""What of a map travels to the browser: scripts, positions, colours, labels, and the addresses they have."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.kit.colours import MISSING, PLAIN, Palette, palette
from components.kit.map.colouring import Colouring, Floats, Rows, category_colours
from components.kit.map.scene import Highlights, MapName, MapScene, Outline
from components.kit.published import PUBLISHED
from components.kit.words import shorten

_FOLDER = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript", ".css": "text/css"}


class Asset(NamedTuple):
    """A file ready to be sent."""

    content: bytes
    compressed: bytes
    media_type: str
    etag: str


@cache
def asset(name: str) -> Asset | None:
    """A file of the map by its name, or None."""
    if name not in _names():
        return None
    path = _FOLDER / name
    return _asset(path.read_bytes(), _TYPES[path.suffix])


@cache
def plotly_script() -> Asset:
    """The Plotly.js inside the installed plotly package."""
    return _asset(files("plotly").joinpath("package_data", "plotly.min.js").read_bytes(), "text/javascript")


@cache
def assets_version() -> str:
    """Changes with any file of the map."""
    digest = hashlib.blake2b(digest_size=6)
    for name in sorted(_names()):
        digest.update((_FOLDER / name).read_bytes())
    return digest.hexdigest()


_STARTER = """
const ready = import(new URL("api/map/VERSION/MODULE.js", document.baseURI).href)
const latest = new WeakMap()
export default function (component) {
  const parent = component.parentElement
  latest.set(parent, component)
  ready.then(
    (module) => latest.get(parent) === component && module.render(component),
    () => { parent.textContent = "WHAT could not be loaded. Reload the page." },
  )
}
"""


def starter(module: str, what: str) -> str:
    """The script of a component whose module comes over HTTP, once; only this travels with every run of the page."""
    return _STARTER.replace("VERSION", assets_version()).replace("MODULE", module).replace("WHAT", what)


@cache
def plotly_version() -> str:
    """The version of the plotly package."""
    return version("plotly")


def script_names() -> list[str]:
    """The scripts of the map."""
    return [name for name in _names() if name.endswith(".js")]


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir() if path.suffix in _TYPES)


def _asset(content: bytes, media_type: str) -> Asset:
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    return Asset(content, gzip.compress(content, 6, mtime=0), media_type, etag)


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


_MOST_MARKED = 100
_MOST_NAMES = 100
_LONGEST_ON_MAP = 40


def publish_positions(scene: MapScene) -> str:
    """Make a scene's coordinates available to browsers and return their token."""
    return _publish_array("points", scene.coordinates, Positions)


def scene_data(scene: MapScene, token: str) -> dict[str, Any]:
    """The points, their colours and sizes."""
    labels = PUBLISHED.publish(f"labels|{scene.texts_key}", lambda: Labels(scene.texts))
    return {
        "points": token,
        "n": len(scene),
        "dims": scene.coordinates.shape[1],
        "labels": labels,
        "description": scene.description,
        "note": scene.note,
        "file": _file_name(scene.file),
        "axes": list(scene.axes),
        "colour": _colour_data(scene.colouring),
        "sizes": _sizes_data(scene),
        "pictures": None if scene.pictures is None else scene.pictures._asdict(),
        "halos": _halos_data(scene),
        "plotly": plotly_version(),
    }


def _file_name(words: str) -> str:
    """Words as the name of a file, without its ending."""
    return re.sub(r"[^\w.]+", "-", words).strip("-.").lower()[:80] or "map"


def _colour_data(colouring: Colouring) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": colouring.kind, "title": colouring.title, "missing": _both(MISSING)}
    data["absent"] = colouring.missing
    if colouring.codes is None:
        return {**data, "colours": _both(PLAIN)}
    data["token"] = _publish_array("values", colouring.codes, Values)
    if colouring.kind == "categorical":
        labels = [shorten(label, _LONGEST_ON_MAP) for label in colouring.labels]
        colours = _both(category_colours(colouring))
        counts = list(colouring.counts)
        return {**data, "colours": colours, "labels": labels, "counts": counts, "ordered": colouring.ordered}
    ends = {"low": colouring.low, "high": colouring.high, "dates": colouring.dates}
    return {**data, "colours": _both(palette(colouring.scale)), **ends}


def _sizes_data(scene: MapScene) -> dict[str, Any] | None:
    if scene.sizes is None:
        return None
    return {"token": _publish_array("values", scene.sizes, Values), "high": float(np.nanmax(scene.sizes))}


def _halos_data(scene: MapScene) -> dict[str, Any] | None:
    if scene.halos is None or scene.coordinates.shape[1] != 2:
        return None
    return {"token": _publish_array("values", np.asarray(scene.halos, dtype=np.float32), Values)}


def highlight_data(scene: MapScene, highlights: Highlights) -> dict[str, Any]:
    """What stands out on the points."""
    rows = highlights.hit_rows()
    hits = None if rows is None else {"token": _publish_array("rows", rows, ChosenRows), "count": len(rows)}
    return {
        "selected": None if highlights.selected is None else _point(scene, highlights.selected),
        "marked": [_point(scene, row) for row in highlights.marked[:_MOST_MARKED]],
        "hits": hits,
        "extra": [
            {"text": shorten(point.label, _LONGEST_ON_MAP), "at": _place(np.asarray(point.coordinates))}
            for point in highlights.extra
        ],
        "crossed": [_point(scene, row) for row in highlights.crossed[:_MOST_MARKED]],
        "names": _names_data(scene, highlights.names[:_MOST_NAMES]),
        "outlines": _outlines_data(scene, highlights),
        "signs": highlights.signs._asdict(),
    }


def _names_data(scene: MapScene, names: Sequence[MapName]) -> list[dict[str, Any]]:
    dims = scene.coordinates.shape[1]
    for name in names:
        if len(name.coordinates) != dims or not np.isfinite(name.coordinates).all():
            raise ValueError(f"coordinates of a name must be {dims} finite numbers, got {tuple(name.coordinates)}")
    return [
        {
            "text": shorten(name.text, _LONGEST_ON_MAP),
            "at": _place(np.asarray(name.coordinates)),
            "code": shown_code(name.code, scene.colouring),
        }
        for name in names
    ]


def _outlines_data(scene: MapScene, highlights: Highlights) -> dict[str, Any] | None:
    if not highlights.outlines or scene.coordinates.shape[1] != 2:
        return None
    return {"token": _publish_array("values", packed(highlights.outlines, scene.colouring), Values)}


def _point(scene: MapScene, row: int) -> dict[str, Any]:
    return {
        "row": int(row),
        "at": _place(scene.coordinates[row]),
        "text": shorten(scene.texts[row], _LONGEST_ON_MAP),
    }


def _place(coordinates: NDArray[Any]) -> list[float]:
    return [float(f"{value:.6g}") for value in coordinates]


def _both(colours: Palette) -> dict[str, list[str]]:
    return {"light": list(colours.light), "dark": list(colours.dark)}


def _publish_array(name: str, array: NDArray[Any], kind: Callable[[Any], Positions | Values | ChosenRows]) -> str:
    frozen = np.ascontiguousarray(array)
    digest = hashlib.blake2b(frozen.data, digest_size=16).hexdigest() if frozen.size else "empty"
    return PUBLISHED.publish(f"{name}|{frozen.dtype}|{frozen.shape}|{digest}", lambda: kind(frozen))


MOST_CORNERS = 200_000


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
