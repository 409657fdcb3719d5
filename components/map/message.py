"""What of a scene travels to the browser: short lists, and addresses under which the rest can be fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.map.assets import plotly_version
from components.map.colouring import Colouring
from components.map.content import ChosenRows, Labels, Positions, Values
from components.map.layers import MapName, packed, shown_code
from components.map.scene import Highlights, MapScene
from components.palettes import CATEGORICAL, MISSING, OTHER, PLAIN, Palette, palette
from components.published import PUBLISHED
from components.text import shorten

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
        "axes": list(scene.axes),
        "colour": _colour_data(scene.colouring),
        "sizes": _sizes_data(scene),
        "pictures": None if scene.pictures is None else scene.pictures._asdict(),
        "halos": _halos_data(scene),
        "plotly": plotly_version(),
    }


def _colour_data(colouring: Colouring) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": colouring.kind, "title": colouring.title, "missing": _both(MISSING)}
    data["absent"] = colouring.missing
    if colouring.codes is None:
        return {**data, "colours": _both(PLAIN)}
    data["token"] = _publish_array("values", colouring.codes, Values)
    if colouring.kind == "categorical":
        labels = [shorten(label, _LONGEST_ON_MAP) for label in colouring.labels]
        colours = _both(_category_colours(colouring))
        return {**data, "colours": colours, "labels": labels, "counts": list(colouring.counts)}
    return {**data, "colours": _both(palette(colouring.scale)), "low": colouring.low, "high": colouring.high}


def _category_colours(colouring: Colouring) -> Palette:
    most = len(colouring.labels)
    if not colouring.has_other:
        return Palette(CATEGORICAL.light[:most], CATEGORICAL.dark[:most])
    return Palette(CATEGORICAL.light[: most - 1] + OTHER.light, CATEGORICAL.dark[: most - 1] + OTHER.dark)


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
