"""The view “Maps”: two linked maps laid over each other as well as a rotation can, side by side or as a morph."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.compare.encoders import Chosen, names_of, needs_partner
from components.compare.lists import both_lists
from components.compare.scenes import blended, map_scene, places_table
from components.kit.ask import ask
from components.kit.charts import table_twin
from components.kit.choice import FIRST_MAP
from components.kit.link import select, selected_row
from components.kit.map import Highlights, MapScene, clear_selection, inside, read_event, vector_map
from components.kit.map.colouring import PLAIN
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape, table_csv
from embeddings.alignment import align
from embeddings.compare import both_neighbours
from embeddings.projections import PROJECTIONS
from embeddings.space import Space

LEFT, RIGHT, MORPH = "compare_left", "compare_right", "compare_morph"
GROUP = "compare"
HEIGHT = 480
LISTED = 10
SHOWN = 2_000
WAYS = ("Side by side", "Morph")


class Maps(NamedTuple):
    """Two spaces and where their items lie.

    Attributes:
        spaces: the two.
        places: of each, float32 of shape (n, 2); the second is laid over the first.
        disparity: what the laying over leaves, as a share of the spread.
        colour: the column that colours the points.
    """

    spaces: tuple[Space, Space]
    places: tuple[NDArray[np.float32], NDArray[np.float32]]
    disparity: float
    colour: str


def maps_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    if not chosen.beside:
        needs_partner()
        return
    one, other = chosen.pair()
    method, way, colour = _controls(one)
    first, second = (ask(layout_request(space, usual(method))).coordinates for space in (one, other))
    laid = align(second, first)
    maps = Maps((one, other), (first, laid.places), laid.disparity, colour)
    row = selected_row(one)
    rows = _side_by_side(maps, row) if way == WAYS[0] else _morph(maps, row)
    st.caption(laid_sentence(laid.disparity, method))
    _below(maps, row, rows)
    _how_computed()


def usual(method: str) -> LayoutSettings:
    """A map with the settings that the Map page begins with."""
    if method == FIRST_MAP.method:
        return FIRST_MAP
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {name: each.default for name, each in spec.parameters.items()}
    return LayoutSettings(method, 2, 0, {**params, "metric": "cosine"} if spec.metric else params)


def laid_sentence(disparity: float, method: str) -> str:
    """What the laying over leaves, and what may not be read from it."""
    if np.isnan(disparity):
        return "All points of a map coincide, so there is nothing to lay over the other."
    return (
        f"Turned, mirrored and scaled to fit the left map as well as it can, the right one still differs by "
        f"**{100 * disparity:.0f} %** of the spread (Procrustes; 0: the same picture). {method} draws another picture "
        "for every seed, too: whether the encoders agree is told by **Agreement**, in the original spaces."
    )


def _controls(space: Space) -> tuple[str, str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        method = pick("Method", list(PROJECTIONS), key="method", default=FIRST_MAP.method)
        way = pick("Show", WAYS, key="maps_as", kept=False)
        colours = [*space.collection.columns, PLAIN]
        colour = pick_from_list("Colour by", colours, key="colour", width=200, kept=False)
    return method, way, colour


def _side_by_side(maps: Maps, row: int | None) -> NDArray[np.int64] | None:
    keys = (LEFT, RIGHT)
    scenes = [map_scene(maps.spaces[side], maps.places[side], maps.colour) for side in (0, 1)]
    rows = _drawn_around(dict(zip(keys, scenes, strict=True)))
    for side, column in enumerate(st.columns(2, gap="small")):
        with column:
            name = names_of([maps.spaces[side].encoder])[0]
            st.markdown(f"**{escape(name)}**" + (" · laid over the left map" if side else ""))
            _draw(maps, scenes[side], keys[side], (row, rows))
    return rows


def _morph(maps: Maps, row: int | None) -> NDArray[np.int64] | None:
    names = names_of([space.encoder for space in maps.spaces])
    share = st.slider(
        f"From {escape(names[0])} (0 %) to {escape(names[1])} (100 %)",
        0,
        100,
        0,
        5,
        format="%d %%",
        key="morph",
        bind="query-params",
    )
    scene = map_scene(maps.spaces[0], blended(*maps.places, share / 100), maps.colour)
    rows = _drawn_around({MORPH: scene})
    _draw(maps, scene, MORPH, (row, rows))
    return rows


def _draw(maps: Maps, scene: MapScene, key: str, lit: tuple[int | None, NDArray[np.int64] | None]) -> None:
    row, rows = lit
    marked: list[int] = []
    if row is not None and len(scene) > 1:
        near = both_neighbours(*maps.spaces, row, k=min(LISTED, len(scene) - 1))
        marked = (near.b if key == RIGHT else near.a).tolist()
    vector_map(
        scene,
        key=key,
        highlights=Highlights(row, marked, rows),
        words=maps.spaces[0].collection.kind != "image",
        height=HEIGHT,
        group=GROUP if key != MORPH else None,
        keep_view=key == MORPH,
        on_click=lambda: _clicked(key, scene),
        on_select=lambda: _only(key, scene),
    )


def _clicked(key: str, scene: MapScene) -> None:
    event = read_event(key, scene)
    if event.clicked is not None:
        select(event.clicked)


def _only(key: str, scene: MapScene) -> None:
    """A shape on one map takes the place of one on the other."""
    if read_event(key, scene).selection is not None:
        for other in {LEFT, RIGHT} - {key}:
            clear_selection(other)


def _drawn_around(scenes: dict[str, MapScene]) -> NDArray[np.int64] | None:
    """The rows inside the shape drawn on one of the maps; None without a shape."""
    for key, scene in scenes.items():
        selection = read_event(key, scene).selection
        if selection is not None:
            return np.flatnonzero(inside(selection.polygon, scene.coordinates))
    return None


def _below(maps: Maps, row: int | None, rows: NDArray[np.int64] | None) -> None:
    one, other = maps.spaces
    if row is None:
        st.info(
            "Click a point, or draw a lasso around an island: the same items light up on the other map. "
            "Thin lines lead to an item’s true neighbours by that encoder.",
            icon=":material/touch_app:",
        )
    elif len(one) > 1:
        with st.container(border=True):
            both_lists(one, other, row, k=LISTED)
    if rows is not None:
        st.markdown(f"**Selection: {len(rows):,} items**")
        _table(maps, rows, "selected_on_both_maps")
    twin = table_twin("Both maps as a table", key="maps_twin")
    if twin.open:
        with twin:
            _table(maps, np.arange(len(one)), "both_maps")


def _table(maps: Maps, rows: NDArray[np.int64], name: str) -> None:
    names = names_of([space.encoder for space in maps.spaces])
    collection = maps.spaces[0].collection
    shown = places_table(collection, rows[:SHOWN], maps.places, names)
    st.dataframe(shown, hide_index=True, height=min(400, 35 * (shown.num_rows + 1) + 3), alt="Places on both maps")
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(rows):,}; the download holds all.")
    st.download_button(
        "Places on both maps (CSV)",
        lambda: table_csv(places_table(collection, rows, maps.places, names)),
        f"{name}.csv",
        "text/csv",
        key=f"{name}_csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Each encoder’s vectors are drawn by the same method and settings. The second map is laid over the first "
            "by orthogonal Procrustes analysis: shifted, rotated, mirrored and scaled so that the sum of squared "
            "distances between equal items is least (Gower 1975; Schönemann 1966). What is left, as a share of the "
            "spread, is the disparity of `scipy.spatial.procrustes`. The morph moves each point along the straight "
            "line between its two places.\n\n**What may not be concluded:** a point that travels far on the map need "
            "not have other neighbours, and one that stays may. Two maps are two drawings; the lists below them and "
            "the view Agreement are computed from the vectors themselves."
        )
