"""What a visitor did on a map, checked before it is believed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from components.map.membership import Polygon

MOST_CORNERS = 400


class Selection(NamedTuple):
    """A shape drawn on a 2D map, in the map's own units; `inside(polygon, coordinates)` tells what it holds."""

    shape: Literal["box", "lasso"]
    polygon: Polygon


class MapEvent(NamedTuple):
    """The last click and the shape drawn now; None where there is none."""

    clicked: int | None = None
    selection: Selection | None = None


def event_from_state(state: Mapping[str, Any], *, n: int, token: str) -> MapEvent:
    """Read the component's state; a row that is not there or a shape drawn on other positions is left out."""
    return MapEvent(_clicked(state.get("clicked"), n), _selection(state.get("selection"), token))


def selection_id(state: Mapping[str, Any]) -> str | None:
    """The name the browser gave to the shape drawn now."""
    value = state.get("selection")
    name = value.get("id") if isinstance(value, Mapping) else None
    return name if isinstance(name, str) and len(name) <= 40 else None


def _clicked(value: Any, n: int) -> int | None:
    row = value.get("row") if isinstance(value, Mapping) else None
    return row if isinstance(row, int) and not isinstance(row, bool) and 0 <= row < n else None


def _selection(value: Any, token: str) -> Selection | None:
    if not isinstance(value, Mapping) or value.get("points") != token:
        return None
    shape, corners = value.get("shape"), value.get("polygon")
    if shape not in ("box", "lasso") or not isinstance(corners, list) or not 3 <= len(corners) <= MOST_CORNERS:
        return None
    polygon = [_corner(corner) for corner in corners]
    known = tuple(corner for corner in polygon if corner is not None)
    return Selection(shape, known) if len(known) == len(polygon) else None


def _corner(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(isinstance(part, int | float) and math.isfinite(part) for part in value):
        return None
    return float(value[0]), float(value[1])
