"""The map as a Streamlit component: what travels to the browser and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from components.map.assets import assets_version, plotly_version, script_names
from components.map.events import MapEvent, event_from_state, selection_id
from components.map.message import highlight_data, publish_positions, scene_data
from components.map.scene import Highlights, MapScene

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
