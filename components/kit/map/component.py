"""The map as a Streamlit component, and what a visitor did on it, checked before it is believed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike, NDArray

from components.kit.map.browser import (
    assets_version,
    highlight_data,
    plotly_version,
    publish_positions,
    scene_data,
    script_names,
)
from components.kit.map.scene import Highlights, MapScene

NOTHING = Highlights()

# The component itself comes over HTTP, once; only this starter travels with every run of the page. It asks for all
# parts at the same time, where the imports within them would ask one wave after the other. Meanwhile it keeps the room.
_STARTER = """
const part = (name) => new URL(name, document.baseURI).href
const plotly = document.createElement("link")
Object.assign(plotly, { rel: "preload", as: "script", href: part("api/vendor/plotly.min.js?v=PLOTLY") })
document.head.append(plotly)
for (const name of PARTS) import(part("api/map/VERSION/" + name)).catch(() => {})
const ready = import(part("api/map/VERSION/main.js"))
const latest = new WeakMap()
export default function (component) {
  const parent = component.parentElement
  latest.set(parent, component)
  const { height } = component.data
  parent.style.setProperty("--vs-height", height ? `${height}px` : "clamp(420px, 70vh, 1000px)")
  parent.style.minHeight = "var(--vs-height)"
  ready.then(
    (map) => latest.get(parent) === component && map.render(component),
    () => { parent.textContent = "The map could not be loaded. Reload the page." },
  )
  return () => {
    latest.delete(parent)
    ready.then((map) => map.remove(parent), () => {})
  }
}
"""


def vector_map(
    scene: MapScene,
    *,
    key: str,
    highlights: Highlights = NOTHING,
    words: bool = True,
    height: int | None = None,
    group: str | None = None,
    keep_view: bool = False,
    on_click: Callable[[], None] | None = None,
    on_select: Callable[[], None] | None = None,
) -> MapEvent:
    """Draw a map and tell what the visitor did on it.

    Zoom, camera and drawn shape stay when colours, sizes or highlights change. New positions of as many points let the
    points travel there, end the drawn shape and, unless `keep_view`, show the whole map again.

    Args:
        scene: the points.
        key: names the map within the page; its state lives under this key in the session.
        highlights: what stands out.
        words: whether a 2D map writes some of the labels beside their points.
        height: pixels; by default about 70 % of the window, at least 420.
        group: maps of one page with the same group point out in all of them what is pointed at in one; they must have
            the same rows.
        keep_view: whether zoom and camera also stay when the points get new positions, and the points follow at once,
            as behind a slider that mixes two layouts.
        on_click: called before the page runs again after a click on a point.
        on_select: the same after a shape was drawn or taken away.
    """
    token = publish_positions(scene)
    state = _state(key)
    mount = st.components.v2.component("vectorscope.map", js=_starter(), isolate_styles=False)
    result = mount(
        key=key,
        data={
            **scene_data(scene, token),
            **highlight_data(scene, highlights),
            "words": words,
            "dimmed": scene.dimmed,
            "height": height,
            "group": group,
            "keepView": keep_view,
            "selection": selection_id(state),
        },
        on_clicked_change=on_click or _nothing,
        on_selection_change=on_select or _nothing,
        on_lost_change=_nothing,
    )
    return event_from_state(result, n=len(scene), token=token)


def read_event(key: str, scene: MapScene) -> MapEvent:
    """What the visitor did last on the map of a key, told before that map is drawn."""
    return event_from_state(_state(key), n=len(scene), token=publish_positions(scene))


def clear_selection(key: str) -> None:
    """Take the drawn shape away; call it before the map is drawn, or in a callback."""
    if key in st.session_state:
        st.session_state[key]["selection"] = None


@cache
def _starter() -> str:
    parts = json.dumps(sorted(script_names()))
    return _STARTER.replace("VERSION", assets_version()).replace("PLOTLY", plotly_version()).replace("PARTS", parts)


def _state(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    return state if isinstance(state, Mapping) else {}


def _nothing() -> None:
    pass


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


Polygon = Sequence[Sequence[float]]
_BLOCK = 2_000_000


def inside(polygon: Polygon, coordinates: ArrayLike) -> NDArray[np.bool_]:
    """For each point, whether it lies inside the polygon, by the even-odd rule.

    The polygon closes itself and may cross itself: a part that its outline encircles twice is outside. A point on the
    outline may fall on either side, but never inside two polygons that share an edge. Fewer than three corners hold
    nothing.

    Args:
        polygon: m corners (x, y) in order.
        coordinates: shape (n, 2); further columns are not looked at.
    """
    corners = np.asarray(polygon, dtype=np.float64)
    points = np.asarray(coordinates, dtype=np.float64)[:, :2]
    mask = np.zeros(len(points), dtype=np.bool_)
    if len(corners) < 3:
        return mask
    low, high = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    block = max(1, _BLOCK // len(corners))
    for start in range(0, len(near), block):
        rows = near[start : start + block]
        mask[rows] = _crossings_to_the_right(corners, points[rows]) % 2 == 1
    return mask


def box(x0: float, x1: float, y0: float, y1: float) -> list[tuple[float, float]]:
    """The four corners of a rectangle, in order."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _crossings_to_the_right(corners: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.intp]:
    x, y = points[:, :1], points[:, 1:]
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    spans = (y0 > y) != (y1 > y)
    height = np.where(y1 == y0, 1.0, y1 - y0)
    crosses = x < x0 + (x1 - x0) * (y - y0) / height
    crossings: NDArray[np.intp] = np.count_nonzero(spans & crosses, axis=1)
    return crossings
