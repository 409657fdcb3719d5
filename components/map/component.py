"""The map as a Streamlit component: what travels to the browser and what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.map.assets import assets_version, plotly_version, script_names
from components.map.colouring import Colouring
from components.map.content import ChosenRows, Labels, Positions, Values
from components.map.events import MapEvent, event_from_state, selection_id
from components.map.scene import Highlights, MapScene
from components.palettes import CATEGORICAL, MISSING, OTHER, PLAIN, Palette, palette
from components.published import PUBLISHED
from components.text import shorten

NOTHING = Highlights()
_MOST_MARKED = 100
_LONGEST_ON_MAP = 40

# The component itself comes over HTTP, once; only this starter travels with every run of the page. It asks for all
# parts at the same time, where the imports within them would ask one wave after the other.
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
    on_click: Callable[[], None] | None = None,
    on_select: Callable[[], None] | None = None,
) -> MapEvent:
    """Draw a map and tell what the visitor did on it.

    Zoom, camera and drawn shape stay when colours, sizes or highlights change. New positions of as many points let the
    points travel there, end the drawn shape and show the whole map again.

    Args:
        scene: the points.
        key: names the map within the page; its state lives under this key in the session.
        highlights: what stands out.
        words: whether a 2D map writes some of the labels beside their points.
        height: pixels; by default about 70 % of the window, at least 420.
        on_click: called before the page runs again after a click on a point.
        on_select: the same after a shape was drawn or taken away.
    """
    token = publish_positions(scene)
    state = _state(key)
    mount = st.components.v2.component("vectorscope.map", js=_starter(), isolate_styles=False)
    result = mount(
        key=key,
        data={**_scene_data(scene, token), **_highlight_data(scene, highlights), "words": words, "height": height}
        | {"selection": selection_id(state)},
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


def publish_positions(scene: MapScene) -> str:
    """Make a scene's coordinates available to browsers and return their token."""
    return _publish_array("points", scene.coordinates, Positions)


@cache
def _starter() -> str:
    parts = json.dumps(sorted(script_names()))
    return _STARTER.replace("VERSION", assets_version()).replace("PLOTLY", plotly_version()).replace("PARTS", parts)


def _state(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    return state if isinstance(state, Mapping) else {}


def _scene_data(scene: MapScene, token: str) -> dict[str, Any]:
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
        "plotly": plotly_version(),
    }


def _colour_data(colouring: Colouring) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": colouring.kind, "title": colouring.title, "missing": _both(MISSING)}
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


def _highlight_data(scene: MapScene, highlights: Highlights) -> dict[str, Any]:
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
    }


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


def _nothing() -> None:
    pass
